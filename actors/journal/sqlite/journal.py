"""The embedded journal: one SQLite file in WAL mode, one writer process, any number of readers."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec.structs import astuple

from actors.journal.chain import chained, head_of
from actors.journal.checks import check_versions, earlier_append
from actors.journal.exceptions import JournalUnavailableError, VersionConflictError
from actors.journal.sqlite.failures import reason_of
from actors.journal.sqlite.lock import lock_for_writing
from actors.journal.sqlite.opened_files import OpenedFiles
from actors.journal.sqlite.probing import has_little_room, probe, shorten_log
from schemas.records import NewRecord, Record

__all__ = ["SqliteJournal"]

_COLUMNS = Record.__struct_fields__
_AS_BLOB = ("CAST(data AS BLOB)" if column == "data" else column for column in _COLUMNS)
_SELECT = f"SELECT {', '.join(_AS_BLOB)} FROM events"  # noqa: S608 - the columns are the struct's
_DATA = _COLUMNS.index("data")
_ROW = f"({','.join('?' * (len(_COLUMNS) + 1))})"
_INSERT = f"INSERT INTO events ({', '.join(_COLUMNS)}, digest) VALUES "  # noqa: S608
_DIGESTS = "SELECT digest FROM events"
_MAX_ROWS = 128
_POLL_SECONDS = 0.05
_MAX_KNOWN_HEADS = 100_000
_CHECKPOINT_PAGES = 4_000
_MAX_LOG_BYTES = 32 * 1024 * 1024
"""Twice what the log holds between two checkpoints."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    event_id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    at TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    data TEXT NOT NULL,
    digest BLOB,
    UNIQUE (stream, version)
) STRICT;
CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER IF NOT EXISTS events_are_never_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never removed');
END;
"""


class SqliteJournal:
    """A journal in one SQLite file; see Journal for what the methods promise.

    The writer syncs every commit to the disk (``synchronous=FULL``) and holds a lock on ``<path>-lock``; open
    with ``read_only`` to follow a journal that another process writes. Raises JournalLockedError when a second
    writer opens the file, JournalUnavailableError when it cannot be opened.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        self._path = Path(path)
        self._read_only = read_only
        self._readers: list[sqlite3.Connection] = []
        self._grown = threading.Condition()
        self._closed = False
        self._heads: dict[str, int] = {}
        self._lock: IO[bytes] | None = None
        self._writer: sqlite3.Connection | None = None
        self._files = OpenedFiles(())
        self._write_failed = False
        try:
            if not read_only:
                self._lock = lock_for_writing(self._path)
                self._writer = _open_writer(self._path)
            self._last = self._read_last_position()
            self._digest = b"" if read_only else head_of(self, self._last).digest
            if not read_only:
                self._files = OpenedFiles((self._path, self._path.with_name(f"{self._path.name}-wal")))
        except (sqlite3.Error, OSError, JournalUnavailableError) as error:
            self.close()
            reason = reason_of(error) if isinstance(error, sqlite3.Error) else error
            raise JournalUnavailableError(f"cannot open the journal {self._path}: {reason}") from error

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        if self._writer is None:
            raise JournalUnavailableError(f"{self._path} is closed or was opened for reading only")
        if not records:
            return []
        self.check_in_place()
        appended = _positioned(records, self._last + 1)
        digests = list(chained(self._digest, appended))
        try:
            check_versions(records, self._known_head)
            _insert(self._writer, appended, digests)
        except (VersionConflictError, sqlite3.IntegrityError):
            return self._resolve(records)
        except sqlite3.Error as error:
            _roll_back(self._writer)
            self._write_failed = True
            raise JournalUnavailableError(f"cannot append to {self._path}: {reason_of(error)}") from error
        self._write_failed = False
        self.check_in_place()
        self._heads.update((record.stream, record.version) for record in appended)
        self._digest = digests[-1]
        with self._grown:
            self._last = appended[-1].position
            self._grown.notify_all()
        return appended

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        return self._select(
            "WHERE stream = ? AND version > ? ORDER BY version LIMIT ?",
            (stream, after, -1 if limit is None else limit),
        )

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        names = json.dumps(sorted(set(streams)))
        return self._select(
            "WHERE stream IN (SELECT value FROM json_each(?)) AND position > ? ORDER BY position LIMIT ?",
            (names, after, limit),
        )

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        return self._select("WHERE position > ? ORDER BY position LIMIT ?", (after, limit))

    def read_digests(self, after: int = 0, limit: int = 1000) -> list[bytes | None]:
        with self._reader() as connection:
            if not _keeps_digests(connection):
                found = connection.execute("SELECT NULL FROM events WHERE position > ? LIMIT ?", (after, limit))
            else:
                found = connection.execute(f"{_DIGESTS} WHERE position > ? ORDER BY position LIMIT ?", (after, limit))
            return [row[0] for row in found]

    def read_event(self, event_id: str) -> Record | None:
        found = self._select("WHERE event_id = ?", (event_id,))
        return found[0] if found else None

    def last_position(self) -> int:
        return self._read_last_position()

    def wait(self, position: int, timeout: float) -> bool:
        """A reader of another process's journal looks every 50 ms; within the process there is no delay."""
        with self._grown:
            if not self._read_only:
                self._grown.wait_for(lambda: self._closed or self._last > position, timeout)
                self._check_open()
                return self._last > position
            for _ in range(max(1, round(timeout / _POLL_SECONDS))):
                if self._read_last_position() > position:
                    return True
                self._grown.wait(_POLL_SECONDS)
            return False

    def check_in_place(self) -> None:
        """Raises JournalUnavailableError when the writer's file was removed or replaced, because whatever is written
        then is lost. Once the file is back in its place, writing goes on."""
        missing = self._files.missing()
        if missing is not None:
            raise JournalUnavailableError(
                f"{missing} was removed or replaced while the server runs, and nothing is written any more; put it "
                "back, or stop the server before anything else"
            )

    def check_writable(self) -> None:
        """Raises JournalUnavailableError when nothing can be written now. The file is tried, without an event, only if
        the last append failed or the disk is nearly full."""
        self.check_in_place()
        if self._writer is None or not (self._write_failed or has_little_room(self._path)):
            return
        try:
            (max_pages,) = self._writer.execute("PRAGMA max_page_count").fetchone()
            probe(self._path, max_pages)
        except sqlite3.Error as error:
            raise JournalUnavailableError(f"nothing can be written to {self._path}: {reason_of(error)}") from error
        self._write_failed = False

    def shorten_log(self) -> None:
        """Brings the write-ahead log back to its limit if readers kept it from being moved into the file. Raises
        nothing: what fails is tried again at the next call."""
        with suppress(sqlite3.Error):
            shorten_log(self._path, _MAX_LOG_BYTES)

    def close(self) -> None:
        with self._grown:
            self._closed = True
            self._grown.notify_all()
        # The writer last: the last connection that closes the file moves the write-ahead log into it.
        for connection in [*self._readers, self._writer]:
            if connection is not None:
                connection.close()
        self._writer = None
        self._readers.clear()
        if self._lock is not None:
            self._lock.close()

    def _resolve(self, records: Sequence[NewRecord]) -> list[Record]:
        """Explains a failed constraint: either these very records are there already, or another writer was faster."""
        self._heads.clear()
        self._last = self._read_last_position()
        self._digest = head_of(self, self._last).digest
        before = earlier_append(records, self.read_event)
        if before is not None:
            return before
        check_versions(records, self._head)
        raise JournalUnavailableError(f"{self._path}: another process has appended to this journal")

    def _known_head(self, stream: str) -> int:
        """The stream's version as the one writer left it. A stream that it has not written to lately is looked up."""
        head = self._heads.get(stream)
        if head is None:
            if len(self._heads) >= _MAX_KNOWN_HEADS:
                self._heads.clear()
            head = self._heads[stream] = self._head(stream)
        return head

    def _head(self, stream: str) -> int:
        with self._reader() as connection:
            row = connection.execute("SELECT max(version) FROM events WHERE stream = ?", (stream,)).fetchone()
        return row[0] or 0

    def _read_last_position(self) -> int:
        with self._reader() as connection:
            row = connection.execute("SELECT max(position) FROM events").fetchone()
        return row[0] or 0

    def _select(self, where: str, parameters: Sequence[object]) -> list[Record]:
        with self._reader() as connection:
            return [Record(*row) for row in connection.execute(f"{_SELECT} {where}", parameters)]

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        self._check_open()
        connection = None
        try:
            connection = self._idle_reader() or self._open_reader()
            yield connection
        except sqlite3.Error as error:
            raise JournalUnavailableError(f"cannot read {self._path}: {error}") from error
        finally:
            self._give_back(connection)

    def _idle_reader(self) -> sqlite3.Connection | None:
        with self._grown:
            return self._readers.pop() if self._readers else None

    def _open_reader(self) -> sqlite3.Connection:
        self.check_in_place()
        return _open_reader(self._path)

    def _give_back(self, connection: sqlite3.Connection | None) -> None:
        with self._grown:
            if connection is not None and self._closed:
                connection.close()
            elif connection is not None:
                self._readers.append(connection)

    def _check_open(self) -> None:
        if self._closed:
            raise JournalUnavailableError(f"{self._path} is closed")


