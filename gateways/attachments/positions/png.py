"""The chunks of PNG, whose checksums have to be right, and some of which are compressed."""

import zlib
from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

__all__ = ["is_png", "mend_chunks"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FREE = b"skIp"
"""The name of a chunk that every reader passes over: private, not critical, safe to copy."""
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_COMPRESSED_XMP = b"XML:com.adobe.xmp\0\1"
_PROFILES = (b"Raw profile type exif", b"Raw profile type APP1", b"Raw profile type xmp", _COMPRESSED_XMP)
"""The beginnings of texts that hold Exif or XMP as hexadecimal digits or compressed."""


class _Chunk(NamedTuple):
    place: int
    name: bytes
    length: int


def is_png(content: mmap) -> bool:
    return content[:8] == _SIGNATURE


def mend_chunks(content: mmap, changed: bool) -> bool:
    """Empties the chunks that hold a profile, in which no position can be found, and tells whether there were any.
    When the file was ``changed``, it also counts the checksums of what may have been changed anew."""
    emptied = False
    for chunk in _chunks(content):
        if _is_profile(content, chunk):
            content[chunk.place + 4 : chunk.place + 8 + chunk.length] = _FREE.ljust(4 + chunk.length, b"\0")
            emptied = True
        elif not (changed and (chunk.name == b"eXIf" or chunk.name in _TEXTS)):
            continue
        end = chunk.place + 8 + chunk.length
        content[end : end + 4] = zlib.crc32(content[chunk.place + 4 : end]).to_bytes(4, "big")
    return emptied


def _is_profile(content: mmap, chunk: _Chunk) -> bool:
    return chunk.name in _TEXTS and content[chunk.place + 8 : chunk.place + 32].startswith(_PROFILES)


def _chunks(content: mmap) -> Iterator[_Chunk]:
    """The chunks that lie whole within the file."""
    place = len(_SIGNATURE)
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        if place + 12 + length > len(content):
            return
        yield _Chunk(place, content[place + 4 : place + 8], length)
        place += 12 + length
