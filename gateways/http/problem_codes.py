"""The catalogue of all problem codes, with their statuses and meanings.

The answers and the API's description take them from here.
"""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["PROBLEM_CODES", "ProblemCode"]


class ProblemCode(NamedTuple):
    """One kind of problem. ``retry_after`` is the number of seconds after which a client may try again, if the answer
    names one."""

    status: int
    meaning: str
    retry_after: int | None = None


PROBLEM_CODES: Mapping[str, ProblemCode] = {
    "accounts_unavailable": ProblemCode(
        503, "Passwords and sessions cannot be read or written just now; repeat the request.", retry_after=2
    ),
    "agent_disabled": ProblemCode(403, "The agent is disabled; an administrator can enable the agent again."),
    "agent_logged_out": ProblemCode(409, "The agent is not at work; a live feed or going ready begins the shift."),
    "agent_removed": ProblemCode(403, "The agent is no longer configured."),
    "agent_unavailable": ProblemCode(409, "The agent is not ready, or has no room for another task."),
    "already_rated": ProblemCode(409, "The conversation has been rated."),
    "already_takes_part": ProblemCode(409, "The agent takes part already."),
    "attachments_unavailable": ProblemCode(
        503, "Attachments cannot be kept or read just now; repeat the request.", retry_after=5
    ),
    "body_too_large": ProblemCode(
        413, "The body is larger than the endpoint takes, or an upload than `attachments.max_bytes`."
    ),
    "changed_meanwhile": ProblemCode(
        412,
        "The item has been changed since the version that the request names; `changed` says by whom, and how it is.",
    ),
    "command_failed": ProblemCode(500, "The command failed and nothing of it was kept."),
    "configuration_changed": ProblemCode(
        412,
        "The configuration is not at the version that `If-Match` names any more; export it again. `changed` says what"
        " was changed last, and by whom.",
    ),
    "configuration_conflict": ProblemCode(409, "Something else configured is in the way; `errors` says what."),
    "conversation_ended": ProblemCode(409, "The conversation has ended; start a new one."),
    "conversation_full": ProblemCode(409, "The conversation holds as much as it may; end it and start a new one."),
    "deliveries_unavailable": ProblemCode(
        503, "Deliveries cannot be read or written just now; repeat the request.", retry_after=2
    ),
    "delivery_state": ProblemCode(409, "The delivery's state does not allow it; the detail says which one it has."),
    "foreign_token": ProblemCode(403, "The token is of another conversation."),
    "head_too_large": ProblemCode(
        431, "The request line and the headers are larger, or more headers are sent, than allowed."
    ),
    "http_error": ProblemCode(500, "The request cannot be served."),
    "id_conflict": ProblemCode(409, "The id was used before with other content."),
    "internal_error": ProblemCode(500, "An unforeseen error; it has been logged."),
    "invalid_credentials": ProblemCode(401, "The username or the password is wrong."),
    "invalid_input": ProblemCode(422, "A field or parameter is invalid; `errors` says which and why."),
    "invalid_refresh_token": ProblemCode(401, "The refresh token has been used, has expired or is unknown."),
    "journal_unavailable": ProblemCode(503, "The journal failed; repeat the request with the same ids.", retry_after=2),
    "key_invalid": ProblemCode(401, "The API key is not known."),
    "key_missing": ProblemCode(401, "This needs an API key, and none was sent."),
    "last_agent": ProblemCode(409, "Nobody else would answer; transfer or end the conversation."),
    "malformed_form": ProblemCode(400, "The body is no form with parts, or breaks off."),
    "malformed_json": ProblemCode(400, "The body is not JSON in UTF-8."),
    "malformed_query": ProblemCode(400, "The query string does not decode."),
    "malformed_request": ProblemCode(400, "This is no valid HTTP/1.1 request."),
    "malformed_toml": ProblemCode(400, "The body is not TOML in UTF-8."),
    "media_type_mismatch": ProblemCode(415, "What is in the file is not of the media type that its part declares."),
    "media_type_not_allowed": ProblemCode(415, "The media type is not among `attachments.media_types`."),
    "method_not_allowed": ProblemCode(405, "The path takes other methods."),
    "no_connector": ProblemCode(409, "The channel has no connector: no provider carries it."),
    "no_wrap_up": ProblemCode(409, "The conversation goes on, or its wrap-up is complete."),
    "not_a_form": ProblemCode(415, "The body's Content-Type is not multipart/form-data."),
    "nobody_eligible": ProblemCode(409, "No configured agent may ever be offered a task of the queue."),
    "not_built": ProblemCode(503, "The report is being built for the first time.", retry_after=2),
    "not_eligible": ProblemCode(403, "The agent lacks what the queue asks for."),
    "not_ended": ProblemCode(409, "The conversation has not ended; this is allowed only after its end."),
    "not_found": ProblemCode(404, "No such conversation, task, attachment, delivery or configured item."),
    "not_participant": ProblemCode(403, "The agent takes no part in the conversation."),
    "not_primary": ProblemCode(403, "Only the agent who owns the conversation may do this."),
    "not_pulled": ProblemCode(409, "The queue offers its tasks; they cannot be picked."),
    "not_supervised": ProblemCode(403, "The agent, or the conversation, is of none of the supervisor's teams."),
    "offer_gone": ProblemCode(409, "The offer was withdrawn, has expired or went to another agent."),
    "openid_agent_unknown": ProblemCode(403, "The OpenID provider knows the person, but no agent here is that person."),
    "openid_code_invalid": ProblemCode(
        401, "The code is unknown, used or expired, or the verifier is not its own; log in again."
    ),
    "openid_code_refused": ProblemCode(
        400, "The OpenID provider refused the code, which may have been used; log in again."
    ),
    "openid_denied": ProblemCode(403, "The OpenID provider did not let the person in, or the person declined."),
    "openid_email_unverified": ProblemCode(403, "The OpenID provider has not verified the person's email."),
    "openid_off": ProblemCode(404, "No OpenID provider is configured."),
    "openid_provider_failed": ProblemCode(502, "The OpenID provider's answer is not valid."),
    "openid_state_invalid": ProblemCode(
        400, "The login was not begun in this browser, is over or has expired; begin again."
    ),
    "openid_unavailable": ProblemCode(
        503,
        "The OpenID provider does not answer; log in again after as many seconds as `Retry-After` says.",
        retry_after=5,
    ),
    "origin_not_allowed": ProblemCode(403, "The channel does not allow the page's origin."),
    "out_of_hours": ProblemCode(
        409, "The queue is closed; `opens_at` says until when, `callback` names the channel for callbacks."
    ),
    "overloaded": ProblemCode(503, "Too much is waiting; try again shortly.", retry_after=1),
    "report_behind": ProblemCode(
        503, "The report has not seen that position yet; wait as long as `Retry-After` says.", retry_after=2
    ),
    "reports_unavailable": ProblemCode(
        503, "The database of the reports does not serve; wait as long as `Retry-After` says.", retry_after=5
    ),
    "request_timeout": ProblemCode(408, "The request did not come in whole in time."),
    "role_missing": ProblemCode(403, "The agent's role does not allow it."),
    "scope_missing": ProblemCode(403, "The API key lacks the scope for this."),
    "session_ended": ProblemCode(401, "The agent's session has ended; log in again."),
    "signature_invalid": ProblemCode(401, "The request is not proven to come from the channel's provider."),
    "stale_reply": ProblemCode(409, "The conversation no longer belongs to the sender."),
    "stopping": ProblemCode(503, "The server is stopping.", retry_after=5),
    "storage_full": ProblemCode(507, "There is no room for the file.", retry_after=60),
    "token_expired": ProblemCode(401, "The token has expired; renew it, or log in again."),
    "token_invalid": ProblemCode(401, "The token is malformed or was not issued here."),
    "token_missing": ProblemCode(401, "No token was sent."),
    "too_many_connections": ProblemCode(429, "The address has as many connections open as it may have.", retry_after=5),
    "too_many_feeds": ProblemCode(429, "The caller has as many feeds open as allowed; close some.", retry_after=5),
    "too_many_labels": ProblemCode(409, "The conversation has as many labels as it may have."),
    "too_many_requests": ProblemCode(429, "Too many requests; wait as long as `Retry-After` says.", retry_after=60),
    "unfoldable_stream": ProblemCode(500, "The stream's events do not fold to a state: the journal is damaged."),
    "unknown_message": ProblemCode(404, "No such message is in the conversation."),
    "unknown_mrd": ProblemCode(404, "The agent does not work in this MRD."),
    "unsupported_media_type": ProblemCode(415, "The endpoint does not accept the body's media type."),
    "upgrade_lost": ProblemCode(426, "A proxy has lost the upgrade of a WebSocket; see docs/proxies.md."),
    "wrong_audience": ProblemCode(403, "The token is valid, but for another API."),
}
