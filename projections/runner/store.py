"""One generation of a table in the database: finding and writing rows."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sql

from projections.runner.sqlite_statements import SqliteStatements
from projections.runner.table import Table

__all__ = ["TableStore"]


class TableStore:
    """Finds and writes the rows. ``is_new`` is true when the generation has just been made and holds nothing.
    ``lookups`` is a connection that reads what is committed.

    SQLAlchemy makes the statements once; the driver then gets nothing but the rows.
    """

    def __init__(self, table: Table[Any], generation: int, lookups: sql.Connection, is_new: bool) -> None:
        self.table = table
        self.is_new = is_new
        self._lookups = lookups
        self._names = [column.name for column in table.columns]
        self._statements = _statements(lookups, table.generation(generation), self._names, table.key)

    def find(self, key: tuple[Any, ...]) -> Any:
        parameters = self._statements.one(self.table.key, key)
        found = self._lookups.exec_driver_sql(self._statements.find, parameters).fetchone()
        return None if found is None else self.table.row_of(tuple(found))

    def write(self, connection: sql.Connection, changed: Mapping[Any, Any], fresh: Iterable[Any]) -> None:
        """Writes the rows. ``changed`` maps keys to rows, or to None for a row that was removed."""
        values_of, statements = self.table.values_of, self._statements
        new = [values_of(row) for row in fresh]
        kept = [values_of(row) for row in changed.values() if row is not None]
        removed = [key if isinstance(key, tuple) else (key,) for key, row in changed.items() if row is None]
        for statement, names, rows in (
            (statements.insert, self._names, new),
            (statements.upsert, self._names, kept),
            (statements.delete, self.table.key, removed),
        ):
            if rows:
                connection.exec_driver_sql(statement, statements.many(names, rows))


def _statements(lookups: sql.Connection, table: sql.Table, names: list[str], key: tuple[str, ...]) -> Any:
    if lookups.dialect.name != "postgresql":
        return SqliteStatements(table, names, key)
    from projections.runner.postgresql_statements import PostgresqlStatements  # loads five drivers: only where used

    return PostgresqlStatements(table, names, key)
