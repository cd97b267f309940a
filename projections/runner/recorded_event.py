"""A recorded event on its way through the projections."""

import re

import msgspec

from projections.runner.columns import moment_of
from schemas.events import REGISTRY, Event
from schemas.instants import parse_instant
from schemas.records import Record

__all__ = ["RecordedEvent", "recorded_events_of"]

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""NUL as JSON writes it, behind any number of backslashes that stand for themselves."""


class RecordedEvent:
    """A record of the journal with its instant as a moment; its event is decoded when ``event`` is first read."""

    __slots__ = ("_event", "at", "record")

    def __init__(self, record: Record, at: int) -> None:
        self.record = record
        self.at = at
        self._event: Event | None = None

    @property
    def event(self) -> Event:
        """The event without NUL, which some databases refuse. Raises SchemaError when the record does not decode."""
        if self._event is None:
            self._event = REGISTRY.decode(_without_nul(self.record))
        return self._event


class _Undated(RecordedEvent):
    """A recorded event whose instant cannot be read: ``at`` raises ValueError."""

    __slots__ = ()

    def __init__(self, record: Record) -> None:
        self.record = record
        self._event = None

    @property
    def at(self) -> int:  # type: ignore[override] # a slot of the others
        return moment_of(parse_instant(self.record.at))


def recorded_events_of(records: list[Record]) -> list[RecordedEvent]:
    """The records as recorded events. Events of one cascade share an instant, which is parsed once."""
    recorded_events: list[RecordedEvent] = []
    text, at = "", 0
    for record in records:
        if record.at != text:
            try:
                at = moment_of(parse_instant(record.at))
            except ValueError:
                recorded_events.append(_Undated(record))
                continue
            text = record.at
        recorded_events.append(RecordedEvent(record, at))
    return recorded_events


def _without_nul(record: Record) -> Record:
    if rb"\u0000" not in record.data:
        return record
    return msgspec.structs.replace(record, data=_NUL.sub(rb"\1\\ufffd", record.data))
