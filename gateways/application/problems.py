"""Turns any error into the problem that the caller gets."""

import logging

import msgspec

from actors.engine import CommandFailedError, EngineStoppedError, NotDurableError, QueueFullError
from actors.journal import JournalUnavailableError
from gateways.data_directory import DataFileError
from gateways.exceptions import RefusedError
from gateways.http.problems import Problem, malformed_body
from gateways.read_models.exceptions import ReportBehindError
from projections.runner import DatabaseUnavailableError, NotBuiltError

__all__ = ["to_problem"]

_logger = logging.getLogger(__name__)


def to_problem(error: Exception) -> Problem:
    """The problem for the error. An unforeseen error is logged, and the problem reveals nothing about it."""
    match error:
        case Problem():
            return error
        case RefusedError():
            headers = None if error.retry_after is None else {"Retry-After": str(error.retry_after)}
            return Problem(error.code.value, error.detail, error.errors, headers, error.more)
        case msgspec.MsgspecError() | UnicodeDecodeError():
            return malformed_body(error)
        case QueueFullError():
            return Problem("overloaded", f"{error}; try again shortly")
        case EngineStoppedError():
            return Problem("stopping", "the server is not serving")
        case NotDurableError() | JournalUnavailableError():
            _logger.error("the journal failed: %s", error)
            return Problem("journal_unavailable", "the journal failed; repeat the request with the same ids")
        case DataFileError():
            _logger.error("the accounts failed: %s", error)
            return Problem("accounts_unavailable", "the accounts cannot be read or written; repeat the request shortly")
        case CommandFailedError():
            return Problem("command_failed", "the command failed and nothing of it was kept")
        case NotBuiltError():
            return Problem("not_built", str(error))
        case ReportBehindError():
            return Problem("report_behind", str(error))
        case DatabaseUnavailableError():
            return Problem("reports_unavailable", "the reports' database does not serve; try again shortly")
    _logger.error("an unforeseen error", exc_info=error)
    return Problem("internal_error", "an unforeseen error; it has been logged")
