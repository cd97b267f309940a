"""The position in the journal that each effect has reached."""

import threading
from pathlib import Path

from gateways.data_directory.sqlite_file import SqliteFile

__all__ = ["Positions"]

_SCHEMA = "CREATE TABLE IF NOT EXISTS positions (effect TEXT PRIMARY KEY, position INTEGER NOT NULL)"


class Positions:
    """A file with one position for each effect. All events up to it are dealt with."""

    def __init__(self, file: Path | None) -> None:
        """Without a file the positions live in memory."""
        self._file = SqliteFile(file, _SCHEMA)
        self._lock = threading.Lock()
        self._closed = False

    def load(self, effect: str) -> int:
        """The effect's position; 0 for an effect that has never run."""
        with self._lock:
            if self._closed:
                return 0
            with self._file.transaction() as connection:
                row = connection.execute("SELECT position FROM positions WHERE effect = ?", (effect,)).fetchone()
        return row[0] if row else 0

    def save(self, effect: str, position: int) -> None:
        with self._lock:
            if not self._closed:
                with self._file.transaction() as connection:
                    connection.execute("INSERT OR REPLACE INTO positions VALUES (?, ?)", (effect, position))

    def close(self) -> None:
        """Closes the file. It waits for a call that is under way on another thread; later calls do nothing."""
        with self._lock:
            self._closed = True
            self._file.close()
