"""Tells a database's errors apart: it does not serve now, or it refuses these very values."""

import sqlite3

import sqlalchemy as sql

from actors.journal.sqlite.failures import is_damaged
from projections.runner.exceptions import DamagedDatabaseError, DatabaseUnavailableError, TablesReplacedError

__all__ = ["as_unavailable", "reason_of"]

_TRANSIENT = (sql.exc.OperationalError, sql.exc.InterfaceError, sql.exc.InternalError)
# PostgreSQL's codes as text: importing its driver for them takes long, and most servers do not use PostgreSQL.
_UNDEFINED = ("42P01", "42703", "3F000")
_INSUFFICIENT_PRIVILEGE = "42501"
_TOO_LARGE = "54"
"""The class of errors about values that exceed a limit; the driver counts them as operational."""
_MAX_REASON = 1_000


def as_unavailable(error: sql.exc.SQLAlchemyError, address: str) -> DatabaseUnavailableError | None:
    """The error to raise if waiting may help; None for an error about values or a statement, which would happen
    again."""
    if isinstance(error, sql.exc.TimeoutError):
        return DatabaseUnavailableError(f"{address}: all connections are in use")
    if not isinstance(error, sql.exc.DBAPIError):
        return None
    code = getattr(error.orig, "sqlstate", None) or ""
    if code in _UNDEFINED:
        return TablesReplacedError(f"{address}: tables were replaced; try again")
    if isinstance(error.orig, sqlite3.Error) and is_damaged(error.orig):
        return DamagedDatabaseError(f"{address}: {error.orig}")
    damaged = type(error) is sql.exc.DatabaseError
    waits = damaged or isinstance(error, _TRANSIENT) or code == _INSUFFICIENT_PRIVILEGE
    if waits and not code.startswith(_TOO_LARGE):
        return DatabaseUnavailableError(f"{address}: {str(error.orig).strip()}")
    return None


def reason_of(error: Exception) -> str:
    """A description of an error: without the values of a statement, and such that every database can keep it."""
    cause = error.orig if isinstance(error, sql.exc.DBAPIError) and error.orig is not None else error
    text = f"{type(cause).__name__}: {cause}".replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return text[:_MAX_REASON].encode(errors="backslashreplace").decode()[:_MAX_REASON]
