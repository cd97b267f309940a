"""The requests of a customer for an agent and for the end, and the rating, without HTTP."""

import pytest

from gateways.conversations.requests import end_by_customer, rate, request_agent
from gateways.services import Services
from schemas.events import AgentRequested, ConversationEnded, ConversationRated
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, start

pytestmark = pytest.mark.asyncio


async def test_a_customer_requests_an_agent(services: Services) -> None:
    conversation_id = await start(services, "web")
    await request_agent(services, conversation_id, "sales", "a person, please")
    requested = events(services, conversation_id)[-1]
    assert isinstance(requested, AgentRequested)
    assert (requested.queue.name, requested.reason) == ("sales", "a person, please")
    assert requested.requested_by.name == "Ada"


async def test_a_request_without_a_queue_is_for_the_conversations_queue(services: Services) -> None:
    conversation_id = await start(services, "web")
    await request_agent(services, conversation_id, None, None)
    requested = events(services, conversation_id)[-1]
    assert isinstance(requested, AgentRequested)
    assert requested.queue.name == "support"


async def test_a_request_for_an_agent_is_refused(services: Services) -> None:
    conversation_id = await start(services, "web")
    with refused(services, RefusalCode.INVALID_INPUT, "queue"):
        await request_agent(services, conversation_id, "nowhere", None)
    with refused(services, RefusalCode.NOT_FOUND):
        await request_agent(services, new_id(), None, None)
    await end_by_customer(services, conversation_id)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await request_agent(services, conversation_id, None, None)


async def test_a_customer_ends_the_conversation(services: Services) -> None:
    conversation_id = await start(services)
    assert not (await end_by_customer(services, conversation_id)).replayed
    ended = events(services, conversation_id)[-1]
    assert isinstance(ended, ConversationEnded)
    assert (ended.reason, ended.ended_by.type) == ("customer_left", "customer")
    assert (await end_by_customer(services, conversation_id)).replayed
    with refused(services, RefusalCode.NOT_FOUND):
        await end_by_customer(services, new_id())


async def test_a_customer_rates_once_after_the_end(services: Services) -> None:
    conversation_id = await start(services)
    with refused(services, RefusalCode.NOT_ENDED):
        await rate(services, conversation_id, 5)
    await end_by_customer(services, conversation_id)
    await rate(services, conversation_id, 5, "Quick and kind")
    rated = events(services, conversation_id)[-1]
    assert isinstance(rated, ConversationRated)
    assert (rated.score, rated.comment) == (5, "Quick and kind")
    with refused(services, RefusalCode.ALREADY_RATED):
        await rate(services, conversation_id, 1)
