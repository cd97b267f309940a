"""Which problems an endpoint answers with: those of its kind, and those that it declares."""

from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from gateways.http.endpoints import Endpoint, Feed
from gateways.http.problems import PROBLEM_TYPE
from gateways.openapi.schemas import reference

__all__ = ["MEANINGS", "describe_problems", "problem_codes"]

MEANINGS = {
    "agent_logged_out": "The agent is logged out; log in first.",
    "agent_removed": "The agent is no longer configured.",
    "agent_unavailable": "The agent is logged out, does not work in this media routing domain, or has no place free.",
    "already_rated": "The conversation has been rated.",
    "already_takes_part": "The agent takes part in the conversation already.",
    "body_too_large": "The body is larger than 1 MiB.",
    "command_failed": "The command failed and nothing of it was kept.",
    "conversation_ended": "The conversation has ended; start a new one.",
    "foreign_token": "The token is of another conversation.",
    "id_conflict": "The id was used before with other content.",
    "internal_error": "An unforeseen error; it has been logged.",
    "invalid_credentials": "The username or the password is wrong.",
    "invalid_input": "A field or parameter does not hold; `errors` says which and why.",
    "invalid_refresh_token": "The refresh token has been used, has expired or is unknown.",
    "journal_unavailable": "The journal failed; repeat the request with the same ids.",
    "key_invalid": "The API key is not known.",
    "key_missing": "The channel is a connector's and no API key was sent.",
    "last_agent": "Nobody else would answer the customer.",
    "malformed_json": "The body is not JSON in UTF-8.",
    "malformed_query": "The query string does not decode.",
    "no_wrap_up": "The conversation goes on, or its wrap-up is complete.",
    "not_eligible": "The queue asks for other attributes than the agent's.",
    "not_ended": "The conversation goes on.",
    "not_found": "No such conversation or task.",
    "not_participant": "The agent takes no part in the conversation.",
    "not_primary": "Another agent owns the conversation.",
    "not_pulled": "The queue offers its tasks; they are not picked.",
    "not_supervised": "The agent, or the conversation, is of none of the supervisor's teams.",
    "offer_gone": "The offer was withdrawn, has expired or went to another agent.",
    "origin_not_allowed": "The channel does not allow the page's origin.",
    "overloaded": "Too much is waiting; try again shortly.",
    "scope_missing": "The API key lacks the scope for this.",
    "session_ended": "The agent's session has ended; log in again.",
    "stale_reply": "The conversation is no longer the sender's to answer.",
    "stopping": "The server is stopping.",
    "supervisors_only": "Only supervisors and administrators may do this.",
    "token_expired": "The token has expired; renew it, or log in again.",
    "token_invalid": "The token is malformed or was not issued here.",
    "token_missing": "No token was sent.",
    "too_many_labels": "The conversation would have too many labels.",
    "too_many_requests": "Too many requests; wait as long as `Retry-After` says.",
    "unknown_message": "No such message is in the conversation.",
    "unknown_mrd": "The agent does not work in this media routing domain.",
    "wrong_audience": "The token is good, but for another API.",
}

_RETRIED = ("429", "503")


def describe_problems(endpoint: Endpoint | Feed) -> dict[str, Any]:
    """The problem responses by status."""
    return {status: _response(status, codes) for status, codes in problem_codes(endpoint).items()}


def problem_codes(endpoint: Endpoint | Feed) -> dict[str, list[str]]:
    """The codes by status, in the statuses' order."""
    codes: dict[str, list[str]] = defaultdict(list)
    for problem in sorted({*_of_its_kind(endpoint), *_declared(endpoint)}):
        status, code = problem.split()
        codes[status].append(code)
    return dict(codes)


def _declared(endpoint: Endpoint | Feed) -> tuple[str, ...]:
    return endpoint.errors if isinstance(endpoint, Endpoint) else ()


def _of_its_kind(endpoint: Endpoint | Feed) -> Iterator[str]:
    yield from ("429 too_many_requests", "500 internal_error")
    yield from _of_access(endpoint)
    if isinstance(endpoint, Endpoint) and "id}" in endpoint.path:
        yield "404 not_found"
    if isinstance(endpoint, Endpoint) and endpoint.request is not None:
        yield from ("400 malformed_json", "413 body_too_large", "422 invalid_input")
    if endpoint.query:
        yield from ("400 malformed_query", "422 invalid_input")
    if endpoint.method != "GET":
        yield from ("500 command_failed", "503 overloaded", "503 stopping", "503 journal_unavailable")
    elif isinstance(endpoint, Feed) or "{" in endpoint.path:
        yield "503 journal_unavailable"


def _of_access(endpoint: Endpoint | Feed) -> Iterator[str]:
    if endpoint.access != "anyone":
        yield from ("401 token_missing", "401 token_invalid", "401 token_expired", "403 wrong_audience")
    if endpoint.access == "agent":
        yield "401 session_ended"
    if endpoint.access == "customer":
        yield "403 foreign_token"
    if isinstance(endpoint, Endpoint) and endpoint.takes_key:
        yield from ("401 key_missing", "401 key_invalid", "403 scope_missing")


def _response(status: str, codes: list[str]) -> dict[str, Any]:
    meanings = [f"- `{code}`: {MEANINGS[code]}" if code in MEANINGS else f"- `{code}`" for code in codes]
    particular = {"properties": {"status": {"const": int(status)}, "code": {"enum": codes}}}
    described: dict[str, Any] = {
        "description": "\n".join([f"{HTTPStatus(int(status)).phrase}:", "", *meanings]),
        "content": {PROBLEM_TYPE: {"schema": {"allOf": [reference("ProblemDetails"), particular]}}},
    }
    if status in _RETRIED:
        described["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return described
