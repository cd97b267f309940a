"""Errors as RFC 9457 problem details."""

import re
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.types import Scope, Send

from gateways.http.problem_codes import PROBLEM_CODES
from schemas.api.problem import ProblemDetails
from schemas.content import TEXT_PATTERN, URL_PATTERN
from schemas.field_errors import FieldError
from schemas.identifiers import NAME_PATTERN, UUID_PATTERN

__all__ = [
    "PROBLEM_TYPE",
    "Problem",
    "field_error",
    "invalid_input",
    "malformed_body",
    "refuse_websocket",
    "send_problem",
]

PROBLEM_TYPE = "application/problem+json"

_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?!.* - at (?:`key` in )?`\$)(.*)`\Z", re.DOTALL)
_FIELD = re.compile(r"Object (?:missing required|contains unknown) field `([^`]*)`")


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
        )
        return msgspec.json.encode(msgspec.structs.replace(details, **self.more))


def invalid_input(path: str, message: str) -> Problem:
    """The problem of one invalid field or parameter."""
    return Problem("invalid_input", f"{path}: {message}", [FieldError(path, message)])


def malformed_body(error: msgspec.MsgspecError | UnicodeDecodeError) -> Problem:
    """The problem of a body that msgspec refuses, because it is not JSON or does not fit its type."""
    if not isinstance(error, msgspec.ValidationError):
        return Problem("malformed_json", f"the body is not valid JSON in UTF-8: {error}")
    found = field_error(str(error))
    detail = f"{found.path}: {found.message}" if found.path else found.message
    return Problem("invalid_input", detail, [found])


def field_error(text: str) -> FieldError:
    """Splits msgspec's message about an invalid value into its path and its problem. Such a message is, for example,
    ``Expected `str`, got `int` - at `$.content.text```."""
    found = _PLACE.search(text)
    message, path = (text[: found.start()], found[1]) if found else (text, "")
    if field := _FIELD.match(message):
        path = f"{path}.{field[1]}" if path else field[1]
    return FieldError(path, _plain(message))


def _plain(message: str) -> str:
    """The message, or the meaning of the pattern if the message quotes one of ours."""
    if repr(UUID_PATTERN) in message:
        return "Expected a UUID in lower case"
    if repr(NAME_PATTERN) in message:
        return "Expected a name of lower-case letters, digits, '.', '_' and '-'"
    if repr(TEXT_PATTERN) in message:
        return "Expected more than white space, and no NUL (U+0000)"
    if repr(URL_PATTERN) in message:
        return "Expected an address that begins with http:// or https://"
    return message


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
    headers += [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    await send({"type": f"{kind}.start", "status": problem.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
