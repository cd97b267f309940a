"""A play at scale: a server of its own with many agents, checked by the player and against the journal."""

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import tomli_w

from gateways.command_line.play.summary import Summary
from tests.bench.servers import ServedProcess, hybrid_chat, use_client_cores
from tests.crash.acknowledged import Findings, compare, read_acknowledged

__all__ = ["Report", "Shift", "play_a_shift"]

_NAMES = "agent-%03d"


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """``capacity`` is the number of conversations that each agent can hold. Without ``concurrency`` there are as
    many conversations at once as all agents can hold. ``repeat`` and the rest are options of the player."""

    agents: int
    capacity: int
    concurrency: int | None = None
    repeat: int = 1
    speed: str
    reconnect_every: float | None = None
    ramp_up: float = 0.0
    widget: int | None = None
    desk: int | None = None


class Report(msgspec.Struct, frozen=True):
    """``summary`` is the player's own; ``verified`` is the output of ``events verify``, with its exit code."""

    exit_code: int
    summary: Summary
    findings: Findings
    verify_exit_code: int
    verified: str
    start_seconds: float
    resident_megabytes: float

    @property
    def sound(self) -> bool:
        return self.exit_code == self.verify_exit_code == 0 and self.findings.sound and self.findings.acknowledged > 0


def play_a_shift(directory: Path, dialogues: Path, shift: Shift) -> Report:
    """Starts the server on a data directory there, plays, stops it and compares. Raises CalledProcessError."""
    config, data_dir, acknowledged = (directory / name for name in ("centre.toml", "data", "acknowledged.jsonl"))
    config.write_text(tomli_w.dumps(_centre(shift)))
    began = time.perf_counter()
    with hybrid_chat(data_dir, config) as server:
        start_seconds = time.perf_counter() - began
        exit_code, summary = _play(server, dialogues, shift, acknowledged)
        resident = server.resident_bytes()
    verify = subprocess.run(
        [sys.executable, "-m", "gateways.command_line", "events", "verify", "--data-dir", str(data_dir)],
        capture_output=True,
        text=True,
        check=False,
    )
    findings = compare(read_acknowledged(acknowledged), data_dir / "journal.db")
    return Report(
        exit_code, summary, findings, verify.returncode, verify.stdout.strip(), start_seconds, resident / 2**20
    )


def _centre(shift: Shift) -> dict[str, object]:
    names = [_NAMES % number for number in range(1, shift.agents + 1)]
    return {
        "mrds": {"chat": {"max_tasks": shift.capacity}},
        "agents": {name: {"name": name.replace("-", " ").title()} for name in names},
    }


def _play(server: ServedProcess, dialogues: Path, shift: Shift, acknowledged: Path) -> tuple[int, Summary]:
    options = {
        "--url": f"http://{server.host}:{server.port}",
        "--agents": shift.agents,
        "--agent-names": _NAMES,
        "--repeat": shift.repeat,
        "--speed": shift.speed,
        "--ramp-up": shift.ramp_up,
        "--acknowledged": acknowledged,
        "--reconnect-every": shift.reconnect_every,
        "--concurrency": shift.concurrency,
        "--widget": shift.widget,
        "--desk": shift.desk,
    }
    command = [sys.executable, "-m", "gateways.command_line", "play", str(dialogues), "--json"]
    command += [str(part) for option in options.items() if option[1] is not None for part in option]
    player = subprocess.run(command, stdout=subprocess.PIPE, preexec_fn=use_client_cores, check=False)
    if not player.stdout:
        player.check_returncode()
    return player.returncode, msgspec.json.decode(player.stdout, type=Summary)
