"""Indexes of texts: a virtual table beside the table in SQLite, an index of its own kind in PostgreSQL."""

import sqlalchemy as sql

__all__ = ["index_text", "text_index_of"]

_MAKE_INDEX = """
CREATE VIRTUAL TABLE {index}
USING fts5 ({column}, content='{table}', content_rowid='{key}', tokenize="unicode61 remove_diacritics 0")
"""
_FILL_INDEX = """
CREATE TRIGGER {index}_rows AFTER INSERT ON {table}
BEGIN
    INSERT INTO {index} (rowid, {column}) VALUES (new.{key}, new.{column});
END
"""
_MAKE_POSTGRESQL_INDEX = "CREATE INDEX {index} ON {table} USING gin (to_tsvector('simple', {column}))"


def text_index_of(table: str) -> str:
    """The name of the index of a table."""
    return f"{table}_text"


def index_text(table: sql.Table, key: str, column: str) -> None:
    """Lets the index be made with the table. Its rows are only ever appended: what is changed or removed later stays in
    the index of SQLite."""
    names = {"index": text_index_of(table.name), "table": table.name, "key": key, "column": column}
    for dialect, statement in (
        ("sqlite", _MAKE_INDEX),
        ("sqlite", _FILL_INDEX),
        ("postgresql", _MAKE_POSTGRESQL_INDEX),
    ):
        made = sql.DDL(statement.format(**names))  # type: ignore[no-untyped-call]
        sql.event.listen(table, "after_create", made.execute_if(dialect=dialect))
