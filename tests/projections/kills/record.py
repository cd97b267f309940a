"""The journal that is projected while the process is killed, and the contents of a build."""

from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sql

from projections.all import PROJECTIONS
from projections.runner import Database
from schemas.records import NewRecord
from tests.simulation.days.run import simulate_days

__all__ = ["Built", "built", "simulated_records"]

EVENTS = 8_000


@cache
def simulated_records() -> list[NewRecord]:
    """The records of some hours of a contact centre."""
    centre, _ = simulate_days(11, EVENTS, checked=False)
    fields = NewRecord.__struct_fields__
    return [
        NewRecord(*(getattr(record, name) for name in fields)) for record in centre.world.journal.read_all(0, 10**9)
    ]


class Built(NamedTuple):
    """A projection's live build, row by row."""

    position: int
    event_id: str
    parked: int
    tables: dict[str, list[tuple[Any, ...]]]


def built(database: Database) -> dict[str, Built]:
    """The contents of each projection's live build."""
    found = {}
    with database.reading() as connection:
        for projection in PROJECTIONS:
            live = database.catalogue.live(connection, projection.name)
            assert live is not None, projection.name
            parked = database.catalogue.parked_count(connection, live)
            tables = {table.name: _rows(connection, table.generation(live.generation)) for table in projection.tables}
            found[projection.name] = Built(live.position, live.event_id, parked, tables)
    return found


def _rows(connection: sql.Connection, table: sql.Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in connection.execute(sql.select(table))), key=repr)
