"""``python -m tests.figures``: compares every report with figures computed apart, at length, on both databases.
SEED chooses the days, EVENTS is the number of events."""

import logging
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from projections.reports import REPORTS
from projections.runner.database import sqlite_url
from tests.figures.compared import compare, projected
from tests.figures.comparing import Apart
from tests.figures.corpus import record_crowd, record_days
from tests.postgresql import PostgresqlServer

__all__ = ["main"]

_BEGIN = datetime(2026, 10, 18, 9, 30, tzinfo=UTC)
"""The begin of the days: a week before clocks go back in Vienna, and two weeks before they do in St. John's."""
_SHOWN = 20


def main() -> None:
    logging.disable()
    seed, events = int(os.environ.get("SEED", "1")), int(os.environ.get("EVENTS", "1000000"))
    server = PostgresqlServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            days, crowd = Path(folder) / "days.db", Path(folder) / "crowd.db"
            begun = time.monotonic()
            record_days(days, seed, events, _BEGIN)
            print(f"{events:,} events of days made in {time.monotonic() - begun:.0f} s", flush=True)
            record_crowd(crowd, seed, events // 50, _BEGIN)
            different = sum(_compare(journal, server) for journal in (days, crowd))
    finally:
        server.stop()
    sys.exit(f"{different:,} differences" if different else None)


def _compare(journal: Path, server: PostgresqlServer) -> int:
    """Prints what was compared; returns the number of differences."""
    different = 0
    with projected(journal, sqlite_url(journal.with_suffix(".reports")), server.make_database()) as databases:
        begun = time.monotonic()
        apart = Apart(journal)
        print(f"computed apart in {time.monotonic() - begun:.1f} s", flush=True)
        for name in REPORTS:
            begun = time.monotonic()
            compared = compare(journal, apart, name, databases)
            different += len(compared.differences)
            print(
                f"{name:<20} {compared.asked:>3} requests, {compared.rows:>9,} rows on each database, "
                f"{len(compared.differences):,} differences, {time.monotonic() - begun:.0f} s",
                *compared.differences[:_SHOWN],
                sep="\n    ",
                flush=True,
            )
    return different


if __name__ == "__main__":
    main()
