"""A record on its way through the projections."""

import re

import msgspec

from projections.runner.columns import moment_of
from schemas.events import REGISTRY, Event
from schemas.instants import parse_instant
from schemas.records import Record

__all__ = ["Happening", "happenings_of"]

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""NUL as JSON writes it, behind any number of backslashes that stand for themselves."""


class Happening:
    """A record, its instant as a moment, and its event, which is decoded when somebody asks for it."""

    __slots__ = ("_event", "at", "record")

    def __init__(self, record: Record, at: int) -> None:
        self.record = record
        self.at = at
        self._event: Event | None = None

    @property
    def event(self) -> Event:
        """Without NUL, which not every database keeps. Raises SchemaError when the record does not decode."""
        if self._event is None:
            self._event = REGISTRY.decode(_without_nul(self.record))
        return self._event


class _Undated(Happening):
    """Its instant cannot be read: whoever asks for it raises ValueError."""

    __slots__ = ()

    def __init__(self, record: Record) -> None:
        self.record = record
        self._event = None

    @property
    def at(self) -> int:  # type: ignore[override] # a slot of the others
        return moment_of(parse_instant(self.record.at))


def happenings_of(records: list[Record]) -> list[Happening]:
    """Events of one cascade share an instant, which is read once."""
    happenings: list[Happening] = []
    text, at = "", 0
    for record in records:
        if record.at != text:
            try:
                at = moment_of(parse_instant(record.at))
            except ValueError:
                happenings.append(_Undated(record))
                continue
            text = record.at
        happenings.append(Happening(record, at))
    return happenings


def _without_nul(record: Record) -> Record:
    if rb"\u0000" not in record.data:
        return record
    return msgspec.structs.replace(record, data=_NUL.sub(rb"\1\\ufffd", record.data))
