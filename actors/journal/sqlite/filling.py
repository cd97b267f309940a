"""Filling an empty journal with many events at once: whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from actors.journal.exceptions import JournalNotEmptyError, JournalUnavailableError
from actors.journal.journal import Journal
from actors.journal.sqlite.journal import SqliteJournal
from actors.journal.sqlite.lock import lock_for_writing

__all__ = ["filled_sqlite_journal"]

_OWNER_ONLY = 0o600


@contextmanager
def filled_sqlite_journal(path: Path) -> Iterator[Journal]:
    """A journal beside ``path`` that takes its place when the block ends without an exception.

    However the block or the process ends otherwise, ``path`` is as it was; what a killed process left beside it is
    removed by the next one. Raises JournalLockedError when a server writes to ``path``, JournalNotEmptyError when
    there are events, JournalUnavailableError when the store fails.
    """
    try:
        with closing(lock_for_writing(path)):
            path = path.resolve()
            _check_empty(path)
            beside = path.with_name(f"{path.name}.import")
            _remove(beside)
            try:
                beside.touch(mode=_OWNER_ONLY)
                with closing(SqliteJournal(beside)) as journal:
                    yield journal
                _take_place(beside, path)
            finally:
                _remove(beside)
                _beside(beside, "-lock").unlink(missing_ok=True)
    except OSError as error:
        raise JournalUnavailableError(f"cannot fill the journal {path}: {error}") from error


def _check_empty(path: Path) -> None:
    if not path.exists() or not path.stat().st_size:
        return
    with closing(SqliteJournal(path, read_only=True)) as journal:
        last = journal.last_position()
    if last:
        raise JournalNotEmptyError(f"{path} holds {last:,} events already; name another data directory")


def _take_place(beside: Path, path: Path) -> None:
    """The write-ahead log of the empty journal goes first: SQLite would take it for the new one's."""
    if _beside(beside, "-wal").exists():
        raise JournalUnavailableError(f"cannot bring {beside} to the disk; make room and begin again")
    _remove(path)
    beside.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _remove(path: Path) -> None:
    for file in (path, _beside(path, "-wal"), _beside(path, "-shm")):
        file.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
