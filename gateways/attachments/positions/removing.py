"""Removes positions from a file, whatever its format keeps them in."""

import re
from itertools import islice
from mmap import ACCESS_WRITE, mmap
from pathlib import Path
from typing import NamedTuple

from gateways.attachments.positions.png import is_png, mend_chunks
from gateways.attachments.positions.tiff import remove_from_tiff
from gateways.attachments.recognition import is_textual, recognise

__all__ = ["holds_positions", "remove_positions"]

_KINDS = ("image/", "video/", "audio/")
_DEGREES = rb"[+-]\d{2}(?:\d\d){0,2}%s[+-]\d{3}(?:\d\d){0,2}%s(?:[+-]\d{1,9}(?:\.\d{0,9})?)?(?:CRS\w{1,20})?"
_EXACT, _ROUNDED = rb"\.\d{1,9}", rb"(?:\.\d{1,9})?"


class _Notation(NamedTuple):
    """A way to write a position. It is looked for around an ``anchor``, so many bytes ``before`` and ``after``, and
    around the first anchors alone, so that no file takes long."""

    anchor: re.Pattern[bytes]
    before: int
    after: int
    position: re.Pattern[bytes]
    max_anchors: int


_XMP = _Notation(
    re.compile(rb":G[Pp][Ss]"),
    before=21,
    after=1_000,
    position=re.compile(
        rb"""[A-Za-z-]{1,20}:G[Pp][Ss]\w{0,40}\s{0,9}=\s{0,9}(?:"[^"<]{0,200}"|'[^'<]{0,200}')"""
        rb"""|<([A-Za-z-]{1,20}:G[Pp][Ss]\w{0,40})\b[^>]{0,200}>.{0,500}?</\1\s{0,9}>""",
        re.DOTALL,
    ),
    max_anchors=500,
)
"""A position in XMP, as an attribute or an element of any camera's namespace."""
_ISO_6709 = _Notation(
    re.compile(rb"\xa9xyz|location\.ISO6709"),
    before=0,
    after=64 * 1024,
    position=re.compile(_DEGREES % (_EXACT, _EXACT) + rb"/?|" + _DEGREES % (_ROUNDED, _ROUNDED) + rb"/"),
    max_anchors=16,
)
"""A position in the texts of MP4 and QuickTime, such as ``+48.2082+016.3738+183.000/``."""
_BOX_OF_POSITION = re.compile(rb"loci\0\0\0\0")
_MAX_BOX = 1024


def holds_positions(head: bytes) -> bool:
    """Whether a file that begins so is a picture or a recording."""
    return any(each.startswith(_KINDS) and not is_textual(each) for each in recognise(head))


def remove_positions(file: Path) -> bool:
    """Overwrites the positions in the file, and tells whether there were any. Raises OSError."""
    with file.open("r+b") as opened, mmap(opened.fileno(), 0, access=ACCESS_WRITE) as content:
        removed = [remove_from_tiff(content), _blank(content, _XMP), _blank(content, _ISO_6709), _free_boxes(content)]
        if is_png(content):
            removed.append(mend_chunks(content, any(removed)))
        if any(removed):
            content.flush()
        return any(removed)


def _blank(content: mmap, notation: _Notation) -> bool:
    blanked = False
    for anchor in islice(notation.anchor.finditer(content), notation.max_anchors):
        begin = max(anchor.start() - notation.before, 0)
        for match in notation.position.finditer(content[begin : anchor.start() + notation.after]):
            content[begin + match.start() : begin + match.end()] = b" " * len(match[0])
            blanked = True
    return blanked


def _free_boxes(content: mmap) -> bool:
    """Turns 3GPP's boxes of positions into free space."""
    freed = False
    for match in islice(_BOX_OF_POSITION.finditer(content), _ISO_6709.max_anchors):
        begin = match.start()
        end = begin - 4 + min(int.from_bytes(content[max(begin - 4, 0) : begin], "big"), _MAX_BOX)
        if begin + 4 < end <= len(content):
            content[begin:end] = b"free".ljust(end - begin, b"\0")
            freed = True
    return freed
