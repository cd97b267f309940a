"""The feed of the whole journal, for inspection and for other applications."""

from actors.journal import Journal
from gateways.api.call import Call
from gateways.api.inspected_event import described
from gateways.feeds import FeedAnswer, PageReader
from gateways.inspection.feeds import JournalSource
from gateways.inspection.viewer import Viewer
from gateways.inspection.watching import inspecting_owner
from schemas.api.inspection import EventPage, InspectedEvent

__all__ = ["journal_feed"]

_MAX_SCANNED = 10_000
"""One answer looks at so many records before it leaves the rest to the next."""
_PAGE = 1_000


def journal_feed(call: Call, source: JournalSource, viewer: Viewer) -> FeedAnswer:
    page = _journal_page(call.services.journal, source, viewer)
    return FeedAnswer(source, inspecting_owner(call.principal), page)


def _journal_page(journal: Journal, source: JournalSource, viewer: Viewer) -> PageReader:
    def page(after: int, limit: int) -> EventPage:
        last, begin = journal.last_position(), after
        events: list[InspectedEvent] = []
        while len(events) < limit and after < last and after - begin < _MAX_SCANNED:
            records = journal.read_all(after, _PAGE)
            found, room = source.select(records), limit - len(events)
            events += map(described, found[:room])
            after = records[-1].position if len(found) <= room else events[-1].position
        return EventPage(events=events, next=after, last_position=last, masked=not viewer.sees_all)

    return page
