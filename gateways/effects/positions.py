"""The position in the journal that each effect has reached."""

import threading
from pathlib import Path

from actors.journal.sqlite.reading import number_in
from gateways.data_directory import SqliteFile

__all__ = ["Positions", "furthest_position"]

_REMEDY = "move the file away: the journal is then read again, and nothing is posted twice"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS positions (effect TEXT PRIMARY KEY, position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS parked_events (
    effect TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (effect, position)
);
"""


class Positions:
    """A file with one position for each effect. All events up to it are dealt with, but for those that are parked."""

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

    def park(self, effect: str, position: int, reason: str) -> None:
        """Keeps an event that the effect could not read."""
        with self._lock:
            if not self._closed:
                with self._file.transaction() as connection:
                    connection.execute(
                        "INSERT OR REPLACE INTO parked_events VALUES (?, ?, ?)", (effect, position, reason)
                    )

    def parked(self, effect: str) -> list[int]:
        """The positions of the effect's parked events, in order."""
        query = "SELECT position FROM parked_events WHERE effect = ? ORDER BY position"
        with self._lock:
            if self._closed:
                return []
            with self._file.transaction() as connection:
                return [row[0] for row in connection.execute(query, (effect,))]

    def go_back(self, effect: str, position: int) -> None:
        """Takes the effect back before an event that was parked, so that it is read again with those that followed."""
        with self._lock:
            if self._closed:
                return
            with self._file.transaction() as connection:
                connection.execute("DELETE FROM parked_events WHERE effect = ? AND position = ?", (effect, position))
                connection.execute(
                    "UPDATE positions SET position = min(position, ?) WHERE effect = ?", (position - 1, effect)
                )

    def lower(self, last: int) -> None:
        """Takes every position that is beyond ``last`` back to it."""
        with self._file.transaction() as connection:
            connection.execute("UPDATE positions SET position = ?1 WHERE position > ?1", (last,))
            connection.execute("DELETE FROM parked_events WHERE position > ?", (last,))

    def close(self) -> None:
        """Closes the file. It waits for a call that is under way on another thread; later calls do nothing."""
        with self._lock:
            self._closed = True
            self._file.close()


def furthest_position(file: Path) -> int:
    """The position of the effect that has come furthest, read without changing the file; 0 if nothing can be read."""
    return number_in(file, "SELECT max(position) FROM positions")
