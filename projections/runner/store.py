"""One generation of a table in the database: finding and writing rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from projections.runner.table import Table

__all__ = ["TableStore"]

_SQLITE = sqlite.dialect(paramstyle="qmark")
_POSTGRESQL = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]


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
        made = _PostgresqlStatements if lookups.dialect.name == "postgresql" else _SqliteStatements
        self._statements = made(table.generation(generation), self._names, table.key)

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


class _SqliteStatements:
    """The statements for SQLite, whose driver runs one for each row."""

    def __init__(self, table: sql.Table, names: Sequence[str], key: Sequence[str]) -> None:
        values: dict[str, sql.BindParameter[Any]] = {name: sql.bindparam(name) for name in names}
        plain = sqlite.insert(table).values(values)
        updates = {name: plain.excluded[name] for name in names if name not in key}
        upsert = plain.on_conflict_do_nothing()
        if updates:
            upsert = plain.on_conflict_do_update(index_elements=list(key), set_=updates)
        matches = [table.c[name] == sql.bindparam(name) for name in key]
        self.insert = str(plain.compile(dialect=_SQLITE))
        self.upsert = str(upsert.compile(dialect=_SQLITE))
        self.delete = str(sql.delete(table).where(*matches).compile(dialect=_SQLITE))
        self.find = str(sql.select(table).where(*matches).compile(dialect=_SQLITE))

    def many(self, names: Sequence[str], rows: list[tuple[Any, ...]]) -> Any:
        return rows

    def one(self, names: Sequence[str], values: tuple[Any, ...]) -> Any:
        return values


class _PostgresqlStatements:
    """The statements for PostgreSQL: all rows go in one, as one array a column. A round trip for each row would take
    most of the time."""

    def __init__(self, table: sql.Table, names: Sequence[str], key: Sequence[str]) -> None:
        rows = _unnested(table, names)
        plain = postgresql.insert(table).from_select(list(names), sql.select(*rows))
        updates = {name: plain.excluded[name] for name in names if name not in key}
        upsert = plain.on_conflict_do_nothing()
        if updates:
            upsert = plain.on_conflict_do_update(index_elements=list(key), set_=updates)
        keys = sql.select(*_unnested(table, key))
        delete = sql.delete(table).where(sql.tuple_(*(table.c[name] for name in key)).in_(keys))
        matches = [table.c[name] == sql.bindparam(name) for name in key]
        self.insert = str(plain.compile(dialect=_POSTGRESQL))
        self.upsert = str(upsert.compile(dialect=_POSTGRESQL))
        self.delete = str(delete.compile(dialect=_POSTGRESQL))
        self.find = str(sql.select(table).where(*matches).compile(dialect=_POSTGRESQL))

    def many(self, names: Sequence[str], rows: list[tuple[Any, ...]]) -> Any:
        return {name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}

    def one(self, names: Sequence[str], values: tuple[Any, ...]) -> Any:
        return dict(zip(names, values, strict=True))


def _unnested(table: sql.Table, names: Sequence[str]) -> list[sql.ColumnElement[Any]]:
    """The columns of a table, which the driver gets as arrays."""
    arrays = [
        sql.cast(sql.bindparam(name, type_=postgresql.ARRAY(table.c[name].type)), postgresql.ARRAY(table.c[name].type))
        for name in names
    ]
    given = sql.func.unnest(*arrays).table_valued(*names, name="given").render_derived()
    return [given.c[name] for name in names]
