"""The small SQLite files that the gateways keep beside the journal."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["SqliteFile"]


class SqliteFile:
    """A SQLite file that may be used on any thread, by one thread at a time. Every method may raise sqlite3.Error."""

    def __init__(self, file: Path | None, schema: str) -> None:
        """Creates the tables with the statements in ``schema``. Without a file the data lives in memory. Nothing stays
        open when it raises."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(file or ":memory:", check_same_thread=False)
        try:
            self._connection.executescript(schema)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction. It is committed when the context ends, and rolled back when it raises."""
        with self._lock, self._connection:
            yield self._connection

    def close(self) -> None:
        with self._lock:
            self._connection.close()
