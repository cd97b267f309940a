"""The server as a process: how it starts, refuses to start, and ends."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from actors.configuration import CONFIGURATION
from actors.folding import fold_as
from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from schemas.records import CENTRE
from tests.gateways.command_line.commands import HYBRIDCHAT

_SERVE = [*HYBRIDCHAT, "serve"]


class _Process:
    """A server. Where its second process, which projects, is not what a test is about, ``runner`` spares its start."""

    def __init__(self, *options: str, runner: str = "thread") -> None:
        environment = {**os.environ, "HYBRIDCHAT__REPORTING__RUNNER": runner}
        self.running = subprocess.Popen(
            [*_SERVE, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert self.running.stdout is not None
        self.lines_before: list[str] = []
        while (line := self.running.stdout.readline()) and not line.startswith("Hybrid Chat serves"):
            self.lines_before.append(line)
        self.first_line = line

    @property
    def url(self) -> str:
        return self.first_line.split()[-1]

    def end(self, with_signal: signal.Signals) -> tuple[int, str]:
        self.running.send_signal(with_signal)
        output, _ = self.running.communicate(timeout=60)
        return self.running.returncode, output


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[_Process]:
    process = _Process("--demo", "--port", "0", "--data-dir", str(tmp_path / "data"), runner="process")
    yield process
    process.running.kill()
    process.running.communicate()


@pytest.mark.asyncio
@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
async def test_the_server_ends_cleanly_while_feeds_are_open(
    demo: _Process, tmp_path: Path, with_signal: signal.Signals
) -> None:
    async with aiohttp.ClientSession(demo.url) as http:
        async with http.post("/customer/v1/conversations", json={"channel": "web-direct"}) as response:
            started = await response.json()
        events = f"/customer/v1/conversations/{started['conversation_id']}/events"
        token = {"Authorization": f"Bearer {started['token']}"}
        async with (
            http.ws_connect(events, headers=token) as socket,
            http.get(events, headers=token | {"Accept": "text/event-stream"}) as stream,
        ):
            await socket.receive_str()
            await stream.content.readline()

            exit_code, output = demo.end(with_signal)

    assert (exit_code, "ERROR" in output, "Traceback" in output) == (0, False, False)
    left = {file.name for file in (tmp_path / "data").iterdir()}
    kept = {
        "journal.db",
        "journal.db-lock",
        "accounts.db",
        "effects.db",
        "deliveries.db",
        "webhook-secrets.db",
        "token-secret",
        "attachments",
    }
    assert left - {"reports.db", "snapshots.db"} == kept
    assert (tmp_path / "data" / "token-secret").stat().st_mode & 0o777 == 0o600


def test_the_demos_bot_is_found_after_a_restart(tmp_path: Path) -> None:
    """The bot listens at another address after each start."""
    addresses = []
    for _ in range(2):
        process = _Process("--demo", "--port", "0", "--data-dir", str(tmp_path))
        exit_code, output = process.end(signal.SIGTERM)
        assert (exit_code, process.lines_before, "WARNING" in output) == (0, [], False)
        with closing(SqliteJournal(DataDirectory(tmp_path).journal, read_only=True)) as journal:
            state = fold_as(CONFIGURATION, CENTRE, journal.read_stream(CENTRE))
        addresses.append(state.tables.bots["greeter"].url)
    assert addresses[0] != addresses[1]


def test_settings_that_differ_from_the_journal_are_reported(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    warnings: list[list[str]] = []
    for mrd in ("chat", "mail"):
        file.write_text(f"[mrds.{mrd}]\nmax_tasks = 2\n")
        process = _Process("--config", str(file), "--port", "0", "--data-dir", str(tmp_path / "data"))
        assert process.end(signal.SIGTERM)[0] == 0
        warnings.append(process.lines_before)
    ((), (warning,)) = warnings
    assert "in mrds.mail; to bring them in, run hybridchat configuration import FILE" in warning


def test_a_second_server_on_the_same_data_is_refused(tmp_path: Path) -> None:
    options = ["--demo", "--port", "0", "--data-dir", str(tmp_path)]
    first = _Process(*options)
    refused = _serve(*options)
    first.end(signal.SIGTERM)

    assert refused.returncode == 1
    assert "another process writes to" in refused.stderr


def test_the_demo_listens_on_loopback_only(tmp_path: Path) -> None:
    refused = _serve("--demo", "--host", "0.0.0.0", "--data-dir", str(tmp_path))  # noqa: S104 - it is refused

    assert refused.returncode == 1
    assert "listens on loopback only" in refused.stderr


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = _serve("--demo", "--port", str(port), "--data-dir", str(tmp_path))

    assert refused.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("[server]\nport = 'many'", "server.port"),
        ("[queues.support]\nmrd = 'chat'", "queues.support.mrd"),
        ("[sever]\nport = 1", "sever"),
        ("[server", "not valid TOML"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: str, named: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(settings)

    refused = _serve("--config", str(file), "--data-dir", str(tmp_path / "data"))

    assert refused.returncode == 1
    assert named in refused.stderr
    assert "Traceback" not in refused.stderr


def _serve(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_SERVE, *options], capture_output=True, text=True, timeout=60, check=False)
