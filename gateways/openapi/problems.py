"""The problems with which an endpoint may answer: those of its kind, and those that it declares."""

from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus

from gateways.http.endpoints import Endpoint, Feed
from gateways.http.problem_codes import PROBLEM_CODES
from gateways.http.problems import PROBLEM_TYPE
from gateways.openapi.json_object import JsonObject
from gateways.openapi.schemas import reference

__all__ = ["describe_problems", "problem_codes"]


_KEYED = ("extern", "subscriber")
"""The callers who have an API key and never a token."""


def describe_problems(endpoint: Endpoint | Feed) -> JsonObject:
    """The problem responses by status."""
    return {status: _response(status, codes) for status, codes in problem_codes(endpoint).items()}


def problem_codes(endpoint: Endpoint | Feed) -> dict[str, list[str]]:
    """The codes by status, in the order of the statuses."""
    codes: dict[str, list[str]] = defaultdict(list)
    for code in sorted({*_of_its_kind(endpoint), *endpoint.errors}):
        codes[str(PROBLEM_CODES[code].status)].append(code)
    return dict(sorted(codes.items()))


def _of_its_kind(endpoint: Endpoint | Feed) -> Iterator[str]:
    yield from ("head_too_large", "request_timeout", "too_many_requests", "overloaded", "internal_error")
    if isinstance(endpoint, Feed):
        yield from ("too_many_feeds", "upgrade_lost")
    yield from _of_access(endpoint)
    if isinstance(endpoint, Endpoint) and _names_by_id(endpoint):
        yield "not_found"
    if isinstance(endpoint, Endpoint) and endpoint.takes:
        yield from ("body_too_large", "invalid_input")
    if isinstance(endpoint, Endpoint) and (endpoint.request is not None or endpoint.form is not None):
        malformed = "malformed_form" if endpoint.form is not None else "malformed_json"
        yield from (malformed, "body_too_large", "invalid_input")
    yield from ("malformed_query", "invalid_input")  # every query is checked
    if endpoint.method != "GET":
        yield from ("command_failed", "stopping", "journal_unavailable")
    elif isinstance(endpoint, Feed) or _names_by_id(endpoint):
        yield "journal_unavailable"


def _names_by_id(endpoint: Endpoint | Feed) -> bool:
    """Whether the path names something by its id, which may not exist."""
    return any(parameter.name.endswith("id") for parameter in endpoint.path_parameters)


def _of_access(endpoint: Endpoint | Feed) -> Iterator[str]:
    if endpoint.access not in ("anyone", *_KEYED):
        yield from ("token_missing", "token_invalid", "token_expired", "wrong_audience")
    if endpoint.access not in ("anyone", "customer", *_KEYED):
        yield "session_ended"
    if endpoint.access in ("supervisor", "administrator", "inspector", "reporter"):
        yield from ("role_missing", "scope_missing")
    if endpoint.access == "customer":
        yield "foreign_token"
    if endpoint.access in _KEYED or (isinstance(endpoint, Endpoint) and endpoint.takes_key):
        yield from ("key_missing", "key_invalid", "scope_missing")


def _response(status: str, codes: list[str]) -> JsonObject:
    meanings = [f"- `{code}`: {PROBLEM_CODES[code].meaning}" for code in codes]
    particular = {"properties": {"status": {"const": int(status)}, "code": {"enum": codes}}}
    described: JsonObject = {
        "description": "\n".join([f"{HTTPStatus(int(status)).phrase}:", "", *meanings]),
        "content": {PROBLEM_TYPE: {"schema": {"allOf": [reference("ProblemDetails"), particular]}}},
    }
    if any(PROBLEM_CODES[code].retry_after is not None for code in codes):
        described["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return described
