"""The statements by which one table's rows are found and written in SQLite."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import sqlite

__all__ = ["SqliteStatements"]

_DIALECT = sqlite.dialect(paramstyle="qmark")


class SqliteStatements:
    """The statements for SQLite, whose driver runs one for each row."""

    def __init__(self, table: sql.Table, names: Sequence[str], key: Sequence[str]) -> None:
        values: dict[str, sql.BindParameter[Any]] = {name: sql.bindparam(name) for name in names}
        plain = sqlite.insert(table).values(values)
        updates = {name: plain.excluded[name] for name in names if name not in key}
        upsert = plain.on_conflict_do_nothing()
        if updates:
            upsert = plain.on_conflict_do_update(index_elements=list(key), set_=updates)
        matches = [table.c[name] == sql.bindparam(name) for name in key]
        self.insert = str(plain.compile(dialect=_DIALECT))
        self.upsert = str(upsert.compile(dialect=_DIALECT))
        self.delete = str(sql.delete(table).where(*matches).compile(dialect=_DIALECT))
        self.find = str(sql.select(table).where(*matches).compile(dialect=_DIALECT))

    def many(self, names: Sequence[str], rows: list[tuple[Any, ...]]) -> Any:
        return rows

    def one(self, names: Sequence[str], values: tuple[Any, ...]) -> Any:
        return values
