"""Writes messages for Messenger and Instagram, and sends them.

Source: Messenger Platform, "Send API"; Instagram Platform, "Messaging API".
"""

from typing import Any

from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.graph.calling import call_graph, field_of
from gateways.connectors.channels.graph.outcomes import outcome_of
from gateways.connectors.channels.messenger.errors import judge_page
from gateways.connectors.channels.messenger.media import upload
from gateways.connectors.channels.pieces import ButtonsPiece, CustomPiece, MediaPiece, Piece, TextPiece
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import InstagramSettings

__all__ = ["HUMAN_AGENT_SECONDS", "WINDOW_SECONDS", "send_action", "send_piece"]

WINDOW_SECONDS = 24 * 3600.0
"""For so long after the customer's last message anybody may answer."""

HUMAN_AGENT_SECONDS = 7 * WINDOW_SECONDS
"""For so long agents may."""


async def send_piece(line: Line[Any], recipient: Recipient, out: OutboundPiece) -> Outcome:
    """Sends one piece, an attachment after its upload."""
    piece, payload = out.piece, None
    if isinstance(piece, MediaPiece):
        found = await _payload_of(line, piece)
        if isinstance(found, Outcome):
            return found
        payload = found
    message = _message_of(piece, payload)
    if message is None:
        return Outcome(kind="message_refused", detail="the content is none that the channel carries")
    body = {
        "recipient": {"id": recipient.customer_id},
        **_reason_for(recipient, by_human=out.by_human, human_agent=line.settings.human_agent),
        "message": {**message, "metadata": out.message_id},
    }
    answer = await call_graph(line, "POST", "me/messages", json=body)
    provider_id = field_of(answer.json, "message_id")
    return outcome_of(answer, judge_page, provider_id if isinstance(provider_id, str) else None)


async def send_action(line: Line[Any], recipient: Recipient, action: str) -> None:
    """Shows the customer what is being done, such as ``typing_on`` or ``mark_seen``."""
    body = {"recipient": {"id": recipient.customer_id}, "sender_action": action}
    await call_graph(line, "POST", "me/messages", json=body)


def _reason_for(recipient: Recipient, *, by_human: bool, human_agent: bool) -> dict[str, str]:
    """Why the customer is written to. Only what an agent wrote may be tagged, and only when an answer is too late for
    anything else; the tag has to be granted."""
    seconds = recipient.seconds_since
    late = seconds is not None and WINDOW_SECONDS <= seconds < HUMAN_AGENT_SECONDS
    if late and by_human and human_agent:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"messaging_type": "RESPONSE"}


async def _payload_of(line: Line[Any], piece: MediaPiece) -> dict[str, Any] | Outcome:
    """Where the file is. Instagram is given an address where there is one, because not every account may upload."""
    url = piece.url
    if url is None and isinstance(line.settings, InstagramSettings):
        url = line.media.public_url(piece)
    if url is not None:
        return {"url": url, "is_reusable": False}
    uploaded = await upload(line, piece)
    return uploaded if isinstance(uploaded, Outcome) else {"attachment_id": uploaded}


def _message_of(piece: Piece, payload: dict[str, Any] | None) -> dict[str, Any] | None:
    match piece:
        case TextPiece():
            return {"text": piece.text}
        case ButtonsPiece():
            replies = [
                {"content_type": "text", "title": choice.title, "payload": choice.token} for choice in piece.choices
            ]
            return {"text": piece.text, "quick_replies": replies}
        case MediaPiece():
            return {"attachment": {"type": piece.kind, "payload": payload}}
        case CustomPiece():
            return _custom(piece.payload)
        case _:
            return None


def _custom(payload: dict[str, Any]) -> dict[str, Any] | None:
    """A message in the words of the Send API: an attachment, such as a template, or a text, with quick replies."""
    parts: dict[str, Any] = {name: payload[name] for name in ("attachment", "text", "quick_replies") if name in payload}
    return parts if "attachment" in parts or "text" in parts else None
