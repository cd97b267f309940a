"""What a channel can carry. The renderer keeps to it, and agents see it before they write."""

from typing import Literal

import msgspec

__all__ = ["Capabilities", "MediaKind", "TextUnit"]

MediaKind = Literal["image", "audio", "video", "file"]
TextUnit = Literal["code_points", "utf16_units", "utf8_bytes"]


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """``text_limit`` is counted in ``text_unit``, as are the other lengths of texts. A message has at most ``buttons``
    buttons, with titles of at most ``button_title_limit`` and a text of at most ``buttons_text_limit``; without
    buttons, and when there are more choices than that, they are numbered in the text. ``media`` holds the most bytes of
    each kind that the channel carries as such, and captions are of at most ``caption_limit`` for the ``captioned``
    kinds; any other file goes as a link. ``receipts`` are those that come back from the channel. ``window_seconds`` is
    how long after the customer's last message the channel takes answers; after that it takes ``templates``, if it has
    them."""

    text_limit: int
    text_unit: TextUnit = "code_points"
    buttons: int = 0
    button_title_limit: int = 0
    buttons_text_limit: int = 0
    media: dict[MediaKind, int] = {}
    captioned: list[MediaKind] = []
    caption_limit: int = 0
    locations: bool = False
    contacts: bool = False
    custom: bool = False
    receipts: list[Literal["delivered", "read"]] = []
    typing: bool = False
    window_seconds: float | None = None
    templates: bool = False
