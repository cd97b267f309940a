"""What the widget asks for before it shows itself."""

import msgspec

__all__ = ["AskedQuestion", "AttachmentLimits", "OfferedChoice", "WidgetSettings"]


class OfferedChoice(msgspec.Struct, frozen=True):
    value: str
    label: str


class AskedQuestion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question of the form before the chat, in one language."""

    name: str
    label: str
    kind: str
    required: bool = False
    options: list[OfferedChoice] = []


class AttachmentLimits(msgspec.Struct, frozen=True):
    """The size and the media types that an upload may have."""

    max_bytes: int
    media_types: list[str]


class WidgetSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the widget of a channel looks and what it does, in one language. ``texts`` are the channel's own words.
    ``language`` is what the channel speaks when nothing is known of the visitor. ``callback_channel`` is left out
    when nobody is called back, and ``attachments`` when visitors send no files. A ``bot`` answers
    out of hours as well."""

    mode: str
    theme: str
    launcher: str
    storage: str
    location: bool
    sound: bool
    identity_required: bool
    bot: bool
    accent: str | None = None
    language: str | None = None
    callback_channel: str | None = None
    max_wait_seconds: float | None = None
    attachments: AttachmentLimits | None = None
    texts: dict[str, str] = {}
    form: list[AskedQuestion] = []
