"""The position in the journal that each effect has reached."""

import threading
from pathlib import Path

from actors.journal.sqlite.reading import number_in
from gateways.data_directory import SqliteFile

__all__ = ["Positions", "furthest_position"]

_REMEDY = "move the file away: the journal is then read again, and nothing is posted twice"
_SCHEMA = "CREATE TABLE IF NOT EXISTS positions (effect TEXT PRIMARY KEY, position INTEGER NOT NULL)"


class Positions:
    """A file with one position for each effect. All events up to it are dealt with."""

    def __init__(self, file: Path | None) -> None:
        """Without a file the positions live in memory."""
        self._file = SqliteFile(file, _SCHEMA, _REMEDY)
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

    def lower(self, last: int) -> None:
        """Takes every position that is beyond ``last`` back to it."""
        with self._file.transaction() as connection:
            connection.execute("UPDATE positions SET position = ?1 WHERE position > ?1", (last,))

    def close(self) -> None:
        """Closes the file. It waits for a call that is under way on another thread; later calls do nothing."""
        with self._lock:
            self._closed = True
            self._file.close()


def furthest_position(file: Path) -> int:
    """The position of the effect that has come furthest, read without changing the file; 0 if nothing can be read."""
    return number_in(file, "SELECT max(position) FROM positions")
