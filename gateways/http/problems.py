"""Errors on their way out, as RFC 9457 problem details."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.types import Scope, Send

from actors.engine import CommandFailedError, EngineStoppedError, NotDurableError, QueueFullError
from actors.journal import JournalUnavailableError
from schemas.api.problem import FieldError, ProblemDetails
from schemas.content import TEXT_PATTERN, URL_PATTERN
from schemas.identifiers import NAME_PATTERN, UUID_PATTERN
from schemas.replies import Refusal, RefusalCode

__all__ = [
    "PROBLEM_TYPE",
    "Problem",
    "field_error",
    "from_refusal",
    "invalid_input",
    "refuse_websocket",
    "send_problem",
    "to_problem",
]

PROBLEM_TYPE = "application/problem+json"

_logger = logging.getLogger(__name__)

_STATUS = {
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.ID_CONFLICT: 409,
    RefusalCode.CONVERSATION_ENDED: 409,
    RefusalCode.NOT_PARTICIPANT: 403,
    RefusalCode.NOT_OWNER: 409,
    RefusalCode.OFFER_GONE: 409,
    RefusalCode.LOGGED_OUT: 409,
    RefusalCode.UNKNOWN_MRD: 404,
    RefusalCode.NO_WRAP_UP: 409,
    RefusalCode.INVALID_CONFIGURATION: 422,
    RefusalCode.CONFIGURATION_CONFLICT: 409,
    RefusalCode.CONFIGURATION_CHANGED: 412,
    RefusalCode.NOT_PULLED: 409,
    RefusalCode.NOT_ELIGIBLE: 403,
    RefusalCode.AGENT_UNAVAILABLE: 409,
    RefusalCode.NOT_PRIMARY: 403,
    RefusalCode.ALREADY_TAKES_PART: 409,
    RefusalCode.UNKNOWN_MESSAGE: 404,
    RefusalCode.NOT_ENDED: 409,
    RefusalCode.LAST_AGENT: 409,
    RefusalCode.TOO_MANY_LABELS: 409,
    RefusalCode.ALREADY_RATED: 409,
}

_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?!.* - at (?:`key` in )?`\$)(.*)`\Z", re.DOTALL)
_FIELD = re.compile(r"Object (?:missing required|contains unknown) field `([^`]*)`")


class Problem(Exception):
    """Raised when a request cannot be answered with success; becomes the response."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: list[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """``more`` holds what the details tell beyond the code."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or []
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def body(self) -> bytes:
        details = ProblemDetails(
            type=f"urn:hybridchat:problem:{self.code}",
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            code=self.code,
            errors=self.errors,
            **self.more,
        )
        return msgspec.json.encode(details)


def invalid_input(path: str, message: str) -> Problem:
    """What one field or parameter has wrong."""
    return Problem(422, "invalid_input", f"{path}: {message}", [FieldError(path, message)])


def from_refusal(refusal: Refusal) -> Problem:
    return Problem(_STATUS[refusal.code], refusal.code.value, refusal.detail, list(refusal.errors))


def to_problem(error: Exception) -> Problem:
    """Any error as what the caller is told of it; what nobody foresaw is logged and tells nothing."""
    match error:
        case Problem():
            return error
        case msgspec.MsgspecError() | UnicodeDecodeError():
            return _from_validation(error)
        case QueueFullError():
            return Problem(503, "overloaded", f"{error}; try again shortly", headers={"Retry-After": "1"})
        case EngineStoppedError():
            return Problem(503, "stopping", "the server is not serving", headers={"Retry-After": "5"})
        case NotDurableError() | JournalUnavailableError():
            _logger.error("the journal failed: %s", error)
            detail = "the journal failed; repeat the request with the same ids"
            return Problem(503, "journal_unavailable", detail, headers={"Retry-After": "2"})
        case CommandFailedError():
            return Problem(500, "command_failed", "the command failed and nothing of it was kept")
    _logger.error("an unforeseen error", exc_info=error)
    return Problem(500, "internal_error", "an unforeseen error; it has been logged")


def _from_validation(error: msgspec.MsgspecError | UnicodeDecodeError) -> Problem:
    """msgspec says where: ``Expected `str`, got `int` - at `$.content.text```."""
    if not isinstance(error, msgspec.ValidationError):
        detail = f"the body is not valid JSON in UTF-8: {error}"
        return Problem(400, "malformed_json", detail)
    found = field_error(str(error))
    detail = f"{found.path}: {found.message}" if found.path else found.message
    return Problem(422, "invalid_input", detail, [found])


def field_error(text: str) -> FieldError:
    """What msgspec says of a value that does not fit, taken apart."""
    found = _PLACE.search(text)
    message, path = (text[: found.start()], found[1]) if found else (text, "")
    if field := _FIELD.match(message):
        path = f"{path}.{field[1]}" if path else field[1]
    return FieldError(path, _in_words(message))


def _in_words(message: str) -> str:
    """What a pattern of ours means."""
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
    """Refuses the handshake; with the problem itself where the server can."""
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
