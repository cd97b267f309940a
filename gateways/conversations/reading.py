"""Reading one conversation, from the live view or, once it has left that, from the journal."""

import asyncio

from actors.journal import Journal
from gateways.feeds.audiences import CustomersEyes, FeedEvent, shown_to_agents
from gateways.http.problems import Problem
from gateways.services import Services
from projections import ConversationDirectory, ConversationView
from schemas.events import AGENT_SEES, REGISTRY
from schemas.records import Record

__all__ = ["find_conversation", "look_up_conversation", "read_customer_records", "read_events", "read_records"]


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


async def read_customer_records(services: Services, conversation_id: str) -> list[Record]:
    """The conversation's records as its customer sees them, oldest first."""
    eyes = CustomersEyes()
    seen = [eyes.see(record) for record in await read_records(services, conversation_id)]
    return [record for record in seen if record is not None]


async def read_events(services: Services, conversation_id: str) -> list[FeedEvent]:
    """The conversation's events as agents see them, oldest first."""
    records = await read_records(services, conversation_id)
    return [shown_to_agents(record) for record in records if record.type in AGENT_SEES]


async def read_records(services: Services, conversation_id: str) -> list[Record]:
    """All records of the conversation, oldest first."""
    return await asyncio.to_thread(services.journal.read_stream, f"conversation-{conversation_id}")


def _rebuild(journal: Journal, conversation_id: str) -> ConversationView | None:
    records = journal.read_stream(f"conversation-{conversation_id}")
    return ConversationDirectory.rebuild((record, REGISTRY.decode(record)) for record in records)
