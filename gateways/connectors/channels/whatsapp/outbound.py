"""Writes messages for WhatsApp, and sends them.

Source: WhatsApp Business Platform, "Messages API" of the Cloud API.
"""

import re
from typing import Any

from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.graph.calling import call_graph, field_of
from gateways.connectors.channels.graph.outcomes import outcome_of
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.whatsapp.errors import judge_whatsapp
from gateways.connectors.channels.whatsapp.inbound import PART_SIGN
from gateways.connectors.channels.whatsapp.media import upload
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import WhatsAppSettings

__all__ = ["MAX_REPLY_BUTTONS", "body_of", "mark_read", "send_piece"]

MAX_REPLY_BUTTONS = 3
_NUMBER = re.compile(r"\+?[0-9]+")
_PRODUCT = {"messaging_product": "whatsapp"}
_TYPES = {
    "image": ("image/jpeg", "image/png"),
    "audio": ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"),
    "video": ("video/mp4", "video/3gpp"),
}
"""What WhatsApp shows and plays. It carries anything else as a document."""


async def send_piece(line: Line[WhatsAppSettings], recipient: Recipient, out: OutboundPiece) -> Outcome:
    """Sends one piece, an attachment after its upload."""
    piece, media_id = out.piece, None
    if isinstance(piece, MediaPiece) and piece.url is None:
        uploaded = await upload(line, piece)
        if isinstance(uploaded, Outcome):
            return uploaded
        media_id = uploaded
    content = _content_of(piece, line.settings, media_id)
    if content is None:
        return Outcome(kind="message_refused", detail="the custom content is no message of WhatsApp's")
    body = body_of(recipient.customer_id, out.message_id, content)
    answer = await call_graph(line, "POST", f"{line.settings.phone_number_id}/messages", json=body)
    provider_id = field_of(answer.json, "messages", 0, "id")
    return outcome_of(answer, judge_whatsapp, provider_id if isinstance(provider_id, str) else None)


async def mark_read(line: Line[WhatsAppSettings], recipient: Recipient, *, typing: bool) -> None:
    """Marks the customer's last message as read and, with ``typing``, shows that an answer is being written: WhatsApp
    has the one only together with the other."""
    if recipient.last_inbound_id is None:
        return
    read = {**_PRODUCT, "status": "read", "message_id": recipient.last_inbound_id.partition(PART_SIGN)[0]}
    body = {**read, "typing_indicator": {"type": "text"}} if typing else read
    await call_graph(line, "POST", f"{line.settings.phone_number_id}/messages", json=body)


def body_of(customer_id: str, message_id: str, content: dict[str, Any]) -> dict[str, Any]:
    """The whole body of a message. ``message_id`` comes back in its statuses."""
    addressed = {"to": customer_id} if _NUMBER.fullmatch(customer_id) else {"recipient": customer_id}
    return {
        **_PRODUCT,
        "recipient_type": "individual",
        **addressed,
        **content,
        "biz_opaque_callback_data": message_id,
    }


def _content_of(piece: Piece, settings: WhatsAppSettings, media_id: str | None) -> dict[str, Any] | None:
    """The type of a message and what stands under it."""
    match piece:
        case TextPiece():
            return {"type": "text", "text": {"body": piece.text, "preview_url": False}}
        case ButtonsPiece():
            return {"type": "interactive", "interactive": _interactive(piece, settings.choices_label)}
        case MediaPiece():
            return _file(piece, media_id)
        case LocationPiece():
            place = {"latitude": piece.latitude, "longitude": piece.longitude}
            return {"type": "location", "location": place | _present(name=piece.name, address=piece.address)}
        case ContactPiece():
            return {"type": "contacts", "contacts": [_contact(piece)]}
        case CustomPiece():
            return _custom(piece.payload)


def _interactive(piece: ButtonsPiece, choices_label: str) -> dict[str, Any]:
    """Up to three choices as buttons, more as a list."""
    if len(piece.choices) <= MAX_REPLY_BUTTONS:
        return {
            "type": "button",
            "body": {"text": piece.text},
            "action": {"buttons": [{"type": "reply", "reply": _choice(choice)} for choice in piece.choices]},
        }
    rows = [_choice(choice) for choice in piece.choices]
    return {
        "type": "list",
        "body": {"text": piece.text},
        "action": {"button": choices_label, "sections": [{"rows": rows}]},
    }


def _choice(choice: Choice) -> dict[str, str]:
    return {"id": choice.token, "title": choice.title}


def _file(piece: MediaPiece, media_id: str | None) -> dict[str, Any]:
    kind = _kind_of(piece)
    where = {"link": piece.url} if media_id is None else {"id": media_id}
    caption = None if kind == "audio" else piece.caption
    name = piece.name if kind == "document" else None
    return {"type": kind, kind: where | _present(caption=caption, filename=name)}


def _kind_of(piece: MediaPiece) -> str:
    plain = (piece.media_type or "").partition(";")[0].strip().lower()
    playable = _TYPES.get(piece.kind)
    return piece.kind if playable and (not plain or plain in playable) else "document"


def _contact(piece: ContactPiece) -> dict[str, Any]:
    contact: dict[str, Any] = {"name": {"formatted_name": piece.name, "first_name": piece.name}}
    if piece.phone:
        contact["phones"] = [{"phone": piece.phone, "type": "WORK"}]
    if piece.email:
        contact["emails"] = [{"email": piece.email, "type": "WORK"}]
    if piece.organization:
        contact["org"] = {"company": piece.organization}
    return contact


def _custom(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The type that the payload names and what stands under it, and nothing else: who gets it is not its matter. A
    template may stand there without the type."""
    kind = payload.get("type", "template")
    content = payload.get(kind) if isinstance(kind, str) and kind not in _RESERVED else None
    return {"type": kind, kind: content} if isinstance(content, dict) else None


_RESERVED = ("type", "to", "recipient", "recipient_type", "messaging_product", "biz_opaque_callback_data", "context")


def _present(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
