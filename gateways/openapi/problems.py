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
    "agent_unavailable": "The agent is not ready, or has no room for another task.",
    "already_rated": "The conversation has been rated.",
    "already_takes_part": "The agent takes part already.",
    "attachments_unavailable": "Attachments cannot be kept or read just now; repeat the request.",
    "body_too_large": "The body is larger than 1 MiB, or an upload than `attachments.max_bytes`.",
    "command_failed": "The command failed and nothing of it was kept.",
    "configuration_changed": "The configuration is not at the version that `If-Match` names any more; export it again.",
    "configuration_conflict": "Something else configured is in the way; `errors` says what.",
    "conversation_ended": "The conversation has ended; start a new one.",
    "foreign_token": "The token is of another conversation.",
    "id_conflict": "The id was used before with other content.",
    "internal_error": "An unforeseen error; it has been logged.",
    "invalid_credentials": "The username or the password is wrong.",
    "invalid_input": "A field or parameter does not hold; `errors` says which and why.",
    "invalid_refresh_token": "The refresh token has been used, has expired or is unknown.",
    "journal_unavailable": "The journal failed; repeat the request with the same ids.",
    "key_invalid": "The API key is not known.",
    "key_missing": "This takes an API key, and none was sent.",
    "last_agent": "Nobody else would answer; transfer or end the conversation.",
    "malformed_form": "The body is no form with parts, or breaks off.",
    "malformed_json": "The body is not JSON in UTF-8.",
    "malformed_query": "The query string does not decode.",
    "malformed_toml": "The body is not TOML in UTF-8.",
    "media_type_mismatch": "What is in the file is not of the media type that its part declares.",
    "media_type_not_allowed": "The media type is not among `attachments.media_types`.",
    "no_wrap_up": "The conversation goes on, or its wrap-up is complete.",
    "not_a_form": "The body's Content-Type is not multipart/form-data.",
    "not_eligible": "The agent lacks what the queue asks for.",
    "not_ended": "The conversation goes on; this comes after its end.",
    "not_found": "No such conversation, task, attachment or configured item.",
    "not_participant": "The agent takes no part in the conversation.",
    "not_primary": "Only the agent who owns the conversation may do this.",
    "not_pulled": "The queue offers its tasks; they cannot be picked.",
    "not_supervised": "The agent, or the conversation, is of none of the supervisor's teams.",
    "offer_gone": "The offer was withdrawn, has expired or went to another agent.",
    "origin_not_allowed": "The channel does not allow the page's origin.",
    "openid_agent_unknown": "The OpenID provider knows the person, but no agent here is that person.",
    "openid_code_invalid": "The code is unknown, used or expired, or the verifier is not its own; log in again.",
    "openid_code_refused": "The OpenID provider refused the code, which may have been used; log in again.",
    "openid_denied": "The OpenID provider did not let the person in, or the person declined.",
    "openid_email_unverified": "The OpenID provider has not verified the person's email.",
    "openid_off": "No OpenID provider is configured.",
    "openid_provider_failed": "The OpenID provider answered what does not hold.",
    "openid_state_invalid": "The login was not begun in this browser, is over or has expired; begin again.",
    "openid_unavailable": "The OpenID provider does not answer; log in again as late as `Retry-After` says.",
    "out_of_hours": "The queue is closed; `opens_at` says until when, `callback` names the channel for callbacks.",
    "overloaded": "Too much is waiting; try again shortly.",
    "role_missing": "The agent's role does not allow it.",
    "scope_missing": "The API key lacks the scope for this.",
    "session_ended": "The agent's session has ended; log in again.",
    "stale_reply": "The conversation is no longer the sender's to answer.",
    "storage_full": "There is no room for the file.",
    "not_built": "The report is being built for the first time.",
    "report_behind": "The report has not seen that position yet; wait as long as `Retry-After` says.",
    "reports_unavailable": "The database of the reports does not serve; wait as long as `Retry-After` says.",
    "stopping": "The server is stopping.",
    "token_expired": "The token has expired; renew it, or log in again.",
    "token_invalid": "The token is malformed or was not issued here.",
    "token_missing": "No token was sent.",
    "too_many_labels": "The conversation has as many labels as it may have.",
    "too_many_requests": "Too many requests; wait as long as `Retry-After` says.",
    "unfoldable_stream": "The stream's events do not add up to a state: the journal is damaged.",
    "unknown_message": "No such message is in the conversation.",
    "unknown_mrd": "The agent does not work in this media routing domain.",
    "unsupported_media_type": "The body's media type is not taken here.",
    "wrong_audience": "The token is good, but for another API.",
}

_RETRIED = ("429", "503", "507")


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
    return endpoint.errors


def _of_its_kind(endpoint: Endpoint | Feed) -> Iterator[str]:
    yield from ("429 too_many_requests", "500 internal_error")
    yield from _of_access(endpoint)
    if isinstance(endpoint, Endpoint) and "id}" in endpoint.path:
        yield "404 not_found"
    if isinstance(endpoint, Endpoint) and endpoint.takes:
        yield from ("413 body_too_large", "422 invalid_input")
    if isinstance(endpoint, Endpoint) and endpoint.request is not None:
        malformed = "400 malformed_form" if endpoint.streamed else "400 malformed_json"
        yield from (malformed, "413 body_too_large", "422 invalid_input")
    if endpoint.query:
        yield from ("400 malformed_query", "422 invalid_input")
    if endpoint.method != "GET":
        yield from ("500 command_failed", "503 overloaded", "503 stopping", "503 journal_unavailable")
    elif isinstance(endpoint, Feed) or "id}" in endpoint.path:
        yield "503 journal_unavailable"


def _of_access(endpoint: Endpoint | Feed) -> Iterator[str]:
    if endpoint.access not in ("anyone", "extern"):
        yield from ("401 token_missing", "401 token_invalid", "401 token_expired", "403 wrong_audience")
    if endpoint.access not in ("anyone", "customer", "extern"):
        yield "401 session_ended"
    if endpoint.access in ("supervisor", "administrator", "inspector", "reporter"):
        yield from ("403 role_missing", "403 scope_missing")
    if endpoint.access == "customer":
        yield "403 foreign_token"
    if isinstance(endpoint, Endpoint) and (endpoint.takes_key or endpoint.access == "extern"):
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
