"""Reading one number from a SQLite file without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["number_in"]


def number_in(file: Path, query: str) -> int:
    """The number that the query finds; 0 where the file is missing or damaged, or has no such number."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(query).fetchone()
    except sqlite3.Error:
        return 0
    return found[0] if found is not None and isinstance(found[0], int) else 0
