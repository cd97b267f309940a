"""``kill -9`` at random moments, on both databases; KILLS is the number of kills on each."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import msgspec
import pytest

from actors.journal import SqliteJournal
from projections.all import PROJECTIONS
from projections.process import Assignment
from projections.runner import Database
from projections.runner.catalogue import Build
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from projections.runner.status import is_caught_up
from tests.projections.kills.record import Built, built, simulated_records
from tests.projections.runner.running import until

KILLS = int(os.environ.get("KILLS", "4"))
NAMES = {projection.name for projection in PROJECTIONS}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(tmp_path / "journal.db")) as opened:
        yield opened


@contextmanager
def started(command: list[str], assignment: bytes = b"") -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is killed at the end, if it still runs."""
    with subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(assignment)
        process.stdin.flush()
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def clean_build(journal: SqliteJournal, tmp_path: Path) -> dict[str, Built]:
    """The build without kills; both databases give the same values."""
    with closing(Database(sqlite_url(tmp_path / "clean.db"))) as database:
        rebuild(journal, database, PROJECTIONS)
        return built(database)


def progress(database: Database, status: str) -> int:
    """The sum of the positions of the builds in this status."""
    with database.reading() as connection:
        builds: list[Build] = database.catalogue.builds(connection)
    return sum(build.position for build in builds if build.status == status)


def some_looks_after(random: Random, holds: Callable[[], bool]) -> None:
    """Waits until the condition holds, and for a random number of further looks."""
    looks_left = random.randrange(40)

    def looked() -> bool:
        nonlocal looks_left
        looks_left -= holds()
        return looks_left < 0

    until(looked)


def test_killed_while_projecting_live_traffic(
    database: Database, database_url: str, journal: SqliteJournal, tmp_path: Path
) -> None:
    records, random = simulated_records(), Random(1)
    assignment = (
        msgspec.json.encode(Assignment(str(tmp_path / "journal.db"), str(tmp_path / "snapshots.db"), database_url))
        + b"\n"
    )
    share = len(records) // (KILLS + 1)
    for number in range(KILLS):
        before = progress(database, "live") + progress(database, "building")
        with started(["-m", "projections.process"], assignment) as process:
            for record in records[number * share : (number + 1) * share]:
                journal.append([record])
            some_looks_after(
                random,
                lambda: progress(database, "live") + progress(database, "building") > before,  # noqa: B023
            )
            assert process.poll() is None, "it runs until it is killed"
    journal.append(records[KILLS * share :])
    with started(["-m", "projections.process"], assignment):
        until(lambda: is_caught_up(database, NAMES, len(records)))

    assert built(database) == clean_build(journal, tmp_path)
    assert all(build.parked == 0 and build.position == len(records) for build in built(database).values())


def test_killed_in_the_middle_of_a_rebuild(
    database: Database, database_url: str, journal: SqliteJournal, tmp_path: Path
) -> None:
    records, random = simulated_records(), Random(2)
    journal.append(records)
    rebuild(journal, database, PROJECTIONS)
    in_use = built(database)
    command = ["-m", "gateways.command_line", "projections", "rebuild", "--all"]
    command += ["--data-dir", str(tmp_path), "--into", database_url]
    kills = 0
    while kills < KILLS:
        goal = len(PROJECTIONS) * len(records) * (kills + random.random()) / (KILLS + 1)
        with started(command) as process:
            until(lambda: process.poll() is not None or progress(database, "building") >= goal)  # noqa: B023
            killed = process.poll() is None
        assert built(database) == in_use or not killed, "what is in use stays whole"
        kills += 1
    with started(command) as process:
        assert process.wait(120) == 0

    assert built(database) == in_use == clean_build(journal, tmp_path)
    with database.reading() as connection:
        assert len(database.catalogue.builds(connection)) == len(PROJECTIONS), "nothing is left over"
