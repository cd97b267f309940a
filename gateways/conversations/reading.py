"""Reading one conversation, from the live view or, once it is no longer there, from the journal."""

import asyncio

from actors.journal import Journal
from gateways.exceptions import RefusedError
from gateways.feeds.audiences import CustomerAudience, FeedEvent, render_for_agents
from gateways.services import Services
from projections import ConversationDirectory, ConversationParticipant, ConversationView
from schemas.events import AGENT_SEES, REGISTRY
from schemas.records import Record, conversation_stream
from schemas.replies import RefusalCode

__all__ = [
    "find_conversation",
    "find_open_conversation",
    "find_participation",
    "look_up_conversation",
    "read_customer_records",
    "read_events",
    "read_records",
    "rebuild_conversation",
]


async def find_conversation(services: Services, conversation_id: str) -> ConversationView:
    """Raises RefusedError when there is none."""
    view = await look_up_conversation(services, conversation_id)
    if view is None:
        raise RefusedError(RefusalCode.NOT_FOUND, "no such conversation")
    return view


async def find_open_conversation(services: Services, conversation_id: str) -> ConversationView:
    """Raises RefusedError when there is none, or it has ended."""
    view = await find_conversation(services, conversation_id)
    if view.over:
        raise RefusedError(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    return view


async def find_participation(services: Services, conversation_id: str, agent_id: str) -> ConversationParticipant:
    """The agent's part in the conversation. Raises RefusedError when the conversation has ended, or the agent does not
    take part."""
    view = await find_conversation(services, conversation_id)
    if view.over:
        raise RefusedError(RefusalCode.CONVERSATION_ENDED, "the conversation has ended")
    if agent_id not in view.agents:
        raise RefusedError(RefusalCode.NOT_PARTICIPANT, "you take no part in this conversation")
    return view.agents[agent_id]


async def look_up_conversation(services: Services, conversation_id: str) -> ConversationView | None:
    view = services.conversations.get(conversation_id)
    if view is not None:
        return view
    return await asyncio.to_thread(rebuild_conversation, services.journal, conversation_id)


async def read_customer_records(services: Services, conversation_id: str) -> list[Record]:
    """The conversation's records as its customer sees them, oldest first."""
    audience = CustomerAudience()
    admitted = [audience.admit(record) for record in await read_records(services, conversation_id)]
    return [record for record in admitted if record is not None]


async def read_events(services: Services, conversation_id: str) -> list[FeedEvent]:
    """The conversation's events as agents see them, oldest first."""
    records = await read_records(services, conversation_id)
    return [render_for_agents(record) for record in records if REGISTRY.current_type(record) in AGENT_SEES]


async def read_records(services: Services, conversation_id: str) -> list[Record]:
    """All records of the conversation, oldest first."""
    return await asyncio.to_thread(services.journal.read_stream, conversation_stream(conversation_id))


def rebuild_conversation(journal: Journal, conversation_id: str) -> ConversationView | None:
    """The conversation as the journal tells it. Blocks while it reads."""
    records = journal.read_stream(conversation_stream(conversation_id))
    return ConversationDirectory.rebuild((record, REGISTRY.decode(record)) for record in records)
