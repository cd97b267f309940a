"""Making snapshots: beside the engine, from what it has committed, never on its thread."""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from actors.decider import EntityState
from actors.entities import decider_of
from actors.folding import advance, initial_state
from actors.journal import Journal
from actors.journal.places import follows, versions_between
from actors.snapshots.exceptions import SnapshotsUnusableError
from actors.snapshots.file import Mark, Row, SnapshotFile
from actors.snapshots.snapshots import LONG_STREAM, SnapshotReader, check_mark
from actors.snapshots.view import SnapshottedView
from schemas.events import Event
from schemas.records import Record

__all__ = ["MILESTONE", "Snapshotter"]

MILESTONE = 5_000
"""A stream's state at every multiple of this version is kept, so that time travel begins near."""

_logger = logging.getLogger(__name__)


class Snapshotter:
    """Folds the journal from where the file stands and writes the states that changed, with the position, at once.

    For one thread. A file that does not fit the code or the journal is thrown away. After
    SnapshotsUnusableError make another one: it begins from what was saved.
    """

    def __init__(self, path: Path, journal: Journal, code: str, views: Sequence[SnapshottedView] = ()) -> None:
        """``views`` have seen nothing yet. Raises SnapshotsUnusableError when another process holds the file."""
        self._journal = journal
        self._code = code
        self._views = views
        self._states: dict[str, EntityState] = {}
        self._positions: dict[str, int] = {}
        self._milestones: list[Row] = []
        self._last: Record | None = None
        try:
            self._file = _open(path, code, journal)
            mark = self._file.mark()
            self._saved = mark.position if mark else 0
            for view in views:
                view.restore(SnapshotReader(self._file, self._saved))
                view.take_changes()
        except sqlite3.Error as error:
            raise SnapshotsUnusableError(f"{path}: {error}") from error
        except (msgspec.MsgspecError, LookupError, TypeError, ValueError) as error:
            self._file.close()
            _remove(path)
            raise SnapshotsUnusableError(f"{path} held what cannot be read and is made anew: {error!r}") from error

    @property
    def position(self) -> int:
        """The position up to which the journal is folded; the next record must be applied next."""
        return self._last.position if self._last is not None else self._saved

    @property
    def unsaved(self) -> int:
        return self.position - self._saved

    def apply(self, committed: Iterable[tuple[Record, Event]]) -> None:
        """Folds the events that follow ``position``, in order. Events that were folded before are skipped."""
        for record, event in committed:
            if record.position <= self.position:
                continue
            if not follows(record, self.position):
                raise ValueError(f"position {record.position} does not follow {self.position}")
            self._fold(record, event)
            for view in self._views:
                view.apply(record, event)
            self._last = record

    def save(self) -> None:
        """Saves in one transaction: all of it is in the file, or nothing. Raises SnapshotsUnusableError."""
        if self._last is None:
            return
        try:
            self._write(Mark(self._code, self._last.position, self._last.event_id))
        except sqlite3.Error as error:
            self._file.roll_back()
            raise SnapshotsUnusableError(f"cannot save snapshots: {error}") from error
        self._let_go_of_finished()
        self._saved = self._last.position
        self._positions.clear()
        self._milestones.clear()
        self._last = None

    def close(self) -> None:
        """Closes the file without saving."""
        self._file.close()

    def _let_go_of_finished(self) -> None:
        for stream in self._positions:
            if decider_of(stream).finished(self._states[stream]):
                del self._states[stream]

    def _fold(self, record: Record, event: Event) -> None:
        decider = decider_of(record.stream)
        state = self._states.get(record.stream)
        if state is None:
            state = self._states[record.stream] = self._before(record)
        decider.evolve(state, event)
        self._positions[record.stream] = record.position
        if record.version % MILESTONE == 0:
            self._milestones.append(Row(record.stream, record.version, record.position, decider.snapshot(state)))

    def _before(self, record: Record) -> EntityState:
        """The state of the entity before this record. The file holds it or an earlier one, and the stream the rest."""
        if record.version == 1:
            return initial_state(record.stream)
        row = self._file.entity(record.stream, record.version - 1)
        state, reached = self._restored(row) if row else (initial_state(record.stream), 0)
        advance(record.stream, state, versions_between(self._journal, record.stream, reached, record.version - 1))
        return state

    def _restored(self, row: Row) -> tuple[EntityState, int]:
        """The state of a row and its version. A state that cannot be read is replaced by the initial one."""
        try:
            return decider_of(row.stream).restore(row.state), row.version
        except (msgspec.MsgspecError, LookupError, TypeError, ValueError) as error:
            _logger.warning("the snapshot of %s cannot be read, its stream is: %r", row.stream, error)
            return initial_state(row.stream), 0

    def _write(self, mark: Mark) -> None:
        file = self._file
        file.begin(writing=True)
        before = file.mark()
        if (before.position if before else 0) != self._saved:
            file.roll_back()
            raise SnapshotsUnusableError("another process writes these snapshots")
        kept, dropped = self._changed()
        file.keep(kept)
        file.drop(dropped)
        file.keep_milestones(self._milestones)
        for view in self._views:
            for name, changes in view.take_changes().items():
                file.change_view(name, changes)
        file.set_mark(mark)
        file.commit()

    def _changed(self) -> tuple[list[tuple[Row, bool]], list[str]]:
        kept: list[tuple[Row, bool]] = []
        dropped: list[str] = []
        for stream, position in self._positions.items():
            decider, state = decider_of(stream), self._states[stream]
            finished = decider.finished(state)
            if finished and decider.short_lived and state.version < LONG_STREAM:
                dropped.append(stream)
            else:
                kept.append((Row(stream, state.version, position, decider.snapshot(state)), finished))
        return kept, dropped


def _open(path: Path, code: str, journal: Journal) -> SnapshotFile:
    """The file, if it is sound and of this code and this journal; otherwise a new one in its place."""
    file = None
    if not path.exists():
        _remove(path)
    try:
        file = SnapshotFile(path, read_only=False)
        file.check()
        mark = file.mark()
        if mark is not None:
            check_mark(mark, code, journal)
    except (sqlite3.DatabaseError, SnapshotsUnusableError) as error:
        if file is not None:
            file.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        _logger.warning("%s is made anew: %s", path, error)
        _remove(path)
        return SnapshotFile(path, read_only=False)
    return file


def _remove(path: Path) -> None:
    """Removes the file, with the files that SQLite keeps beside it. A reader who has it open keeps the old one."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
