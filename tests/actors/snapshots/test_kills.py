"""``kill -9`` while snapshots are kept: every file that is found afterwards is whole."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import astuple

from actors.journal import SqliteJournal
from gateways.application.recovery import recover
from projections import open_snapshots
from schemas.records import NewRecord
from tests.actors.snapshots.laid_out import laid_out, laid_out_views
from tests.actors.snapshots.records import crowd

KILLS = 15


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    there = SqliteJournal(tmp_path / "journal.db")
    there.append([NewRecord(*astuple(record)[:-1]) for record in crowd(31, 5_000).read_all(0, 5_000)])
    yield there
    there.close()


def kill_one(directory: Path, saves: int) -> int:
    """Kills the program after so many saves, and returns the last position that it reported."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.actors.snapshots.keeper", str(directory)], stdout=subprocess.PIPE, text=True
    )
    assert keeper.stdout is not None
    reported = [int(keeper.stdout.readline()) for _ in range(saves)]
    keeper.kill()
    rest, _ = keeper.communicate(timeout=60)
    reported += [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return reported[-1]


def test_leave_a_file_that_can_be_used(
    tmp_path: Path, journal: SqliteJournal, caplog: pytest.LogCaptureFixture
) -> None:
    random = Random(8)
    views, recovery = recover(journal, None)
    whole = laid_out_views(views), {stream: laid_out(state) for stream, state in recovery.unfinished()}
    for _ in range(KILLS):
        reported = kill_one(tmp_path, random.randint(1, 12))
        snapshots = open_snapshots(tmp_path / "snapshots.db", journal)
        position = snapshots.read(lambda reader: reader.position)
        assert position is not None
        assert position >= reported
        views, recovery = recover(journal, snapshots)
        assert laid_out_views(views) == whole[0]
        assert {stream: laid_out(state) for stream, state in recovery.unfinished()} == whole[1]
        snapshots.close()
    assert not caplog.records
