"""The statements by which one table's rows are found and written in PostgreSQL."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql

__all__ = ["PostgresqlStatements"]

_DIALECT = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]


class PostgresqlStatements:
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
        self.insert = str(plain.compile(dialect=_DIALECT))
        self.upsert = str(upsert.compile(dialect=_DIALECT))
        self.delete = str(delete.compile(dialect=_DIALECT))
        self.find = str(sql.select(table).where(*matches).compile(dialect=_DIALECT))

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
