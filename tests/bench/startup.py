"""The start of a server: from the beginning of the process to the answer to its first command, with and without
snapshots."""

import http.client
import time
from pathlib import Path
from statistics import median

from actors.journal import SqliteJournal
from gateways.effects.positions import Positions
from projections import open_snapshotter
from projections.all import PROJECTIONS
from projections.runner import Database
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from schemas.events import REGISTRY
from tests.bench.servers import serving
from tests.bench.startup_journal import EVENTS

__all__ = ["measure_startup"]

_TIMES = 5
_TAIL = 5_000
"""The number of events after the last snapshot; by the policy there are 10,000 at most."""
_BATCH = 5_000
_START = b'{"channel":"web","text":"Hello"}'


def measure_startup(directory: Path) -> dict[str, float]:
    """Measures starts on the journal in this data directory, as medians in seconds. The start without snapshots is
    the baseline; ``ratio`` is the start with snapshots as a share of it."""
    _catch_up_effects(directory)
    _catch_up_reports(directory)
    baseline = _start(directory)
    _take_snapshots(directory)
    starts = [_start(directory) for _ in range(_TIMES)]
    seconds = median(starts)
    return {
        "seconds_1m": round(seconds, 3),
        "baseline_seconds_1m": round(baseline, 3),
        "ratio": round(seconds / baseline, 4),
    }


def _catch_up_effects(directory: Path) -> None:
    """Saves the effects' position as a server does that stops a moment ago."""
    positions = Positions(directory / "effects.db")
    positions.save("bots", EVENTS)
    positions.close()


def _catch_up_reports(directory: Path) -> None:
    journal = SqliteJournal(directory / "journal.db", read_only=True)
    database = Database(sqlite_url(directory / "reports.db"))
    rebuild(journal, database, PROJECTIONS)
    database.close()
    journal.close()


def _take_snapshots(directory: Path) -> None:
    journal = SqliteJournal(directory / "journal.db", read_only=True)
    snapshotter = open_snapshotter(directory / "snapshots.db", journal)
    while (left := EVENTS - _TAIL - snapshotter.position) > 0:
        records = journal.read_all(snapshotter.position, min(_BATCH, left))
        snapshotter.apply((record, REGISTRY.decode(record)) for record in records)
    snapshotter.save()
    snapshotter.close()
    journal.close()


def _start(directory: Path) -> float:
    """Measures the seconds until the first conversation is started."""
    began = time.perf_counter()
    with serving(["--data-dir", str(directory)], everywhere=True) as process:
        connection = http.client.HTTPConnection(process.host, process.port)
        connection.request("POST", "/customer/v1/conversations", _START)
        assert connection.getresponse().status == 201
        seconds = time.perf_counter() - began
        connection.close()
    return seconds
