"""Reading one conversation, from the live view or, once it has left that, from the journal."""

import asyncio

from actors.journal import Journal
from gateways.feeds.audiences import CustomersEyes, FeedEvent, shown_to_agents
from gateways.http.problems import Problem
from gateways.services import Services
from projections import ConversationDirectory, ConversationView
from schemas.events import AGENT_SEES, REGISTRY
from schemas.records import Record

__all__ = ["find_conversation", "read_customer_records", "read_events"]


async def find_conversation(services: Services, conversation_id: str) -> ConversationView:
    """Raises Problem 404 when there is none."""
    view = services.conversations.get(conversation_id)
    if view is None:
        view = await asyncio.to_thread(_rebuild, services.journal, conversation_id)
    if view is None:
        raise Problem(404, "not_found", "no such conversation")
    return view


async def read_customer_records(services: Services, conversation_id: str) -> list[Record]:
    """The conversation's records as its customer sees them, oldest first."""
    eyes = CustomersEyes()
    seen = [eyes.see(record) for record in await _read(services, conversation_id)]
    return [record for record in seen if record is not None]


async def read_events(services: Services, conversation_id: str) -> list[FeedEvent]:
    """The conversation's events as agents see them, oldest first."""
    records = await _read(services, conversation_id)
    return [shown_to_agents(record) for record in records if record.type in AGENT_SEES]


async def _read(services: Services, conversation_id: str) -> list[Record]:
    return await asyncio.to_thread(services.journal.read_stream, f"conversation-{conversation_id}")


def _rebuild(journal: Journal, conversation_id: str) -> ConversationView | None:
    records = journal.read_stream(f"conversation-{conversation_id}")
    return ConversationDirectory.rebuild((record, REGISTRY.decode(record)) for record in records)
