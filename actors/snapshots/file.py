"""The file of snapshots, as SQLite has it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from actors.journal.sqlite.reading import number_in

__all__ = ["Mark", "Row", "SnapshotFile", "saved_position"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    format TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS entities (
    stream TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS unfinished_entities ON entities (stream) WHERE NOT finished;
CREATE TABLE IF NOT EXISTS milestones (
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (stream, version)
) STRICT;
CREATE TABLE IF NOT EXISTS views (
    number INTEGER PRIMARY KEY,
    view TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    UNIQUE (view, key)
) STRICT;
"""
_ROW = "stream, version, position, state"
_BUSY_SECONDS = 5.0
_MAX_LOG_BYTES = 32 * 1024 * 1024
_MAX_INTEGER = 2**63 - 1


class Mark(NamedTuple):
    """The position up to which the snapshots go, and the code by which they were made."""

    format: str
    position: int
    event_id: str


class Row(NamedTuple):
    """A state as bytes; ``position`` is that of its last event."""

    stream: str
    version: int
    position: int
    state: bytes


class SnapshotFile:
    """Reads and writes the rows; the caller groups them with ``begin`` and ``commit``. Raises sqlite3.Error."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        mode = "ro" if read_only else "rwc"
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_SECONDS,
        )
        if not read_only:
            self._set_up()

    def _set_up(self) -> None:
        """Prepares the file. Commits are not synced: everything that a power failure takes is folded again."""
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(f"PRAGMA journal_size_limit={_MAX_LOG_BYTES}")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error:
            self._connection.close()
            raise

    def begin(self, *, writing: bool = False) -> None:
        self._connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.rollback()

    def close(self) -> None:
        self._connection.close()

    def check(self) -> None:
        """Raises sqlite3.DatabaseError when the file is damaged."""
        (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)

    def mark(self) -> Mark | None:
        found = self._connection.execute("SELECT format, position, event_id FROM mark").fetchone()
        return None if found is None else Mark(*found)

    def entity(self, stream: str, at_most_version: int | None = None) -> Row | None:
        """The newest state of the entity that is not beyond the version."""
        found = self._connection.execute(
            f"SELECT {_ROW} FROM entities WHERE stream = ?1 AND version <= ?2 UNION ALL "  # noqa: S608
            f"SELECT * FROM (SELECT {_ROW} FROM milestones WHERE stream = ?1 AND version <= ?2 "
            "ORDER BY version DESC LIMIT 1) ORDER BY version DESC LIMIT 1",
            (stream, _MAX_INTEGER if at_most_version is None else at_most_version),
        ).fetchone()
        return None if found is None else Row(*found)

    def unfinished(self) -> Iterator[Row]:
        found = self._connection.execute(f"SELECT {_ROW} FROM entities WHERE NOT finished")  # noqa: S608
        return map(Row._make, found)

    def entities_of(self, category: str) -> Iterator[Row]:
        found = self._connection.execute(
            f"SELECT {_ROW} FROM entities WHERE stream >= ? AND stream < ?",  # noqa: S608
            (f"{category}-", f"{category}."),
        )
        return map(Row._make, found)

    def view(self, name: str) -> Iterator[tuple[str, bytes]]:
        """A live view's rows, in the order in which their keys first came."""
        return self._connection.execute("SELECT key, value FROM views WHERE view = ? ORDER BY number", (name,))

    def set_mark(self, mark: Mark) -> None:
        self._connection.execute("INSERT OR REPLACE INTO mark VALUES (1, ?, ?, ?)", mark)

    def keep(self, rows: Iterable[tuple[Row, bool]]) -> None:
        """Each row with whether its entity is finished."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO entities (stream, version, position, state, finished) VALUES (?, ?, ?, ?, ?)",
            ((*row, finished) for row, finished in rows),
        )

    def drop(self, streams: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM entities WHERE stream = ?", ((stream,) for stream in streams))

    def keep_milestones(self, rows: Iterable[Row]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO milestones (stream, version, position, state) VALUES (?, ?, ?, ?)", rows
        )

    def change_view(self, name: str, changes: Mapping[str, bytes | None]) -> None:
        """A row that changes keeps its place; one that is None is dropped."""
        self._connection.executemany(
            "INSERT INTO views (view, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            ((name, key, value) for key, value in changes.items() if value is not None),
        )
        self._connection.executemany(
            "DELETE FROM views WHERE view = ? AND key = ?",
            ((name, key) for key, value in changes.items() if value is None),
        )


def saved_position(path: Path) -> int:
    """The position up to which the snapshots in a file go, whatever code made them; 0 if it cannot be read."""
    return number_in(path, "SELECT position FROM mark")
