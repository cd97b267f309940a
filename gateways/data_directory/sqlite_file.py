"""The small SQLite files that the gateways keep beside the journal."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["SqliteFile"]


class SqliteFile:
    """For use on any thread, by one at a time. Everything raises sqlite3.Error."""

    def __init__(self, file: Path | None, schema: str) -> None:
        """Makes the tables that ``schema`` says. Without a file it lives in memory. Leaves nothing open when it
        raises."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(file or ":memory:", check_same_thread=False)
        try:
            self._connection.executescript(schema)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done in it is kept when it ends, or nothing of it when it raises."""
        with self._lock, self._connection:
            yield self._connection

    def close(self) -> None:
        with self._lock:
            self._connection.close()
