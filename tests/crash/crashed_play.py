"""A play at full speed through a server that keeps being killed."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from tests.crash.acknowledged import Findings, compare, read_acknowledged
from tests.crash.crashing_server import CrashingServer

__all__ = ["CrashReport", "play_through_crashes", "write_dialogues"]

_MAX_BETWEEN_KILLS = 250
_PATIENCE_SECONDS = 60.0


class CrashReport(msgspec.Struct):
    """``play`` is the player's own summary; ``verified`` is the output of ``events verify``, with its exit code."""

    kills: int
    exit_code: int
    play: dict[str, object]
    findings: Findings
    verify_exit_code: int
    verified: str

    @property
    def sound(self) -> bool:
        return self.exit_code == 0 and self.verify_exit_code == 0 and self.findings.sound


def play_through_crashes(directory: Path, dialogues: Path, kills: int, seed: int) -> CrashReport:
    """Kills the server after a random number of further acknowledgements each time, then lets the play end without
    kills."""
    chance = random.Random(seed)
    data_dir, acknowledged = directory / "data", directory / "acknowledged.jsonl"
    server = CrashingServer(data_dir, directory / "server.log")
    server.start()
    server.wait_until_serving()
    player = _start_player(server.url, dialogues, acknowledged)
    done = 0
    while done < kills and _reached(player, acknowledged, chance.randint(1, _MAX_BETWEEN_KILLS)):
        server.kill()
        server.start()
        done += 1
    output, _ = player.communicate(timeout=300)
    server.stop()
    verify = subprocess.run(
        [sys.executable, "-m", "gateways.command_line", "events", "verify", "--data-dir", str(data_dir)],
        capture_output=True,
        text=True,
        check=False,
    )
    findings = compare(read_acknowledged(acknowledged), data_dir / "journal.db")
    summary = json.loads(output) if output.strip() else {}
    return CrashReport(done, player.returncode, summary, findings, verify.returncode, verify.stdout.strip())


def write_dialogues(file: Path, dialogues: int, turns: int) -> None:
    """Writes dialogues long enough to be interrupted."""
    speakers = ("customer", "agent")
    with file.open("w", encoding="utf-8") as output:
        for number in range(dialogues):
            written = [
                {"speaker": speakers[turn % 2], "text": f"Turn {turn} of dialogue {number}."} for turn in range(turns)
            ]
            output.write(json.dumps({"id": str(number), "topics": ["crash"], "turns": written}) + "\n")


def _start_player(url: str, dialogues: Path, acknowledged: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "gateways.command_line", "play", str(dialogues), "--url", url]
    options = ["--json", "--keep-trying", str(_PATIENCE_SECONDS), "--acknowledged", str(acknowledged)]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)


def _reached(player: subprocess.Popen[str], acknowledged: Path, further: int) -> bool:
    """Waits for so many further acknowledgements. Returns False if the play ends before."""
    size = acknowledged.stat().st_size if acknowledged.exists() else 0
    deadline = time.monotonic() + 2 * _PATIENCE_SECONDS
    while player.poll() is None and time.monotonic() < deadline:
        if acknowledged.exists() and _lines_after(acknowledged, size) >= further:
            return True
        time.sleep(0.002)
    return False


def _lines_after(file: Path, size: int) -> int:
    with file.open("rb") as opened:
        opened.seek(size)
        return opened.read().count(b"\n")
