"""Pieces as methods of the Bot API with their parameters."""

import re
from typing import Any, NamedTuple

from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    ContactPiece,
    LocationPiece,
    MediaKind,
    MediaPiece,
    Piece,
    TextPiece,
)

__all__ = ["Method", "chat_id_of", "methods_of"]

_CHAT_ID = re.compile(r"[1-9][0-9]{0,15}")
_MAX_VCARD = 2048
_BY_KIND: dict[MediaKind, tuple[str, str]] = {
    "image": ("sendPhoto", "photo"),
    "audio": ("sendAudio", "audio"),
    "video": ("sendVideo", "video"),
    "file": ("sendDocument", "document"),
}
_BY_TYPE = {
    "image/gif": ("sendAnimation", "animation"),
    "audio/ogg": ("sendVoice", "voice"),
    "audio/opus": ("sendVoice", "voice"),
}


class Method(NamedTuple):
    """``upload`` is the parameter that takes the file's bytes, where they go with the call."""

    name: str
    parameters: dict[str, Any]
    upload: str | None = None


def chat_id_of(customer_id: str) -> int | None:
    """The private chat with the customer. None if this is no id of one: names such as ``@news`` and the ids of groups
    lead to others than customers."""
    return int(customer_id) if _CHAT_ID.fullmatch(customer_id) else None


def methods_of(piece: Piece) -> list[Method]:
    """The method that sends the piece, then those to be tried if Telegram refuses the message as it is. Empty if there
    is none."""
    match piece:
        case TextPiece():
            return [_text(piece.text)]
        case ButtonsPiece():
            return [_text(piece.text, reply_markup={"inline_keyboard": _rows(piece)})]
        case MediaPiece(url=None):
            return _uploaded(piece)
        case MediaPiece():
            return _linked(piece, piece.url or "")
        case LocationPiece():
            return [_location(piece)]
        case ContactPiece():
            return [_contact(piece)]
    return []


def _text(text: str, **more: Any) -> Method:
    """There is no parse_mode: with one, signs such as ``_`` and ``<`` in the text are refused or lost."""
    return Method("sendMessage", {"text": text, "link_preview_options": {"is_disabled": True}, **more})


def _rows(piece: ButtonsPiece) -> list[list[dict[str, str]]]:
    return [[{"text": choice.title, "callback_data": choice.token}] for choice in piece.choices]


def _uploaded(piece: MediaPiece) -> list[Method]:
    """Telegram refuses a picture that is too long or too large as a photo, and takes every file as a document."""
    name, field = _BY_TYPE.get(piece.media_type or "", _BY_KIND[piece.kind])
    as_document = Method("sendDocument", {**_caption(piece), "disable_content_type_detection": True}, "document")
    return [as_document] if name == "sendDocument" else [Method(name, _caption(piece), field), as_document]


def _linked(piece: MediaPiece, url: str) -> list[Method]:
    """Telegram fetches files of some types and sizes from their addresses. The customer gets the address of others."""
    name, field = _BY_KIND[piece.kind]
    words = "\n".join(part for part in (piece.caption, piece.name, url) if part)
    return [Method(name, {field: url, **_caption(piece)}), _text(words)]


def _caption(piece: MediaPiece) -> dict[str, Any]:
    return {"caption": piece.caption} if piece.caption else {}


def _location(piece: LocationPiece) -> Method:
    place = {"latitude": piece.latitude, "longitude": piece.longitude}
    if piece.name is None and piece.address is None:
        return Method("sendLocation", place)
    degrees = f"{piece.latitude}, {piece.longitude}"
    title = piece.name or piece.address
    address = piece.address if piece.name is not None and piece.address is not None else degrees
    return Method("sendVenue", {**place, "title": title, "address": address})


def _contact(piece: ContactPiece) -> Method:
    """Telegram has no contacts without a number."""
    if piece.phone is None:
        words = "\n".join(part for part in (piece.name, piece.organization, piece.email) if part)
        return _text(words)
    parameters = {"phone_number": piece.phone, "first_name": piece.name}
    card = _vcard(piece)
    if (piece.email or piece.organization) and len(card.encode()) <= _MAX_VCARD:
        parameters["vcard"] = card
    return Method("sendContact", parameters)


def _vcard(piece: ContactPiece) -> str:
    lines = {"FN": piece.name, "N": piece.name, "ORG": piece.organization, "TEL": piece.phone, "EMAIL": piece.email}
    filled = [f"{name}:{_escaped(value)}" for name, value in lines.items() if value]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *filled, "END:VCARD", ""])


def _escaped(value: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", " ".join(value.split()))
