"""The position in Exif, whose blocks are TIFF. Pictures of every format hold them so, and TIFF is one itself."""

import re
import struct
from itertools import islice
from mmap import mmap
from typing import NamedTuple

__all__ = ["remove_from_tiff"]

_BLOCK = re.compile(rb"II\*\0|MM\0\*")
_GPS = 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
"""The size of a value by its type."""
_PLACES = (4, 13)
"""The types of values that are the place of a directory."""
_ENTRY = 12
_INLINE = 4
"""Values up to this size stand in the entry itself."""
_MAX_BLOCKS = 64
_MAX_DIRECTORIES = 16
_MAX_ENTRIES = 1_000
_MAX_VALUE = 64 * 1024


class _Entry(NamedTuple):
    """An entry of a directory. ``value`` is the place of its value if that has more than four bytes. The value of one
    that ``points`` is the place of the directory of a position."""

    raw: bytes
    points: bool
    size: int
    value: int


def remove_from_tiff(file: mmap) -> bool:
    """Takes the position out of every block in the file, and tells whether there was one. Whatever only looks like a
    block stays as it is: without a directory that names a position nothing is written."""
    found = [_Block(file, block.start()).remove_position() for block in islice(_BLOCK.finditer(file), _MAX_BLOCKS)]
    return any(found)


class _Block:
    """A block within the file. Places are counted from its beginning."""

    def __init__(self, file: mmap, start: int) -> None:
        self._file = file
        self._start = start
        self._order = "<" if file[start] == ord("I") else ">"

    def remove_position(self) -> bool:
        removed = False
        place = self._number(4)
        for _ in range(_MAX_DIRECTORIES):
            entries = self._entries(place)
            if not entries:
                break
            following = self._number(place + 2 + len(entries) * _ENTRY)
            if any(entry.points for entry in entries):
                self._take_out(place, entries, following)
                removed = True
            place = following
        return removed

    def _entries(self, place: int) -> list[_Entry]:
        """The directory's entries; none if there is no directory at this place."""
        head = self._bytes(place, 2)
        count = struct.unpack(f"{self._order}H", head)[0] if place and len(head) == 2 else 0
        raw = self._bytes(place + 2, count * _ENTRY)
        if count > _MAX_ENTRIES or len(raw) != count * _ENTRY:
            return []
        return [self._entry(raw[at : at + _ENTRY]) for at in range(0, len(raw), _ENTRY)]

    def _entry(self, raw: bytes) -> _Entry:
        tag, kind, count, value = struct.unpack(f"{self._order}HHII", raw)
        points = tag == _GPS and kind in _PLACES and count == 1
        return _Entry(raw, points, _SIZES.get(kind, 0) * count, value)

    def _take_out(self, place: int, entries: list[_Entry], following: int) -> None:
        """Clears the directories of positions, then drops the entries that point to them: the others, and the place of
        the following directory, move up."""
        for entry in entries:
            if entry.points:
                self._clear_directory(entry.value)
        kept = [entry.raw for entry in entries if not entry.points]
        count, end = (
            struct.pack(f"{self._order}{kind}", value) for kind, value in (("H", len(kept)), ("I", following))
        )
        written = count + b"".join(kept) + end
        self._write(place, written.ljust(2 + len(entries) * _ENTRY + _INLINE, b"\0"))

    def _clear_directory(self, place: int) -> None:
        entries = self._entries(place)
        for entry in entries:
            if _INLINE < entry.size <= _MAX_VALUE:
                self._write(entry.value, bytes(entry.size))
        self._write(place, bytes(2 + len(entries) * _ENTRY) if entries else b"")

    def _number(self, place: int) -> int:
        found = self._bytes(place, 4)
        return int(struct.unpack(f"{self._order}I", found)[0]) if len(found) == 4 else 0

    def _bytes(self, place: int, size: int) -> bytes:
        return self._file[self._start + place : self._start + place + size]

    def _write(self, place: int, content: bytes) -> None:
        """Writes what lies within the file."""
        begin = self._start + place
        end = min(begin + len(content), len(self._file))
        if begin < end:
            self._file[begin:end] = content[: end - begin]
