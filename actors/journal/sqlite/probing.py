"""Finding out without an event whether a journal can be written."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["has_little_room", "probe", "shorten_log"]

_ROOM_BYTES = 256 * 1024
_LITTLE_BYTES = 8 * 1024 * 1024
_BUSY_SECONDS = 0.1


def has_little_room(path: Path) -> bool:
    """True if the disk of the file is nearly full, or cannot be looked at."""
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE_BYTES
    except OSError:
        return True


def probe(path: Path, max_pages: int) -> None:
    """Takes room in the file and gives it back, and then writes a page as a commit does. Raises sqlite3.Error when
    nothing can be written. A writer that is at work meanwhile shows that something can."""
    with closing(_opened(path)) as connection:
        connection.execute(f"PRAGMA max_page_count={max_pages}")
        connection.execute("PRAGMA synchronous=FULL")
        try:
            _take_room(connection)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version={version}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise


def shorten_log(path: Path, max_bytes: int) -> None:
    """Moves the write-ahead log into the file and cuts it off, if it is longer than it may be. While readers need it,
    the next call tries again. Raises sqlite3.Error."""
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size <= max_bytes:
        return
    with closing(_opened(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _take_room(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE room (filling BLOB)")
        connection.execute("INSERT INTO room VALUES (zeroblob(?))", (_ROOM_BYTES,))
    finally:
        connection.rollback()


def _opened(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
