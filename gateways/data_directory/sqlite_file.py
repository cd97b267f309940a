"""The small SQLite files that the gateways keep beside the journal."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actors.journal.sqlite.failures import is_damaged, reason_of
from gateways.data_directory.exceptions import DataFileError, DataFileUnavailableError

__all__ = ["SqliteFile"]

_IN_MEMORY = Path(":memory:")


class SqliteFile:
    """A SQLite file that may be used on any thread, by one thread at a time."""

    def __init__(self, file: Path | None, schema: str, remedy: str) -> None:
        """Creates the tables with the statements in ``schema``. Without a file the data lives in memory. ``remedy``
        says what to do about a damaged file. Raises DataFileError; nothing stays open then."""
        self._path = file or _IN_MEMORY
        self._remedy = remedy
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._failure(error) from error
        try:
            _check(self._connection)
            self._connection.executescript(schema)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._failure(error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction. It is committed when the context ends, and rolled back when it raises. Raises DataFileError,
        or DataFileUnavailableError when trying again later may help."""
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                raise self._failure(error) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _failure(self, error: sqlite3.Error) -> DataFileError:
        if is_damaged(error):
            return DataFileError(self._path, f"{error}; {self._remedy}")
        return DataFileUnavailableError(self._path, reason_of(error))


def _check(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError when a page of the file is damaged."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        damaged = sqlite3.DatabaseError("a part of the file is damaged")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged
