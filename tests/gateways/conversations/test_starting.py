"""Starting a conversation, without HTTP."""

from typing import Any

import pytest

from gateways.conversations.starting import Start, Started, channel_for_starting, start_conversation
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.events import ConversationStarted, Customer
from schemas.identifiers import conversation_started_by, new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, types

pytestmark = pytest.mark.asyncio


async def begin(services: Services, **fields: Any) -> Started:
    start = Start(**{"channel": "web-direct", "request_digest": "d", **fields})
    return await start_conversation(services, start, CUSTOMER)


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


async def test_a_conversation_starts_in_a_queue(services: Services) -> None:
    customer = Customer(id="c-7", name="Ada")
    started = await begin(services, customer=customer, text="Hello", attributes={"page": "/prices"})
    assert (started.status, started.returned, started.replayed) == ("waiting_for_agent", False, False)
    assert types(services, started.conversation_id) == ["ConversationStarted", "MessagePosted", "AgentRequested"]
    first = events(services, started.conversation_id)[0]
    assert isinstance(first, ConversationStarted)
    assert (first.channel, first.customer, first.attributes) == ("web-direct", customer, {"page": "/prices"})


async def test_a_conversation_starts_with_the_channels_bot(services: Services) -> None:
    started = await begin(services, channel="web")
    assert started.status == "with_bot"
    (first,) = events(services, started.conversation_id)
    assert isinstance(first, ConversationStarted)
    assert first.bot == "greeter"


async def test_a_repeated_start_gets_the_same_answer(services: Services) -> None:
    id_ = new_id()
    first = await begin(services, id=id_, text="Hello")
    again = await begin(services, id=id_, text="Hello")
    assert (first.conversation_id, first.replayed) == (conversation_started_by(id_), False)
    assert (again.conversation_id, again.begun_at, again.replayed) == (first.conversation_id, first.begun_at, True)
    with refused(services, RefusalCode.ID_CONFLICT):
        await begin(services, id=id_, text="Hello", request_digest="another")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"channel": "fax"}, "channel"),
        ({"channel": "callback"}, "channel"),
        ({"channel": "task"}, "channel"),
        ({"queue": "nowhere"}, "queue"),
        ({"attributes": nested(40)}, "attributes"),
    ],
)
async def test_a_start_is_refused(services: Services, fields: dict[str, Any], path: str) -> None:
    with refused(services, RefusalCode.INVALID_INPUT, path):
        await begin(services, **fields)


async def test_attributes_of_a_customer_that_nest_too_deeply_are_refused(services: Services) -> None:
    with refused(services, RefusalCode.INVALID_INPUT, "customer.attributes"):
        await begin(services, customer=Customer(attributes=nested(1000)))


async def test_conversations_start_only_on_channels_for_customers(services: Services) -> None:
    assert channel_for_starting(services, "web").queue == "support"
    for name in ("callback", "task", "fax"):
        with refused(services, RefusalCode.INVALID_INPUT, "channel"):
            channel_for_starting(services, name)
