"""What went wrong with a call, as an exception whose message says it in words."""

import os
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec

from gateways.client.exceptions import BusyError, ClientError, RefusedError, UnreachableError
from schemas.field_errors import FieldError

__all__ = ["no_connection", "refusal"]

_LATER = frozenset({429, 502, 503, 504})


class _Problem(msgspec.Struct):
    """Of problem details, what is read here; a proxy on the way sends none, or its own."""

    code: str = ""
    detail: str = ""
    errors: list[FieldError] = []


def refusal(status: int, what: str, headers: Mapping[str, Any], content: bytes = b"") -> ClientError:
    """The error for an answer that is no success: BusyError or RefusedError. ``what`` names the call."""
    problem = _problem(content)
    detail = problem.detail or f"{what} was answered with {status}"
    if status not in _LATER:
        return RefusedError(status, problem.code, detail, problem.errors)
    asked = str(headers.get("Retry-After", "0"))
    return BusyError(detail, float(asked) if asked.isdecimal() else 0.0)


def no_connection(error: Exception) -> UnreachableError:
    """The error for a connection that failed. The HTTP library's own messages name addresses and objects."""
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
