"""The events of one stream, those of the whole journal, and one event with its causes."""

import asyncio

from actors.journal import Journal
from actors.journal.places import last_version
from gateways.api.call import Call
from gateways.api.inspection.events import describe_event
from gateways.api.inspection.parameters import condition, no_such_stream, stream_name
from gateways.api.inspection.viewers import viewer_of
from gateways.api.journal_feed import journal_feed
from gateways.feeds import FeedAnswer, PageReader
from gateways.http.answer import Answer
from gateways.http.problems import Problem
from gateways.inspection.causes import cause_of, effects_of
from gateways.inspection.feeds import JournalSource, StreamSource
from gateways.inspection.viewer import Viewer
from gateways.inspection.watching import inspecting_owner
from schemas.api.inspection import EventWithCauses, StreamPage

__all__ = ["event", "journal_events", "stream_events"]


async def stream_events(call: Call) -> FeedAnswer:
    """With ``before`` a JSON answer holds the last events before that version, oldest first."""
    stream, viewer = stream_name(call), viewer_of(call)
    before = call.number("before", 0, 2**62)
    journal = call.services.journal
    if not await asyncio.to_thread(journal.read_stream, stream, 0, 1):
        raise no_such_stream(stream)
    page = _stream_page(journal, stream, before, viewer)
    return FeedAnswer(StreamSource(stream, viewer), inspecting_owner(call.principal), page)


def _stream_page(journal: Journal, stream: str, before: int, viewer: Viewer) -> PageReader:
    def page(after: int, limit: int) -> StreamPage:
        last = last_version(journal, stream)
        if before:
            end = min(before, last + 1)
            after = max(0, end - 1 - limit)
            limit = end - 1 - after
        records = journal.read_stream(stream, after, limit)
        return StreamPage(
            stream=stream,
            events=[describe_event(record, viewer) for record in records],
            next=records[-1].version if records else after,
            version=max(last, records[-1].version if records else 0),
            masked=not viewer.sees(stream),
        )

    return page


async def journal_events(call: Call) -> FeedAnswer:
    """``where`` is a JMESPath expression, such as `type=='TaskOffered' && data.queue=='sales'`. It sees each event as
    the answer holds it, without its summary. The answer holds the events for which it gives neither false, null nor an
    empty value."""
    viewer = viewer_of(call)
    return journal_feed(call, JournalSource(viewer, condition(call)), viewer)


async def event(call: Call) -> Answer[EventWithCauses]:
    """The answer holds the event, the event that caused it, and its effects."""
    identifier, viewer = call.identifier("event_id"), viewer_of(call)
    return Answer(await call.services.inspector.work(_event, call.services.journal, identifier, viewer))


def _event(journal: Journal, identifier: str, viewer: Viewer) -> EventWithCauses:
    record = journal.read_event(identifier)
    if record is None:
        raise Problem("not_found", f"there is no event with the id {identifier}")
    cause, effects = cause_of(journal, record), effects_of(journal, record)
    related = [record, *([] if cause is None else [cause]), *effects]
    return EventWithCauses(
        event=describe_event(record, viewer),
        cause=None if cause is None else describe_event(cause, viewer),
        effects=[describe_event(effect, viewer) for effect in effects],
        masked=not all(viewer.sees(each.stream) for each in related),
    )
