"""Errors as RFC 9457 problem details."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.types import Scope, Send

from config.log import REQUEST_ID
from gateways.http.problem_codes import PROBLEM_CODES
from gateways.http.request_ids import HEADER
from schemas.api.problem import ProblemDetails
from schemas.faults import faults_of, field_error, in_words
from schemas.field_errors import FieldError
from schemas.nul import nul_faults

__all__ = [
    "PROBLEM_TYPE",
    "RUNS_NOTHING",
    "Problem",
    "invalid_body",
    "invalid_input",
    "invalid_inputs",
    "malformed_body",
    "refuse_nul",
    "refuse_websocket",
    "send_problem",
]

PROBLEM_TYPE = "application/problem+json"
RUNS_NOTHING = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox")
"""A header of everything that a browser may open and that is no page: it runs no script, loads nothing, and stands in
no frame."""
_NUL = rb"\u0000"


class Problem(Exception):
    """Raised when a request cannot be answered with success. It becomes the response."""

    def __init__(
        self,
        code: str,
        detail: str,
        errors: list[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
        status: int | None = None,
    ) -> None:
        """``more`` holds further fields of the details. The status is that of the code unless another one is given."""
        super().__init__(detail)
        kind = PROBLEM_CODES[code]
        self.status = status or kind.status
        self.code = code
        self.detail = detail
        self.errors = errors or []
        self.headers = dict(headers or {})
        if kind.retry_after is not None:
            self.headers.setdefault("Retry-After", str(kind.retry_after))
        if self.status == HTTPStatus.UNAUTHORIZED:
            self.headers.setdefault("WWW-Authenticate", "Bearer")
        self.more = dict(more or {})

    def body(self) -> bytes:
        details = ProblemDetails(
            type=f"urn:hybridchat:problem:{self.code}",
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            code=self.code,
            errors=self.errors,
            request_id=REQUEST_ID.get() or None,
        )
        return msgspec.json.encode(msgspec.structs.replace(details, **self.more))


def invalid_input(path: str, message: str) -> Problem:
    """The problem of one invalid field or parameter."""
    return invalid_inputs([FieldError(path, message)])


def invalid_inputs(errors: list[FieldError]) -> Problem:
    """The problem of several invalid fields or parameters; the detail names the first."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem("invalid_input", f"{in_words(errors[:1])}{more}", errors)


def malformed_body(error: msgspec.MsgspecError | UnicodeDecodeError) -> Problem:
    """The problem of a body that msgspec refuses, because it is not JSON or does not fit its type."""
    if not isinstance(error, msgspec.ValidationError):
        return Problem("malformed_json", f"the body is not valid JSON in UTF-8: {error}")
    return invalid_inputs([field_error(str(error))])


def invalid_body(body: bytes, expected: Any, error: msgspec.ValidationError) -> Problem:
    """The problem of a JSON body that does not fit its type, with every fault of it. ``error`` is its first fault. It
    remains the only one when the body is no whole JSON."""
    try:
        found = faults_of(msgspec.json.decode(body), expected)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = []
    return invalid_inputs(found or [field_error(str(error))])


def refuse_nul(body: bytes) -> None:
    """Raises Problem when a JSON body that fits its type holds NUL where it must not."""
    if body.find(_NUL) >= 0 and (found := nul_faults(msgspec.json.decode(body))):
        raise invalid_inputs(found)


async def send_problem(send: Send, problem: Problem) -> None:
    await _send(send, problem, "http.response")


async def refuse_websocket(scope: Scope, send: Send, problem: Problem) -> None:
    """Refuses the handshake. The answer holds the problem itself if the server supports that."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await _send(send, problem, "websocket.http.response")
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": problem.code})


async def _send(send: Send, problem: Problem, kind: str) -> None:
    body = problem.body()
    headers = [(b"content-type", PROBLEM_TYPE.encode()), (b"content-length", b"%d" % len(body))]
    headers += [(b"cache-control", b"no-store"), RUNS_NOTHING]
    if request_id := REQUEST_ID.get():
        headers.append((HEADER, request_id.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    await send({"type": f"{kind}.start", "status": problem.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
