"""The Bot API's answers to a message, and what became of it."""

from gateways.connectors.channels.telegram.bot_api import MethodAnswer
from gateways.outbox.outcome import Outcome, OutcomeKind

__all__ = ["outcome_of"]

_TOO_LARGE = 413
_TOO_MANY = 429
_SERVER_ERROR = 500
_UNREACHABLE = ("chat not found",)
_PASSING = ("temporarily unavailable",)
_CONFIGURATION = (401, 404, 409)
"""The token is revoked, the token is malformed, the bot is in use otherwise."""


def outcome_of(answer: MethodAnswer) -> Outcome:
    """What became of a message that was sent with a method."""
    if not answer.is_genuine:
        return _of_another(answer)
    if answer.ok:
        return Outcome(kind="delivered", provider_id=_message_id(answer.result))
    return Outcome(
        kind=_kind_of(answer),
        code=str(answer.code),
        detail=answer.description or None,
        retry_after=answer.retry_after,
    )


def _kind_of(answer: MethodAnswer) -> OutcomeKind:
    words = answer.description.lower()
    if answer.code == _TOO_MANY or answer.code >= _SERVER_ERROR:
        return "try_again"
    if answer.code in _CONFIGURATION:
        return "configuration_fault"
    if answer.code == 403 or any(each in words for each in _UNREACHABLE):
        return "recipient_refused"
    return "try_again" if any(each in words for each in _PASSING) else "message_refused"


def _of_another(answer: MethodAnswer) -> Outcome:
    """A proxy on the way, or the server before the Bot API, has answered: it may have let the call through before."""
    code, detail = str(answer.status), f"an answer of status {answer.status} that is not of the Bot API"
    if answer.status == _TOO_MANY:
        return Outcome(kind="try_again", code=code, detail=detail, retry_after=answer.retry_after)
    if answer.status == _TOO_LARGE:
        return Outcome(kind="message_refused", code=code, detail="the file is too large")
    if answer.status >= _SERVER_ERROR or answer.status < 300:
        return Outcome(kind="unknown", code=code, detail=detail)
    return Outcome(kind="configuration_fault", code=code, detail=detail)


def _message_id(result: object) -> str | None:
    """As the channel writes ids of messages: that of the chat stands before it."""
    match result:
        case {"message_id": int(message_id), "chat": {"id": int(chat_id)}}:
            return f"{chat_id}:{message_id}"
    return None
