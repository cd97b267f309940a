"""Reading snapshots: the engine, the live views and time travel begin from them."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from actors.decider import Decider, EntityState
from actors.entities import decider_of
from actors.journal import Journal, JournalError
from actors.journal.places import holds
from actors.snapshots.exceptions import SnapshotsUnusableError
from actors.snapshots.file import Mark, Row, SnapshotFile
from schemas.commands import Command
from schemas.events import Event

__all__ = ["LONG_STREAM", "Snapshot", "SnapshotReader", "Snapshots", "check_mark"]

LONG_STREAM = 100
"""From this version on a short-lived entity keeps its snapshot when it has finished; a shorter stream is soon read."""

_logger = logging.getLogger(__name__)

T = TypeVar("T")
StateT = TypeVar("StateT", bound=EntityState)
CommandT = TypeVar("CommandT", bound=Command)
EventT = TypeVar("EventT", bound=Event)


class Snapshot(NamedTuple, Generic[StateT]):
    """An entity's state at a version of its stream; ``position`` is that of its last event."""

    stream: str
    version: int
    position: int
    state: StateT


class SnapshotReader:
    """The snapshots as they stood at one moment. Every state is the caller's own."""

    def __init__(self, file: SnapshotFile, position: int) -> None:
        self._file = file
        self.position = position

    def entity(self, stream: str, at_most_version: int | None = None) -> Snapshot[EntityState] | None:
        row = self._file.entity(stream, at_most_version)
        return None if row is None else _restored(row)

    def unfinished(self) -> Iterator[Snapshot[EntityState]]:
        """Every entity that is not finished."""
        return map(_restored, self._file.unfinished())

    def entities_of(self, decider: Decider[StateT, CommandT, EventT]) -> Iterator[Snapshot[StateT]]:
        """All entities of a kind that is not short-lived, finished or not."""
        for row in self._file.entities_of(decider.category):
            yield Snapshot(row.stream, row.version, row.position, decider.restore(row.state))

    def view(self, name: str) -> Iterator[tuple[str, bytes]]:
        """A live view's own rows, in the order in which their keys first came."""
        return self._file.view(name)


class Snapshots:
    """The snapshots of a journal, which another process may be writing. For use on any thread.

    They never decide what is true: a file that is missing, damaged, locked, of other code or of another journal counts
    for nothing, with one warning.
    """

    def __init__(self, path: Path, journal: Journal, code: str) -> None:
        """``code`` is the fingerprint of the code that would use the states."""
        self._path = path
        self._journal = journal
        self._code = code
        self._lock = threading.Lock()
        self._file: SnapshotFile | None = None
        self._inode = 0
        self._warned = False

    def load(self, stream: str, at_most_version: int | None = None) -> Snapshot[EntityState] | None:
        """The newest snapshot of the entity that is not beyond the version."""
        return self.read(lambda reader: reader.entity(stream, at_most_version))

    def read(self, use: Callable[[SnapshotReader], T]) -> T | None:
        """The result of ``use`` with the snapshots of one moment; None when they are of no use. Raises JournalError."""
        with self._lock:
            try:
                return self._read(use)
            except JournalError:
                raise
            except Exception as error:  # whatever damaged bytes bring about
                self._close()
                self._warn(error)
                return None

    def close(self) -> None:
        with self._lock:
            self._close()

    def _read(self, use: Callable[[SnapshotReader], T]) -> T | None:
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            return None
        if inode != self._inode:
            self._close()
        if self._file is None:
            self._file, self._inode = SnapshotFile(self._path, read_only=True), inode
        self._file.begin()
        try:
            mark = self._file.mark()
            if mark is None:
                return None
            check_mark(mark, self._code, self._journal)
            return use(SnapshotReader(self._file, mark.position))
        finally:
            self._file.roll_back()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _warn(self, error: Exception) -> None:
        if not self._warned:
            _logger.warning("the snapshots in %s are not used: %s", self._path, error)
            self._warned = True


def check_mark(mark: Mark, code: str, journal: Journal) -> None:
    """Raises SnapshotsUnusableError unless the snapshots are of this code and of this journal."""
    if mark.format != code:
        raise SnapshotsUnusableError("another version of the program made them")
    if not holds(journal, mark.position, mark.event_id):
        raise SnapshotsUnusableError(f"the journal has another event at position {mark.position}, or none")


def _restored(row: Row) -> Snapshot[EntityState]:
    return Snapshot(row.stream, row.version, row.position, decider_of(row.stream).restore(row.state))