def _open_writer(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit={_MAX_LOG_BYTES}")
        connection.executescript(_SCHEMA)
        if not _keeps_digests(connection):
            connection.execute("ALTER TABLE events ADD COLUMN digest BLOB")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _keeps_digests(connection: sqlite3.Connection) -> bool:
    """False for a file in which no program has written that keeps digests."""
    return any(column[1] == "digest" for column in connection.execute("PRAGMA table_info(events)"))


def _open_reader(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _positioned(records: Sequence[NewRecord], first: int) -> list[Record]:
    return [Record(*(*astuple(record), position)) for position, record in enumerate(records, first)]


def _insert(connection: sqlite3.Connection, records: Sequence[Record], digests: Sequence[bytes]) -> None:
    """One statement where it can: it commits itself, and the interpreter's lock is let go only once.

    Rejected: ``executemany``, which takes that lock again for every row and then waits its turn among threads.
    """
    if len(records) <= _MAX_ROWS:
        _insert_rows(connection, records, digests)
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for start in range(0, len(records), _MAX_ROWS):
            end = start + _MAX_ROWS
            _insert_rows(connection, records[start:end], digests[start:end])
        connection.execute("COMMIT")
    except sqlite3.IntegrityError:
        _roll_back(connection)
        raise


def _insert_rows(connection: sqlite3.Connection, records: Sequence[Record], digests: Sequence[bytes]) -> None:
    parameters: list[object] = []
    for record, digest in zip(records, digests, strict=True):
        parameters += astuple(record)
        parameters[_DATA - len(_COLUMNS)] = record.data.decode()
        parameters.append(digest)
    connection.execute(_INSERT + ",".join([_ROW] * len(records)), parameters)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.rollback()
