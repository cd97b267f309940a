"""The process of the projections starts with the server, is restarted when it fails, and ends with the server."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from actors.journal import SqliteJournal
from gateways.services import Services
from projections.all import PROJECTIONS
from projections.process import Assignment
from projections.runner import DatabaseUnavailableError
from projections.runner.status import is_caught_up
from tests.crash.crashing_server import CrashingServer
from tests.gateways.centre import PATIENCE, eventually, open_centre, projected
from tests.gateways.clients import Agent, Customer


def _children(parent: int) -> list[int]:
    """The ids of the processes that run the projections of this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) != parent:
                continue
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if b"projections.process" in command:
            found.append(int(status.parent.name))
    return found


def _is_gone(process: int) -> bool:
    """Whether the process has ended, even if its parent has not fetched its status yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _until(holds: Callable[[], object]) -> None:
    ends = time.monotonic() + 2 * PATIENCE
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.mark.asyncio
async def test_the_process_projects_is_restarted_and_ends_with_the_server(
    tmp_path: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.application.projecting._RETRY_SECONDS", (0.0, 0.0))
    async with open_centre(tmp_path, reporting={"runner": "process"}) as centre:
        await projected(centre.services)
        (first,) = _children(os.getpid())
        os.kill(first, signal.SIGKILL)
        await Customer.start(centre)
        await projected(centre.services)
        (second,) = _children(os.getpid())
        assert second != first
        sue = await Agent.log_in(centre, "sue")
        assert len((await sue.get("/reports/v1/conversations")).of(200)["rows"]) == 1
    await eventually(lambda: _is_gone(second))
    assert _children(os.getpid()) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("runner", ["process", "thread"])
@pytest.mark.parametrize("way", ["another file", "damaged pages"])
async def test_a_damaged_file_is_set_aside_and_built_anew(
    tmp_path: Path, quick_passwords: None, runner: str, way: str
) -> None:
    reports = tmp_path / "reports.db"
    async with open_centre(tmp_path, reporting={"runner": runner}) as centre:
        await Customer.start(centre)
        await projected(centre.services)
    kept = reports.read_bytes()[:4096] if way == "damaged pages" else b""
    reports.write_bytes(kept + b"no database " * 10_000)
    async with open_centre(tmp_path, reporting={"runner": runner}) as centre:
        await eventually((tmp_path / "reports.db.damaged").exists)
        await projected(centre.services)
        sue = await Agent.log_in(centre, "sue")
        assert len((await sue.get("/reports/v1/conversations")).of(200)["rows"]) == 1
    assert (tmp_path / "reports.db.damaged").read_bytes() == kept + b"no database " * 10_000


@pytest.mark.asyncio
async def test_a_file_that_is_damaged_while_it_is_used_is_built_anew(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path, reporting={"runner": "thread"}) as centre:
        await projected(centre.services)
        with closing(sqlite3.connect(tmp_path / "reports.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = (tmp_path / "reports.db").stat().st_size
        with (tmp_path / "reports.db").open("r+b") as file:
            file.write(b"\xff" * size)
        await Customer.start(centre)
        await eventually((tmp_path / "reports.db.damaged").exists)
        await eventually(lambda: is_built(centre.services))


def is_built(services: Services) -> bool:
    """Whether every projection has processed all events, in a file that may be damaged now."""
    try:
        names = {projection.name for projection in PROJECTIONS}
        return is_caught_up(services.projections.open(), names, services.hub.position)
    except DatabaseUnavailableError:
        return False


def test_the_process_does_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    server = CrashingServer(tmp_path / "data", tmp_path / "log")
    server.start()
    server.wait_until_serving()
    parent = server._process.pid if server._process else 0  # noqa: SLF001 - only this test needs it
    _until(lambda: _children(parent))
    (child,) = _children(parent)
    server.kill()
    _until(lambda: _is_gone(child))


@contextmanager
def _started(tmp_path: Path, database: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The process alone. It works as soon as the context is entered."""
    assignment = Assignment(str(tmp_path / "journal.db"), str(tmp_path / "snapshots.db"), database)
    command = [sys.executable, "-m", "projections.process"]
    with (
        closing(SqliteJournal(tmp_path / "journal.db")),
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process,
    ):
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(assignment) + b"\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("way", ["terminated", "left alone"])
def test_the_process_ends_cleanly_and_ignores_signals_from_the_keyboard(tmp_path: Path, way: str) -> None:
    with _started(tmp_path, f"sqlite:///{tmp_path}/reports.db") as process:
        _until((tmp_path / "reports.db").exists)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        if way == "terminated":
            process.terminate()
            process.wait(2 * PATIENCE)
        errors = process.communicate(timeout=2 * PATIENCE)[1]
    assert process.returncode == 0, errors
    assert b"Traceback" not in errors


def test_a_process_without_an_assignment_ends() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "projections.process"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_an_unreachable_database_is_logged_once_without_its_password(tmp_path: Path) -> None:
    with _started(tmp_path, "postgresql://me:secret@127.0.0.1:9/reports?connect_timeout=2") as process:
        assert process.stderr is not None
        errors = process.stderr.readline().decode()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2.5)
        process.terminate()
        errors += process.communicate(timeout=2 * PATIENCE)[1].decode()
    assert errors.count("projecting waits") == 1
    assert "postgresql+psycopg://me:***@127.0.0.1:9/reports" in errors
    assert "secret" not in errors
