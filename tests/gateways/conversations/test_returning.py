"""Returning to a conversation that has not ended, without HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gateways.application.opening import open_services
from gateways.conversations.requests import end_by_customer
from gateways.conversations.returning import earlier_conversation, return_to
from gateways.conversations.starting import Start, Started, start_conversation
from gateways.services import Services
from projections import ConversationView
from schemas.actors import CUSTOMER, connector_actor
from schemas.content import TextContent
from schemas.events import Customer, CustomerReturned, MessagePosted
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, start, types
from tests.gateways.centre import centre_settings

pytestmark = pytest.mark.asyncio

ACTOR = connector_actor("sms")


@pytest_asyncio.fixture
async def services(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """Services with a connector's channel."""
    channels = {"sms": {"queue": "support", "kind": "connector"}}
    async with open_services(centre_settings(tmp_path, channels=channels)) as opened:
        yield opened


async def write(services: Services, text: str | None, who: str = "c-7", id_: str | None = None) -> Started:
    begun = Start(channel="sms", request_digest=f"{who} {text}", id=id_, customer=Customer(id=who), text=text)
    return await start_conversation(services, begun, ACTOR)


def view_of(services: Services, conversation_id: str) -> ConversationView:
    view = services.conversations.get(conversation_id)
    assert view is not None
    return view


async def test_a_connectors_customer_returns_to_the_open_conversation(services: Services) -> None:
    first = await write(services, "One")
    second = await write(services, "Two")
    assert (second.conversation_id, second.returned) == (first.conversation_id, True)
    recorded = events(services, first.conversation_id)
    assert [event.content for event in recorded if isinstance(event, MessagePosted)][1] == TextContent("Two")
    assert any(isinstance(event, CustomerReturned) for event in recorded)


async def test_another_customer_and_one_after_the_end_start_a_new_conversation(services: Services) -> None:
    first = await write(services, "One")
    other = await write(services, "One", "c-8")
    await end_by_customer(services, first.conversation_id)
    later = await write(services, "Two")
    assert len({first.conversation_id, other.conversation_id, later.conversation_id}) == 3
    assert [started.returned for started in (first, other, later)] == [False] * 3
    assert types(services, first.conversation_id)[-1] == "ConversationEnded"


async def test_a_repeated_return_posts_the_text_once(services: Services) -> None:
    first = await write(services, "One")
    id_ = new_id()
    answers = [await write(services, "Two", id_=id_) for _ in range(2)]
    assert [answer.replayed for answer in answers] == [False, True]
    assert types(services, first.conversation_id).count("MessagePosted") == 2


async def test_a_web_customer_has_an_earlier_conversation_only_when_it_was_presented(services: Services) -> None:
    conversation_id = await start(services)
    anybody = Customer()
    assert await earlier_conversation(services, "web-direct", anybody, None) is None
    assert await earlier_conversation(services, "web", anybody, conversation_id) is None
    assert await earlier_conversation(services, "web-direct", Customer(id="another"), conversation_id) is None
    assert await earlier_conversation(services, "web-direct", anybody, new_id()) is None
    found = await earlier_conversation(services, "web-direct", anybody, conversation_id)
    assert found is not None
    assert found.conversation_id == conversation_id


async def test_a_web_customer_returns_to_the_presented_conversation(services: Services) -> None:
    conversation_id = await start(services)
    again = Start(channel="web-direct", request_digest="d", presented=conversation_id, text="Again")
    started = await start_conversation(services, again, CUSTOMER)
    assert (started.conversation_id, started.returned) == (conversation_id, True)


async def test_nobody_returns_to_an_ended_conversation(services: Services) -> None:
    conversation_id = await start(services)
    before_the_end = view_of(services, conversation_id)
    at = services.clock()
    returned = await return_to(services, before_the_end, None, "Hello", CUSTOMER, at)
    assert returned is not None
    assert types(services, conversation_id)[-2:] == ["CustomerReturned", "MessagePosted"]
    await end_by_customer(services, conversation_id)
    position = services.journal.last_position()
    assert await return_to(services, view_of(services, conversation_id), None, None, CUSTOMER, at) is None
    assert await return_to(services, view_of(services, conversation_id), new_id(), "Late", CUSTOMER, at) is None
    assert services.journal.last_position() == position


async def test_a_start_with_an_unknown_queue_is_refused(services: Services) -> None:
    conversation_id = await start(services)
    again = Start(channel="web-direct", request_digest="d", presented=conversation_id, queue="nowhere")
    with refused(services, RefusalCode.INVALID_INPUT, "queue"):
        await start_conversation(services, again, CUSTOMER)
