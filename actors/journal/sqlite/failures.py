"""SQLite's errors in words, and which of them mean a damaged file."""

import sqlite3

__all__ = ["is_damaged", "reason_of"]

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ADVICE = {
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_IOERR: "the disk may be full or failing",
    sqlite3.SQLITE_CANTOPEN: "the directory must exist and be writable, with room on its disk",
    sqlite3.SQLITE_READONLY: "the server needs the right to write there",
}
_PRIMARY_CODE = 0xFF


def is_damaged(error: sqlite3.Error) -> bool:
    """True if the file is no database, or a damaged one: waiting does not help."""
    return _code(error) in _DAMAGED


def reason_of(error: sqlite3.Error) -> str:
    """The error with advice where there is any."""
    advice = _ADVICE.get(_code(error))
    return str(error) if advice is None else f"{error}; {advice}"


def _code(error: sqlite3.Error) -> int:
    """The primary code: extended ones only say what was done when it happened."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE
