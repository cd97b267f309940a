"""Turning a failed call into an exception whose message explains the failure in words."""

import os
from collections.abc import Mapping

import aiohttp
import msgspec

from gateways.client.exceptions import BusyError, CallRefusedError, ClientError, UnreachableError
from schemas.field_errors import FieldError

__all__ = ["no_connection", "refusal"]

_LATER = frozenset({429, 502, 503, 504})


class _Problem(msgspec.Struct):
    """The members of problem details that are read here. Each may be missing: a proxy may have sent the answer."""

    code: str = ""
    detail: str = ""
    errors: list[FieldError] = []


def refusal(status: int, what: str, headers: Mapping[str, str], content: bytes = b"") -> ClientError:
    """Returns the error for an answer that is no success: BusyError or CallRefusedError. ``what`` names the call."""
    problem = _problem(content)
    detail = problem.detail or f"{what} was answered with {status}"
    if status not in _LATER:
        return CallRefusedError(status, problem.code, detail, problem.errors)
    asked = headers.get("Retry-After", "0")
    return BusyError(detail, float(asked) if asked.isdecimal() else 0.0)


def no_connection(error: Exception) -> UnreachableError:
    """Returns the error for a connection that failed.

    The HTTP library's own messages are not used where it can be avoided: they name addresses and objects.
    """
    if isinstance(error, TimeoutError):
        return UnreachableError("no answer in time")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return UnreachableError("the host name is not known")
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        return UnreachableError(os.strerror(error.errno).lower())
    return UnreachableError(str(error) or type(error).__name__)


def _problem(content: bytes) -> _Problem:
    try:
        return msgspec.json.decode(content, type=_Problem)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Problem()
