"""The conversations that an agent may see, and the explanation of a task's routing, without HTTP."""

import pytest

from gateways.conversations.explaining import explain_task
from gateways.conversations.listing import ConversationFilter, list_conversations, list_previous
from gateways.conversations.marking import change_labels, raise_hand
from gateways.conversations.reading import find_conversation
from gateways.conversations.requests import end_by_customer
from gateways.conversations.senders import agent_sender
from gateways.conversations.starting import Start, start_conversation
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.events import Customer
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import principal, refused, serve, start

pytestmark = pytest.mark.asyncio

EVERYTHING = ConversationFilter()


async def listed(services: Services, wanted: ConversationFilter, agent_id: str = "sue") -> list[str]:
    page = await list_conversations(services, principal(services, agent_id), wanted, None, 10)
    return [view.conversation_id for view in page.conversations]


async def test_conversations_are_listed_in_pages_newest_first(services: Services) -> None:
    ids = [await start(services) for _ in range(3)]
    sue = principal(services, "sue")
    first = await list_conversations(services, sue, EVERYTHING, None, 2)
    assert ([view.conversation_id for view in first.conversations], first.next) == ([ids[2], ids[1]], ids[1])
    second = await list_conversations(services, sue, EVERYTHING, first.next, 2)
    assert ([view.conversation_id for view in second.conversations], second.next) == ([ids[0]], None)
    with refused(services, RefusalCode.INVALID_INPUT, "after"):
        await list_conversations(services, sue, EVERYTHING, new_id(), 2)


async def test_the_list_holds_the_conversations_that_the_agent_may_see(services: Services) -> None:
    mine = await serve(services)
    assert await start(services, "web") in await listed(services, EVERYTHING)
    assert await listed(services, EVERYTHING, "alice") == [mine]
    assert await listed(services, EVERYTHING, "bob") == []


@pytest.mark.parametrize(
    "wanted",
    [
        ConversationFilter(status="with_agent"),
        ConversationFilter(agent="alice"),
        ConversationFilter(label="refund"),
        ConversationFilter(hand_raised=True),
        ConversationFilter(text="HELLO"),
        ConversationFilter(queue="support", status="with_agent"),
    ],
)
async def test_the_list_holds_the_conversations_that_match_the_filter(
    services: Services, wanted: ConversationFilter
) -> None:
    conversation_id = await serve(services, text="Hello")
    await change_labels(services, conversation_id, agent_sender(services, "alice"), ["refund"], [])
    await raise_hand(services, conversation_id, "alice", True)
    await start(services, "web")
    assert await listed(services, wanted) == [conversation_id]


async def test_the_previous_conversations_of_the_customer_are_listed(services: Services) -> None:
    ids: list[str] = []
    for _ in range(3):
        presented = ids[-1] if ids else None
        begun = Start(channel="web-direct", request_digest="d", customer=Customer(id="c-7"), presented=presented)
        ids.append((await start_conversation(services, begun, CUSTOMER)).conversation_id)
        await end_by_customer(services, ids[-1])
    previous = list_previous(services, await find_conversation(services, ids[1]))
    assert [view.conversation_id for view in previous] == [ids[0]]
    assert await listed(services, ConversationFilter(customer="c-7")) == []
    assert await listed(services, ConversationFilter(text="c-7")) == ids[::-1]


async def test_a_task_is_explained_to_those_who_may_see_its_conversation(services: Services) -> None:
    conversation_id = await serve(services)
    task_id = (await find_conversation(services, conversation_id)).task_id or ""
    explanation = await explain_task(services, principal(services, "alice"), task_id)
    assert (explanation.conversation_id, explanation.queue) == (conversation_id, "support")
    assert explanation.decisions[0].type == "TaskQueued"
    assert any("Alice" in decision.sentence for decision in explanation.decisions)
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await explain_task(services, principal(services, "bob"), task_id)
    with refused(services, RefusalCode.NOT_FOUND):
        await explain_task(services, principal(services, "sue"), new_id())
