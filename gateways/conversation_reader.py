"""Reading one conversation, from the live view or, once it has left that, from the journal."""

import asyncio

from actors.journal import Journal
from gateways.feeds.sources import FeedEvent, shown_to_agents
from gateways.http.problems import Problem
from gateways.services import Services
from projections import ConversationDirectory, ConversationView
from schemas.events import REGISTRY
from schemas.records import Record

__all__ = ["find_conversation", "look_up_conversation", "read_events", "read_records"]


async def find_conversation(services: Services, conversation_id: str) -> ConversationView:
    """Raises Problem 404 when there is none."""
    view = await look_up_conversation(services, conversation_id)
    if view is None:
        raise Problem(404, "not_found", "no such conversation")
    return view


async def look_up_conversation(services: Services, conversation_id: str) -> ConversationView | None:
    view = services.conversations.get(conversation_id)
    if view is not None:
        return view
    return await asyncio.to_thread(_rebuild, services.journal, conversation_id)


async def read_records(services: Services, conversation_id: str, visible: frozenset[str]) -> list[Record]:
    """The conversation's records of the visible types, oldest first."""
    stream = f"conversation-{conversation_id}"
    records = await asyncio.to_thread(services.journal.read_stream, stream)
    return [record for record in records if record.type in visible]


async def read_events(services: Services, conversation_id: str, visible: frozenset[str]) -> list[FeedEvent]:
    return [shown_to_agents(record) for record in await read_records(services, conversation_id, visible)]


def _rebuild(journal: Journal, conversation_id: str) -> ConversationView | None:
    records = journal.read_stream(f"conversation-{conversation_id}")
    return ConversationDirectory.rebuild((record, REGISTRY.decode(record)) for record in records)
