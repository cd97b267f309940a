"""Rebuilding the reports: events a second, beside reading and decoding the same events, which is the baseline."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from actors.entities import decider_of
from actors.journal import SqliteJournal
from projections.facts import FACTS
from projections.runner import Database, Projection
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from schemas.events import REGISTRY, Event
from schemas.records import Record, entity_id_of
from tests.postgresql import PostgresqlServer

__all__ = ["measure_rebuild"]

_PAGE = 5_000
_FOLDED = 300_000


def measure_rebuild(journal_file: Path, directory: Path) -> dict[str, float]:
    """``heaviest`` is the slowest report alone, ``all`` are all of them at once. ``fold`` is the deciders' rate over
    events that are decoded. PostgreSQL commits durably, as installed."""
    journal = SqliteJournal(journal_file, read_only=True)
    try:
        read = _reading(journal)
        alone = {projection.name: _on_sqlite(journal, directory, [projection]) for projection in FACTS}
        heaviest = min(alone, key=lambda name: alone[name])
        print(f"  the heaviest report is {heaviest}", flush=True)
        every = _on_sqlite(journal, directory, FACTS)
        return {
            "heaviest_per_s": round(alone[heaviest]),
            "all_per_s": round(every),
            "all_postgresql_per_s": round(_on_postgresql(journal, FACTS)),
            "baseline_read_per_s": round(read),
            "ratio": round(every / read, 3),
            "fold_per_s": round(_folding(journal)),
        }
    finally:
        journal.close()


def _reading(journal: SqliteJournal) -> float:
    started, position = time.perf_counter(), 0
    while records := journal.read_all(position, _PAGE):
        for record in records:
            REGISTRY.decode(record)
        position = records[-1].position
    return position / (time.perf_counter() - started)


def _on_sqlite(journal: SqliteJournal, directory: Path, projections: Sequence[Projection]) -> float:
    file = directory / "rebuilt.db"
    rate = _rebuilding(journal, sqlite_url(file), projections)
    for path in directory.glob("rebuilt.db*"):
        path.unlink()
    return rate


def _on_postgresql(journal: SqliteJournal, projections: Sequence[Projection]) -> float:
    server = PostgresqlServer(durable=True)
    try:
        return _rebuilding(journal, server.make_database(), projections)
    finally:
        server.stop()


def _rebuilding(journal: SqliteJournal, url: str, projections: Sequence[Projection]) -> float:
    database = Database(url)
    started = time.perf_counter()
    (build, *_) = rebuild(journal, database, projections)
    elapsed = time.perf_counter() - started
    database.close()
    return build.position / elapsed


def _folding(journal: SqliteJournal) -> float:
    """Measures the rate over the first events, as many as fit into memory with ease."""
    decoded: list[tuple[Record, Event]] = []
    while len(decoded) < _FOLDED and (records := journal.read_all(len(decoded), _PAGE)):
        decoded += [(record, REGISTRY.decode(record)) for record in records]
    states: dict[str, Any] = {}
    started = time.perf_counter()
    for record, event in decoded:
        known = states.get(record.stream)
        if known is None:
            decider = decider_of(record.stream)
            known = states[record.stream] = (decider.evolve, decider.initial(entity_id_of(record.stream)))
        known[0](known[1], event)
    return len(decoded) / (time.perf_counter() - started)
