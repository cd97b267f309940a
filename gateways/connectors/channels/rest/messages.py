"""What the connector gets, as JSON."""

from typing import Any, Literal

import msgspec

from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)

__all__ = ["Check", "OutboundMessage", "Read", "Sender", "Typing", "WrittenPiece", "written"]


class Sender(msgspec.Struct, frozen=True):
    """Whether an agent wrote the message, or a bot or the system did."""

    type: Literal["agent", "automatic"]


class WrittenPiece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A piece with its type. The fields of other types are left out."""

    type: Literal["text", "buttons", "image", "audio", "video", "file", "location", "contact", "custom"]
    text: str | None = None
    choices: list[Any] | None = None
    url: str | None = None
    name: str | None = None
    media_type: str | None = None
    caption: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    organization: str | None = None
    payload: dict[str, Any] | None = None


class OutboundMessage(msgspec.Struct, frozen=True, kw_only=True, tag="message"):
    """A piece of a message for a customer. ``part`` counts the pieces of a message from 0."""

    message_id: str
    part: int
    conversation_id: str
    customer_id: str
    piece: WrittenPiece
    sender: Sender


class Typing(msgspec.Struct, frozen=True, kw_only=True, tag="typing"):
    conversation_id: str
    customer_id: str


class Read(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """``id`` is the connector's of the customer's last message."""

    conversation_id: str
    customer_id: str
    id: str


class Check(msgspec.Struct, frozen=True, tag="check"):
    """A call that asks only whether calls are taken."""


def written(piece: Piece, url: str | None) -> WrittenPiece:
    """The piece for the connector; ``url`` is where the file of a media piece is."""
    match piece:
        case TextPiece():
            return WrittenPiece(type="text", text=piece.text)
        case ButtonsPiece():
            return WrittenPiece(type="buttons", text=piece.text, choices=list(piece.choices))
        case MediaPiece():
            return WrittenPiece(
                type=piece.kind, url=url, name=piece.name, media_type=piece.media_type, caption=piece.caption
            )
        case LocationPiece():
            return WrittenPiece(type="location", **msgspec.structs.asdict(piece))
        case ContactPiece():
            return WrittenPiece(type="contact", **msgspec.structs.asdict(piece))
        case CustomPiece():
            return WrittenPiece(type="custom", payload=piece.payload)
