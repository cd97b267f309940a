"""The pages of docs/tables as the code makes them."""

from pathlib import Path

from projections.all import PROJECTIONS
from projections.runner.documentation import pages_of

__all__ = ["FOLDER", "pages"]

FOLDER = Path(__file__).parents[3] / "docs" / "tables"

_INTRODUCTION = """# Tables

The tables of the projections, for BI tools: they are views in the database of the projections (`reports.db` in the
data directory, or the PostgreSQL database of `reporting.database_url`). Instants are `timestamptz` in PostgreSQL and
RFC 3339 text in SQLite, always in UTC; durations are seconds. A `position` is that of an event in the journal:
`hybridchat events show POSITION` shows it.

Read the views, not the tables behind them, whose names end in a number: a projection that is rebuilt gets new tables,
and from one moment to the next the views show those. [docs/projections.md](../projections.md) explains how that works.

| table | a row is | kept by |
|---|---|---|
"""


def pages() -> dict[str, str]:
    """The pages by file name."""
    written = {f"{name}.md": text for projection in PROJECTIONS for name, text in pages_of(projection).items()}
    rows = [
        f"| [{table.name}]({table.name}.md) | {table.grain} | `{projection.name}` |"
        for projection in PROJECTIONS
        for table in projection.tables
        if not table.internal
    ]
    return {"README.md": _INTRODUCTION + "\n".join(rows) + "\n", **written}
