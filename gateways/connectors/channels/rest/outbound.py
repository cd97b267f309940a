"""Calls of the connector: a piece of a message there, what became of it back."""

from typing import Any

import msgspec

from gateways.connectors.channels.calling import ProviderAnswer, call_provider, retry_after_of
from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.pieces import MediaPiece
from gateways.connectors.channels.rest.messages import Check, OutboundMessage, Read, Sender, Typing, written
from gateways.connectors.channels.rest.signature import signed_headers
from gateways.outbox.outcome import Outcome, OutcomeKind
from schemas.configuration.connectors import RestSettings

__all__ = ["call_connector", "mark_read", "outcome_of", "send_piece", "show_typing"]

_MAX_CODE = 64
_MAX_DETAIL = 256
_MAX_ID = 256
_NOT_LET_IN = (401, 403)
_GONE = 410
_LATER = (408, 409, 425, 429)
_NOT_THERE = (404, 405)


async def send_piece(line: Line[RestSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
    """Sends the piece under an id that is the same whenever it is sent. Raises ChannelError and SettingsError."""
    url = None
    if isinstance(piece.piece, MediaPiece):
        url = piece.piece.url or line.media.public_url(piece.piece)
        if url is None:
            detail = "the file cannot be fetched, for this server has no public address"
            return Outcome(kind="message_refused", code="no_public_address", detail=detail)
    message = OutboundMessage(
        message_id=piece.message_id,
        part=piece.number,
        conversation_id=recipient.conversation_id,
        customer_id=recipient.customer_id,
        piece=written(piece.piece, url),
        sender=Sender("agent" if piece.by_human else "automatic"),
    )
    return outcome_of(await call_connector(line, f"{piece.message_id}-{piece.number}", message))


async def show_typing(line: Line[RestSettings], recipient: Recipient, call_id: str) -> None:
    typing = Typing(conversation_id=recipient.conversation_id, customer_id=recipient.customer_id)
    await call_connector(line, call_id, typing)


async def mark_read(line: Line[RestSettings], recipient: Recipient, call_id: str) -> None:
    if recipient.last_inbound_id is not None:
        read = Read(
            conversation_id=recipient.conversation_id,
            customer_id=recipient.customer_id,
            id=recipient.last_inbound_id,
        )
        await call_connector(line, call_id, read)


async def call_connector(
    line: Line[RestSettings], call_id: str, call: OutboundMessage | Typing | Read | Check
) -> ProviderAnswer:
    """Raises ChannelError and SettingsError."""
    body = msgspec.json.encode(call)
    headers = {"Content-Type": "application/json", **signed_headers(line, call_id, body)}
    return await call_provider(line.http, "POST", line.settings.url, headers=headers, data=body)


def outcome_of(answer: ProviderAnswer) -> Outcome:
    """What became of a message, as the connector's status and body have it."""
    given = answer.json if isinstance(answer.json, dict) else {}
    kind = _kind_of(answer.status, given)
    if kind == "delivered":
        return Outcome(kind=kind, provider_id=_words(given.get("id"), _MAX_ID))
    return Outcome(
        kind=kind,
        code=_words(given.get("code"), _MAX_CODE) or str(answer.status),
        detail=_words(given.get("detail"), _MAX_DETAIL) or f"the connector answered with status {answer.status}",
        retry_after=retry_after_of(answer.headers) if kind == "try_again" else None,
    )


def _kind_of(status: int, given: dict[str, Any]) -> OutcomeKind:
    """An answer that cannot be the connector's, such as a redirect or that of another server, is a fault of the
    configuration: the messages after it would not fare better."""
    if 200 <= status < 300:
        return "delivered"
    if status in _LATER or status >= 500:
        return "try_again"
    if status < 400 or status in _NOT_LET_IN or (status in _NOT_THERE and not given):
        return "configuration_fault"
    return "recipient_refused" if status == _GONE or given.get("recipient") is True else "message_refused"


def _words(value: object, limit: int) -> str | None:
    """A text or a whole number of the connector's, cut to the limit."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)[:limit] or None
