"""The documentation of the tables, for people who read them with their own tools: one page a table."""

from typing import Any

from projections.runner.columns import Kind
from projections.runner.projection import Projection
from projections.runner.table import Table

__all__ = ["page_of", "pages_of"]

_WORDS: dict[Kind, str] = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "moment": "instant",
    "duration": "seconds",
    "json": "JSON",
}


def pages_of(projection: Projection) -> dict[str, str]:
    """The pages of a projection's tables in Markdown, by the tables' names."""
    return {table.name: page_of(projection, table) for table in projection.tables if not table.internal}


def page_of(projection: Projection, table: Table[Any]) -> str:
    kept = f"Kept by the projection `{projection.name}`, version {projection.version}."
    return "\n".join(
        [
            f"# {table.name}",
            "",
            table.grain,
            "",
            f"{kept} Key: {', '.join(f'`{name}`' for name in table.key)}.",
            "",
            "| column | holds | meaning |",
            "|---|---|---|",
            *_rows(table),
            "",
            "## Example",
            "",
            "```sql",
            table.example,
            "```",
            "",
            "[All tables](README.md)",
            "",
        ]
    )


def _rows(table: Table[Any]) -> list[str]:
    written = [
        f"| `{column.name}` | {_WORDS[column.kind]}{', may be empty' if column.nullable else ''} | "
        f"{column.description}{' Personal.' if column.personal else ''} |"
        for column in table.columns
    ]
    return written + [f"| `{span.name}` | seconds, may be empty | {span.description} |" for span in table.spans]
