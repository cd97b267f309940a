"""Reading the tables that projections have built."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import sqlalchemy as sql

from projections.runner.catalogue import Build
from projections.runner.database import Database
from projections.runner.exceptions import NotBuiltError, TablesReplacedError
from projections.runner.projection import Projection
from projections.runner.table import Table

__all__ = ["TableReader", "read_tables"]

_TRIES = 5


class TableReader:
    """The tables of some projections as of one moment. ``connection`` runs statements over them."""

    def __init__(self, connection: sql.Connection, builds: Mapping[Projection, Build]) -> None:
        self.connection = connection
        self._builds = builds
        self._generations = {
            table: build.generation for projection, build in builds.items() for table in projection.tables
        }

    def table(self, table: Table[Any]) -> sql.Table:
        """The generation of the table that is in use, for statements."""
        return table.generation(self._generations[table])

    @property
    def position(self) -> int:
        """The position up to which all of the projections have come."""
        return min(build.position for build in self._builds.values())


@contextmanager
def read_tables(database: Database, *projections: Projection) -> Iterator[TableReader]:
    """Opens the projections' tables for reading. Tables that are replaced meanwhile can be read to the end. Raises
    NotBuiltError as long as one of the projections is being built for the first time, DatabaseUnavailableError when the
    database does not serve."""
    with ExitStack() as stack:
        yield _hold(stack, database, projections)


def _hold(stack: ExitStack, database: Database, projections: Sequence[Projection]) -> TableReader:
    for _ in range(_TRIES - 1):
        with suppress(TablesReplacedError):
            return stack.enter_context(_held(database, projections))
    return stack.enter_context(_held(database, projections))


@contextmanager
def _held(database: Database, projections: Sequence[Projection]) -> Iterator[TableReader]:
    """Raises TablesReplacedError when the tables are replaced between finding them and holding them."""
    with database.reading() as connection:
        live = {build.name: build for build in database.catalogue.builds(connection) if build.status == "live"}
        for projection in projections:
            if projection.name not in live:
                raise NotBuiltError(f"{projection.name} is being built for the first time; try again shortly")
        builds = {projection: live[projection.name] for projection in projections}
        database.hold_tables(connection, builds.values())
        yield TableReader(connection, builds)
