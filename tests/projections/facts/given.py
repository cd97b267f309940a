"""Events at their instants, and the rows that a projection makes of them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sql

from actors.journal import Journal, MemoryJournal
from projections.runner import Database, Projection, Table, TableReader, moment_of, read_tables
from projections.runner.building import Builder
from projections.runner.columns import Column
from projections.runner.database import sqlite_url
from projections.runner.generations import build_beside, replace_live
from projections.runner.rebuild import rebuild
from projections.runner.recorded_event import recorded_events_of
from schemas.events import REGISTRY, Event
from schemas.instants import format_instant
from schemas.records import NewRecord
from tests.examples import NOW, identifier, later

__all__ = ["Facts", "TimedEvent", "at", "given", "journal_of"]

Contents = dict[Table[Any], list[tuple[Any, ...]]]


class TimedEvent(NamedTuple):
    """An event in a stream, with its time in seconds after the beginning."""

    seconds: float
    stream: str
    event: Event

    @property
    def instant(self) -> datetime:
        return later(self.seconds)


def at(seconds: float, stream: str, *events: Event) -> list[TimedEvent]:
    """Events at one instant in one stream; they are one cascade."""
    return [TimedEvent(seconds, stream, event) for event in events]


class Facts:
    """The rows that a projection has made of the events."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    def rows(self, table: Table[Any], *columns: str) -> list[tuple[Any, ...]]:
        """These columns of all rows in the order of the key. Moments are given as seconds after the beginning,
        durations in seconds."""
        names = [column.name for column in table.columns]
        places = [names.index(name) for name in columns]
        return [tuple(_plain(table.columns[place], row[place]) for place in places) for row in self._contents[table]]


def _plain(column: Column, value: Any) -> Any:
    if value is None:
        return None
    match column.kind:
        case "moment":
            return (value - moment_of(NOW)) / 1_000_000
        case "duration":
            return value / 1_000_000
        case "json":
            return msgspec.json.decode(value)
        case _:
            return value


def given(projection: Projection, *cascades: list[TimedEvent]) -> Facts:
    """The facts as a rebuild makes them. They are checked to be the same when the program is started anew after every
    single event, and a journal that starts with any later event is checked to be projected without an error."""
    journal = journal_of([each for events in cascades for each in events])
    with _database() as database:
        rebuild(journal, database, [projection])
        rebuilt = _contents(database, projection)
    with _database() as database:
        _build_with_restarts(journal, database, projection)
        assert _contents(database, projection) == rebuilt
        for position in range(1, journal.last_position()):
            rebuild(journal, database, [projection], begins_after=position)
    return Facts(rebuilt)


@contextmanager
def _database() -> Iterator[Database]:
    with TemporaryDirectory() as folder, closing(Database(sqlite_url(Path(folder) / "reports.db"))) as database:
        database.prepare()
        yield database


def journal_of(timed: list[TimedEvent]) -> MemoryJournal:
    """A journal of the events."""
    journal, versions = MemoryJournal(), Counter[str]()
    records = []
    for number, each in enumerate(timed, 1):
        versions[each.stream] += 1
        records.append(_record(each, versions[each.stream], identifier(number)))
    for _, cascade in groupby(records, key=lambda record: (record.at, record.stream)):
        journal.append(list(cascade))
    return journal


def _record(timed: TimedEvent, version: int, event_id: str) -> NewRecord:
    return NewRecord(
        stream=timed.stream,
        version=version,
        event_id=event_id,
        type=type(timed.event).__name__,
        at=format_instant(timed.instant),
        schema_version=timed.event.VERSION,
        correlation_id=event_id,
        causation_id=event_id,
        actor="test",
        data=REGISTRY.encode(timed.event),
    )


def _build_with_restarts(journal: Journal, database: Database, projection: Projection) -> None:
    """Projects one event at a time. After each, the rows in memory are thrown away."""
    for record in journal.read_all():
        build = build_beside(database, journal, projection)
        assert build.position == record.position - 1
        with Builder(database, projection, build, "stop") as builder:
            builder.advance(recorded_events_of([record]))
    replace_live(database, projection, build_beside(database, journal, projection))


def _contents(database: Database, projection: Projection) -> Contents:
    with read_tables(database, projection) as reader:
        return {table: _rows(reader, table) for table in projection.tables}


def _rows(reader: TableReader, table: Table[Any]) -> list[tuple[Any, ...]]:
    made = reader.table(table)
    key = [made.c[name] for name in table.key]
    return [tuple(row) for row in reader.connection.execute(sql.select(made).order_by(*key))]
