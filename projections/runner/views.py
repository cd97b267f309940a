"""Views for people who read the tables with their own tools: with instants and seconds instead of microseconds."""

from typing import Any

from projections.runner.table import Table

__all__ = ["view_of"]


def view_of(table: Table[Any], generation: int, dialect: str) -> str:
    """The statement that makes the view of a generation, for ``sqlite`` or ``postgresql``."""
    formats = _IN_POSTGRESQL if dialect == "postgresql" else _IN_SQLITE
    columns = ", ".join(
        [
            f"{formats[column.kind].format(column=column.name)} AS {column.name}"
            if column.kind in formats
            else column.name
            for column in table.columns
        ]
        + [f"{span.expression} AS {span.name}" for span in table.spans]
    )
    return f"CREATE VIEW {table.name} AS SELECT {columns} FROM {table.name}_{generation}"  # noqa: S608


_IN_SQLITE = {
    "moment": "strftime('%Y-%m-%dT%H:%M:%S', {column} / 1000000, 'unixepoch') || printf('.%06dZ', {column} % 1000000)",
    "duration": "{column} / 1000000.0",
}
_IN_POSTGRESQL = {
    "moment": "TIMESTAMPTZ 'epoch' + {column} * INTERVAL '1 microsecond'",
    "duration": "{column} / 1000000.0",
}
