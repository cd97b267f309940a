"""The process beside the server keeps snapshots too."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import astuple

from actors.journal import Journal, SqliteJournal
from gateways.data_directory import DataDirectory
from projections import open_snapshots, open_snapshotter
from projections.process import Assignment, snapshot_journal
from projections.runner.database import sqlite_url
from schemas.events import REGISTRY
from schemas.records import NewRecord
from tests.actors.snapshots.records import crowd

PATIENCE = 60.0


@contextmanager
def beside(directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Runs the process beside the server until its standard input is closed."""
    kept = DataDirectory(directory)
    assignment = Assignment(str(kept.journal), str(kept.snapshots), sqlite_url(kept.reports))
    with subprocess.Popen([sys.executable, "-m", "projections.process"], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(assignment) + b"\n")
        process.stdin.flush()
        yield process
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def saved_position(directory: Path, journal: Journal) -> int:
    snapshots = open_snapshots(DataDirectory(directory).snapshots, journal)
    position = snapshots.read(lambda reader: reader.position)
    snapshots.close()
    return position or 0


def test_keeps_up_with_the_journal_and_continues_where_it_stopped(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    journal.append([NewRecord(*astuple(record)[:-1]) for record in crowd(33, 700).read_all(0, 5_000)])
    with beside(tmp_path):
        while saved_position(tmp_path, journal) < journal.last_position():
            journal.wait(journal.last_position(), 0.05)
    first = saved_position(tmp_path, journal)
    journal.append([NewRecord(*astuple(record)[:-1]) for record in crowd(33, 1_500).read_all(first, 5_000)])
    with beside(tmp_path):
        while saved_position(tmp_path, journal) < journal.last_position():
            journal.wait(journal.last_position(), 0.05)
    journal.close()


def test_a_file_that_cannot_be_made_does_not_keep_it_from_projecting(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    (tmp_path / "snapshots.db").mkdir()
    with beside(tmp_path):
        while not (tmp_path / "reports.db").exists():
            journal.wait(0, 0.05)
    journal.close()


def test_a_damaged_row_does_not_end_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    stopped = threading.Event()
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        journal.append([NewRecord(*astuple(record)[:-1]) for record in crowd(33, 300).read_all(0, 5_000)])
        with closing(open_snapshotter(DataDirectory(tmp_path).snapshots, journal)) as snapshotter:
            snapshotter.apply((record, REGISTRY.decode(record)) for record in journal.read_all(0, 5_000))
            snapshotter.save()
    with closing(sqlite3.connect(tmp_path / "snapshots.db")) as file, file:
        file.execute("UPDATE views SET value = CAST('{' AS BLOB)")
    keeping = threading.Thread(
        target=snapshot_journal, args=(tmp_path / "journal.db", tmp_path / "snapshots.db", stopped)
    )
    keeping.start()
    until(lambda: "is made anew" in caplog.text)
    assert keeping.is_alive()
    stopped.set()
    keeping.join()
