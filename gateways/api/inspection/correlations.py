"""All events that belong to a conversation or a correlation, as a graph of causes over lanes."""

import asyncio

from actors.journal import Journal
from gateways.api.call import Call
from gateways.api.inspection.events import describe_traced_event
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.http.problems import Problem
from gateways.inspection.belonging import find_indexed, with_causes
from gateways.inspection.viewer import Viewer
from gateways.read_models import read, wait_for_position
from projections.inspection import BELONGINGS
from projections.runner import TableReader
from schemas.api.inspection import Edge, Trace
from schemas.records import Record

__all__ = ["correlation"]


async def correlation(call: Call) -> Answer[Trace]:
    """The id is a conversation's, or a correlation id. ``events`` are those of the conversation's own stream, those of
    the same correlation, those about it in the streams of agents and routers, and the causes of all these."""
    identifier, viewer = call.identifier("id"), viewer_of(call)
    after, limit = call.number("after", 0, 2**62), call.number("limit", 1_000, 5_000)
    journal = call.services.journal
    await wait_for_position(call.services.projections, (BELONGINGS,), await asyncio.to_thread(journal.last_position))

    def work(reader: TableReader) -> Trace:
        return _trace(journal, reader, identifier, after, limit, viewer)

    return Answer(await read(call.services.projections, (BELONGINGS,), work))


def _trace(journal: Journal, reader: TableReader, identifier: str, after: int, limit: int, viewer: Viewer) -> Trace:
    records = find_indexed(journal, reader, identifier, after, limit + 1)
    if not records and not after:
        raise Problem("not_found", f"there is no conversation and no correlation with the id {identifier}")
    following = records[limit - 1].position if len(records) > limit else None
    traced = with_causes(journal, records[:limit])
    return Trace(
        id=identifier,
        events=[describe_traced_event(record, viewer) for record in traced],
        edges=_edges(traced),
        next=following,
        masked=not all(viewer.sees(record.stream) for record in traced),
    )


def _edges(records: list[Record]) -> list[Edge]:
    """A command from outside is not an event, so that no edge begins at it."""
    known = {record.event_id for record in records}
    return [Edge(record.causation_id, record.event_id) for record in records if record.causation_id in known]
