"""A recorded event as one line for a person to read."""

import re
from typing import NamedTuple

from cachetools import LRUCache
from rich.text import Text

from gateways.command_line.events.brief_description import describe_briefly
from gateways.command_line.neutralising import neutralise
from schemas.events import REGISTRY
from schemas.records import Record, category_of

__all__ = ["EventLines"]

_COLOURS = {"conversation": "cyan", "agent": "green", "router": "magenta"}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{6}([0-9a-f]{6})")
_MAX_REMEMBERED_IDS = 10_000


class _Layout(NamedTuple):
    """A layout of the line: whether it shows the date and whole ids, and how wide two of its columns are."""

    date: bool
    whole_ids: bool
    stream_width: int
    type_width: int


_NARROW = _Layout(date=False, whole_ids=False, stream_width=0, type_width=0)
_MIDDLE = _Layout(date=False, whole_ids=False, stream_width=20, type_width=24)
_WIDE = _Layout(date=True, whole_ids=False, stream_width=20, type_width=24)
_WHOLE = _Layout(date=True, whole_ids=True, stream_width=49, type_width=24)


class EventLines:
    """Makes the lines. For a terminal they are laid out for its width; without a width nothing is cut.

    A cut id keeps its random end. An id that would look like another recent one is not cut.
    """

    def __init__(self, width: int | None) -> None:
        self._layout = _layout(width)
        self._known: LRUCache[str, str] = LRUCache(_MAX_REMEMBERED_IDS)

    def line(self, record: Record) -> Text:
        layout = self._layout
        colour = _COLOURS.get(category_of(record.stream), "yellow")
        line = Text()
        line.append(f"{record.position:>7}  {self._instant(record.at)}", style="dim")
        line.append(f"  {self._shorten(record.stream):<{layout.stream_width}}", style=colour)
        line.append(f"  {neutralise(REGISTRY.current_type(record)):<{layout.type_width}}", style=f"bold {colour}")
        line.append(f"  {describe_briefly(record, self._shorten)}")
        return line

    def _instant(self, at: str) -> str:
        return neutralise(at if self._layout.date else at[11:23])

    def _shorten(self, text: str) -> str:
        if not self._layout.whole_ids:
            text = _UUID.sub(self._cut, text)
        return neutralise(text)

    def _cut(self, found: re.Match[str]) -> str:
        whole, end = found[0], found[1]
        return f"…{end}" if self._known.setdefault(end, whole) == whole else whole


def _layout(width: int | None) -> _Layout:
    if width is None or width >= 200:
        return _WHOLE
    if width >= 140:
        return _WIDE
    return _MIDDLE if width >= 100 else _NARROW
