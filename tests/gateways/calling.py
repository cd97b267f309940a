"""Customers and agents for tests that call the application logic without HTTP."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from actors.agent import HeldTask
from gateways.agents.offers import accept_task
from gateways.agents.sessions import open_session
from gateways.agents.shifts import begin_shift
from gateways.agents.states import set_state
from gateways.conversations.posting import post_customer_message
from gateways.conversations.starting import Start, start_conversation
from gateways.exceptions import RefusedError
from gateways.http.principal import Principal
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.events import REGISTRY, Customer, Event
from schemas.posting import PostedText
from schemas.records import agent_stream, conversation_stream
from schemas.replies import RefusalCode
from tests.gateways.centre import eventually

__all__ = [
    "agent_types",
    "events",
    "log_in",
    "offered",
    "post_message",
    "principal",
    "ready",
    "refused",
    "serve",
    "start",
    "types",
]


async def start(services: Services, channel: str = "web-direct", text: str | None = None, name: str = "Ada") -> str:
    """Starts a conversation and returns its id."""
    begun = Start(channel=channel, request_digest="d", customer=Customer(name=name), text=text)
    return (await start_conversation(services, begun, CUSTOMER)).conversation_id


async def post_message(services: Services, conversation_id: str, words: str) -> str:
    """Posts a message as the customer and returns its id."""
    return (await post_customer_message(services, conversation_id, PostedText(words))).message_id


async def log_in(services: Services, *agent_ids: str) -> None:
    """Opens a session for each agent and begins a shift, as a desktop does by its feed."""
    for agent_id in agent_ids:
        await open_session(services, agent_id)
        await begin_shift(services, agent_id)


async def ready(services: Services, *agent_ids: str) -> None:
    await log_in(services, *agent_ids)
    for agent_id in agent_ids:
        await set_state(services, agent_id, "ready")


async def offered(services: Services, agent_id: str) -> HeldTask:
    """Waits until a task is offered to the agent, and returns this only one."""

    def reserved() -> list[HeldTask]:
        return [task for task in services.agents.held(agent_id) if task.state == "reserved"]

    await eventually(reserved)
    (task,) = reserved()
    return task


async def serve(services: Services, agent_id: str = "alice", text: str | None = None) -> str:
    """The agent goes ready and accepts a new conversation, whose id is returned."""
    await ready(services, agent_id)
    conversation_id = await start(services, text=text)
    task = await offered(services, agent_id)
    await accept_task(services, agent_id, task.task_id)
    await eventually(lambda: (view := services.conversations.get(conversation_id)) and agent_id in view.agents)
    return conversation_id


def principal(services: Services, agent_id: str) -> Principal:
    """The agent as a caller with a token."""
    return Principal("agent", agent_id, math.inf, role=services.configuration.agents[agent_id].role)


def events(services: Services, conversation_id: str) -> list[Event]:
    """All events of the conversation, oldest first."""
    return [REGISTRY.decode(record) for record in services.journal.read_stream(conversation_stream(conversation_id))]


def types(services: Services, conversation_id: str) -> list[str]:
    return [type(event).__name__ for event in events(services, conversation_id)]


def agent_types(services: Services, agent_id: str) -> list[str]:
    return [record.type for record in services.journal.read_stream(agent_stream(agent_id))]


@contextmanager
def refused(services: Services, code: RefusalCode, *paths: str) -> Iterator[None]:
    """The code within this context is refused with ``code`` for the fields at ``paths``, and leaves no event."""
    position = services.journal.last_position()
    with pytest.raises(RefusedError) as caught:
        yield
    assert (caught.value.code, [error.path for error in caught.value.errors]) == (code, list(paths))
    assert services.journal.last_position() == position
