"""Messages as the Bot API writes them, and what they are in our words."""

import re
from typing import Any

import msgspec

from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.pieces import MediaKind
from schemas.content import MAX_TEXT, VISIBLE_PATTERN, ContactContent, LocationContent
from schemas.posting import CustomerContent, PostedText

__all__ = ["Chat", "TelegramMessage", "User", "content_of", "line_of"]

_MAX_LINE = 256
_MAX_NAME = 255
_MEDIA_TYPE = re.compile(r"[a-z]+/[\w.+-]{1,100}", re.ASCII | re.IGNORECASE)
_VISIBLE = re.compile(VISIBLE_PATTERN)
_IN_BRACKETS = {
    "poll": "poll",
    "checklist": "checklist",
    "game": "game",
    "invoice": "invoice",
    "story": "story",
    "paid_media": "paid media",
    "giveaway": "giveaway",
    "gift": "gift",
    "rich_message": "formatted message",
}
"""What customers can send that has no counterpart here, and what agents read instead."""


class Chat(msgspec.Struct, frozen=True):
    id: int
    type: str


class User(msgspec.Struct, frozen=True):
    first_name: str = ""
    last_name: str | None = None
    language_code: str | None = None
    is_bot: bool = False


class _File(msgspec.Struct, frozen=True):
    """A photo, document, voice message and the like; each has some of these fields."""

    file_id: str
    file_unique_id: str = ""
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None
    emoji: str | None = None
    is_animated: bool = False
    is_video: bool = False


class _Location(msgspec.Struct, frozen=True):
    latitude: float
    longitude: float


class _Venue(msgspec.Struct, frozen=True):
    location: _Location
    title: str = ""
    address: str = ""


class _Contact(msgspec.Struct, frozen=True):
    phone_number: str
    first_name: str = ""
    last_name: str | None = None


class _Key(msgspec.Struct, frozen=True):
    text: str
    callback_data: str | None = None


class _Keyboard(msgspec.Struct, frozen=True):
    inline_keyboard: list[list[_Key]] = []


class TelegramMessage(msgspec.Struct, frozen=True):
    """The fields that are used. ``date`` is 0 for a message that the bot may not see any more."""

    message_id: int
    date: int
    chat: Chat
    from_: User | None = msgspec.field(default=None, name="from")
    text: str | None = None
    caption: str | None = None
    photo: list[_File] = []
    animation: _File | None = None
    document: _File | None = None
    voice: _File | None = None
    audio: _File | None = None
    video: _File | None = None
    video_note: _File | None = None
    sticker: _File | None = None
    location: _Location | None = None
    venue: _Venue | None = None
    contact: _Contact | None = None
    reply_markup: _Keyboard | None = None

    def title_of(self, token: str) -> str | None:
        """The title of the button with this token."""
        keys = (key for row in (self.reply_markup or _Keyboard()).inline_keyboard for key in row)
        return next((key.text for key in keys if key.callback_data == token and _VISIBLE.match(key.text)), None)


def content_of(message: TelegramMessage, raw: dict[str, Any]) -> CustomerContent | InboundFile | None:
    """The message in our words, or None if it has nothing to show. ``raw`` is the message with all its fields."""
    if message.text is not None:
        return _text(message.text)
    if message.sticker is not None:
        return _sticker(message.sticker)
    if (file := _file(message)) is not None:
        return file
    if message.venue is not None:  # has a location beside it
        return _venue(message.venue)
    if message.location is not None:
        return LocationContent(message.location.latitude, message.location.longitude)
    if message.contact is not None:
        return _contact(message.contact)
    return _in_brackets(raw)


def _text(text: str) -> PostedText | None:
    """Telegram has texts of signs that nobody sees."""
    words = text.replace("\0", "")[:MAX_TEXT]
    return PostedText(words) if _VISIBLE.match(words) else None


def line_of(text: str | None) -> str | None:
    """A name, number or address that can be seen."""
    words = _text(text) if text is not None else None
    return words.text[:_MAX_LINE].strip() if words is not None else None


def _file(message: TelegramMessage) -> InboundFile | None:
    """An animation has a document beside it, for programs that do not know animations."""
    caption = message.caption
    if message.photo:
        return _inbound("image", message.photo[-1], "image/jpeg", caption)
    if message.animation is not None:
        return _inbound("video", message.animation, "video/mp4", caption)
    if message.document is not None:
        return _inbound("file", message.document, None, caption)
    if message.voice is not None:
        return _inbound("audio", message.voice, "audio/ogg", caption)
    if message.audio is not None:
        return _inbound("audio", message.audio, None, caption)
    if message.video is not None:
        return _inbound("video", message.video, "video/mp4", caption)
    if message.video_note is not None:
        return _inbound("video", message.video_note, "video/mp4", caption)
    return None


def _inbound(kind: MediaKind, file: _File, media_type: str | None, caption: str | None) -> InboundFile:
    """The type that the sender declares stands before the kind of the message: pictures come as documents too."""
    given = file.mime_type or ""
    declared = given if _MEDIA_TYPE.fullmatch(given) else media_type
    words = _text(caption) if caption is not None else None
    return InboundFile(
        kind=_kind_of(declared) or kind,
        reference={"file_id": file.file_id, "file_unique_id": file.file_unique_id},
        name=line_of((file.file_name or "")[-_MAX_NAME:]),
        media_type=declared,
        size=file.file_size,
        text=words.text if words is not None else None,
    )


def _kind_of(media_type: str | None) -> MediaKind | None:
    match (media_type or "").partition("/")[0].lower():
        case "image":
            return "image"
        case "audio":
            return "audio"
        case "video":
            return "video"
    return None


def _sticker(sticker: _File) -> InboundFile | PostedText:
    """An animated sticker is of a format that only Telegram shows."""
    if sticker.is_animated:
        return PostedText(f"[sticker {(sticker.emoji or '')[:16]}".strip() + "]")
    if sticker.is_video:
        return _inbound("video", sticker, "video/webm", None)
    return _inbound("image", sticker, "image/webp", None)


def _venue(venue: _Venue) -> LocationContent:
    return LocationContent(
        venue.location.latitude, venue.location.longitude, name=line_of(venue.title), address=line_of(venue.address)
    )


def _contact(contact: _Contact) -> ContactContent:
    name = line_of(" ".join(part for part in (contact.first_name, contact.last_name) if part))
    phone = line_of(contact.phone_number)
    return ContactContent(name=name or phone or "[contact]", phone=phone)


def _in_brackets(raw: dict[str, Any]) -> PostedText | None:
    if isinstance(dice := raw.get("dice"), dict):
        return _text(f"[{dice.get('emoji', 'dice')} {dice.get('value', '')}]")
    for field, words in _IN_BRACKETS.items():
        if isinstance(shared := raw.get(field), dict):
            title = shared.get("question") or shared.get("title")
            return _text(f"[{words}: {title}]" if isinstance(title, str) else f"[{words}]")
    return None
