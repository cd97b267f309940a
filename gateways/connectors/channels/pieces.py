"""What a channel carries in one call. A message of any content is rendered into such pieces."""

from typing import Any

import msgspec

from schemas.capabilities import MediaKind

__all__ = [
    "ButtonsPiece",
    "Choice",
    "ContactPiece",
    "CustomPiece",
    "LocationPiece",
    "MediaKind",
    "MediaPiece",
    "Piece",
    "TextPiece",
]


class TextPiece(msgspec.Struct, frozen=True):
    text: str


class Choice(msgspec.Struct, frozen=True):
    """A button as the customer sees it. ``token`` comes back when it is pressed: at most 28 characters of base64url and
    a colon."""

    title: str
    token: str


class ButtonsPiece(msgspec.Struct, frozen=True):
    """A text with buttons, no more of them and with titles no longer than the channel takes, and no two alike."""

    text: str
    choices: list[Choice]


class MediaPiece(msgspec.Struct, frozen=True):
    """A file at ``url``, or the attachment ``attachment_id`` of the conversation, within the sizes that the channel
    takes. ``caption`` is no longer than the channel takes."""

    kind: MediaKind
    url: str | None = None
    attachment_id: str | None = None
    name: str | None = None
    media_type: str | None = None
    caption: str | None = None


class LocationPiece(msgspec.Struct, frozen=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class ContactPiece(msgspec.Struct, frozen=True):
    name: str
    phone: str | None = None
    email: str | None = None
    organization: str | None = None


class CustomPiece(msgspec.Struct, frozen=True):
    """What a bot or an application sends in the provider's own words, such as a template."""

    payload: dict[str, Any]


Piece = TextPiece | ButtonsPiece | MediaPiece | LocationPiece | ContactPiece | CustomPiece
