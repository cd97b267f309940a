"""Texts within the limit of a channel, in the channel's unit."""

import re
from collections.abc import Iterable

from gateways.connectors.channels.capabilities import TextUnit
from gateways.connectors.channels.rendering.graphemes import may_cut
from schemas.content import VISIBLE_PATTERN

__all__ = ["cut", "is_visible", "length_of", "pack", "shorten"]

_ENCODINGS: dict[TextUnit, tuple[str, int]] = {
    "code_points": ("utf-32-le", 4),
    "utf16_units": ("utf-16-le", 2),
    "utf8_bytes": ("utf-8", 1),
}
"""In which encoding each unit has the same number of bytes, and how many."""
_ELLIPSIS = "…"
_VISIBLE = re.compile(VISIBLE_PATTERN)
_PREFERRED = ("\n", " \t")


def is_visible(text: str) -> bool:
    """Whether the text has a sign that somebody sees. Channels refuse texts without any."""
    return _VISIBLE.match(text) is not None


def length_of(text: str, unit: TextUnit) -> int:
    if text.isascii():
        return len(text)
    encoding, width = _ENCODINGS[unit]
    return len(text.encode(encoding)) // width


def cut(text: str, limit: int, unit: TextUnit) -> list[str]:
    """The text in pieces within the limit; joined they are the text. They end with a line or a word where there is one
    in their second half, and never within a sign, unless that sign alone exceeds the limit."""
    pieces, start = [], 0
    while start < len(text):
        window = text[start : start + limit + 1]
        fitting = _fitting(window, limit, unit)
        end = fitting if fitting == len(window) else _place(window, fitting)
        pieces.append(window[:end])
        start += end
    return pieces


def pack(blocks: Iterable[str], limit: int, unit: TextUnit) -> list[str]:
    """The blocks, each beginning a new line, in as few texts as their order allows. A block is cut only when it exceeds
    the limit by itself."""
    packed: list[str] = []
    for block in blocks:
        joined = f"{packed[-1]}\n{block}" if packed else block
        if packed and length_of(joined, unit) <= limit:
            packed[-1] = joined
        else:
            packed.extend(cut(block, limit, unit))
    return packed


def shorten(text: str, limit: int, unit: TextUnit) -> str:
    """The text if it is within the limit, else its beginning with an ellipsis."""
    if length_of(text, unit) <= limit:
        return text
    room = limit - length_of(_ELLIPSIS, unit)
    window = text[: room + 1] if room > 0 else ""
    fitting = _fitting(window, room, unit)
    place = next((place for place in range(fitting, 0, -1) if may_cut(window, place)), 0)
    return f"{window[:place].rstrip()}{_ELLIPSIS}" if place else text[: _fitting(text, limit, unit)]


def _fitting(text: str, limit: int, unit: TextUnit) -> int:
    """How many characters of the text fit into the limit."""
    if text.isascii():
        return min(len(text), max(limit, 0))
    encoding, width = _ENCODINGS[unit]
    return len(text.encode(encoding)[: limit * width].decode(encoding, "ignore"))


def _place(window: str, fitting: int) -> int:
    """The best place to cut within the part that fits."""
    for preferred in _PREFERRED:
        for place in range(fitting, fitting // 2, -1):
            if window[place - 1] in preferred and may_cut(window, place):
                return place
    return next((place for place in range(fitting, 0, -1) if may_cut(window, place)), max(fitting, 1))
