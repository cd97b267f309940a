"""The feeds of inspection: one stream or the whole journal, as recorded."""

from collections.abc import Callable, Sequence

import msgspec

from actors.engine import Committed
from actors.journal import Journal
from gateways.feeds.hub import Listener
from gateways.feeds.sources import Page
from gateways.inspection.condition import Condition
from gateways.inspection.events import InspectedEvent, inspected_as
from gateways.inspection.viewer import Viewer
from schemas.records import Record

__all__ = ["JournalSource", "StreamSource"]


class _InStream(InspectedEvent, frozen=True, kw_only=True):
    @property
    def cursor(self) -> int:
        return self.version


class _InJournal(InspectedEvent, frozen=True, kw_only=True):
    @property
    def cursor(self) -> int:
        return self.position


class StreamSource:
    """One stream. The cursor is its version."""

    slow = True

    def __init__(self, stream: str, viewer: Viewer) -> None:
        self._stream = stream
        self._viewer = viewer
        self._cursor = 0

    def reaches(self, journal: Journal, cursor: int) -> bool:
        return cursor == 0 or bool(journal.read_stream(self._stream, cursor - 1, 1))

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        records = journal.read_stream(self._stream, after, limit)
        self._cursor = records[-1].version if records else after
        events = [inspected_as(_InStream, record, self._viewer) for record in records]
        return Page(events, self._cursor, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        listener.takes_signals = False
        listener.follow((self._stream,))

    def take(self, item: Committed) -> _InStream | None:
        if item.record.version <= self._cursor:
            return None
        return inspected_as(_InStream, item.record, self._viewer)


class JournalSource:
    """The whole journal, or the events in it that are ``wanted`` and meet the condition. The cursor is the position."""

    slow = True

    def __init__(
        self,
        viewer: Viewer,
        condition: Condition | None = None,
        wanted: Callable[[Record], bool] | None = None,
    ) -> None:
        self._viewer = viewer
        self._condition = condition
        self._wanted = wanted
        self._cursor = 0

    def reaches(self, journal: Journal, cursor: int) -> bool:
        return cursor <= journal.last_position()

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        records = journal.read_all(after, limit)
        self._cursor = records[-1].position if records else after
        return Page(self.select(records), self._cursor, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        listener.follow_everything()

    def take(self, item: Committed) -> _InJournal | None:
        if item.record.position <= self._cursor:
            return None
        selected = self.select((item.record,))
        return selected[0] if selected else None

    def select(self, records: Sequence[Record]) -> list[_InJournal]:
        """The events that the caller wants, as the caller may see them. May block."""
        wanted = records if self._wanted is None else filter(self._wanted, records)
        events = (inspected_as(_InJournal, record, self._viewer) for record in wanted)
        return [event for event in events if self._condition is None or _meets(self._condition, event)]


def _meets(condition: Condition, event: InspectedEvent) -> bool:
    """Whether the event meets the condition. It is checked on the event as the caller sees it, so that nobody can find
    out masked data by guessing."""
    metadata = {name: getattr(event, name) for name in Record.__struct_fields__ if name != "data"}
    return condition.matches(Record(**metadata, data=msgspec.json.encode(event.data)))
