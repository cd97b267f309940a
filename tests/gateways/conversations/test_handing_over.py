"""Handing conversations over, and conferences, without HTTP."""

import pytest

from gateways.conversations.handing_over import HandOverWish, assist, transfer
from gateways.services import Services
from schemas.events import AgentRequested, AssistRequested, BotAssigned
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, offered, ready, refused, serve, start, types

pytestmark = pytest.mark.asyncio


async def test_a_transfer_to_a_queue(services: Services) -> None:
    conversation_id, task_id = await serve(services), new_id()
    await ready(services, "bob")
    done = await transfer(services, conversation_id, "alice", HandOverWish(queue="sales", note="hard", id=task_id))
    assert (done.task_id, done.replayed) == (task_id, False)
    assert types(services, conversation_id)[-2:] == ["AgentLeft", "AgentRequested"]
    requested = events(services, conversation_id)[-1]
    assert isinstance(requested, AgentRequested)
    assert (requested.queue.name, requested.task_id) == ("sales", task_id)
    assert (await offered(services, "bob")).direction == "transfer_direct"


async def test_a_transfer_to_a_bot(services: Services) -> None:
    conversation_id = await serve(services)
    done = await transfer(services, conversation_id, "alice", HandOverWish(bot="greeter"))
    assert done.task_id is None
    assert any(isinstance(event, BotAssigned) for event in events(services, conversation_id))


async def test_a_repeated_transfer_makes_one_task(services: Services) -> None:
    conversation_id, wish = await serve(services), HandOverWish(queue="sales", id=new_id())
    first, again = [await transfer(services, conversation_id, "alice", wish) for _ in range(2)]
    assert (first.replayed, again.replayed) == (False, True)
    assert types(services, conversation_id).count("AgentLeft") == 1
    with refused(services, RefusalCode.ID_CONFLICT):
        await transfer(services, conversation_id, "alice", wish._replace(note="new"))


async def test_a_conference_with_an_agent(services: Services) -> None:
    conversation_id = await serve(services)
    await ready(services, "bob")
    await assist(services, conversation_id, "alice", "conference", HandOverWish(agent="bob"))
    requested = events(services, conversation_id)[-1]
    assert isinstance(requested, AssistRequested)
    assert (requested.direction, requested.to_agent) == ("conference", "bob")
    assert (await offered(services, "bob")).direction == "conference"


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        (HandOverWish(), "to"),
        (HandOverWish(queue="sales", bot="greeter"), "to"),
        (HandOverWish(queue="nowhere"), "to.queue"),
        (HandOverWish(agent="nobody"), "to.agent"),
        (HandOverWish(bot="nobody"), "to.bot"),
    ],
)
async def test_a_transfer_is_refused(services: Services, wish: HandOverWish, path: str) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.INVALID_INPUT, path):
        await transfer(services, conversation_id, "alice", wish)


async def test_a_transfer_to_an_absent_agent_or_by_another_agent_is_refused(services: Services) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.AGENT_UNAVAILABLE):
        await transfer(services, conversation_id, "alice", HandOverWish(agent="bob"))
    with refused(services, RefusalCode.INVALID_INPUT, "to"):
        await assist(services, conversation_id, "alice", "consult", HandOverWish(bot="greeter"))
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await assist(services, conversation_id, "bob", "consult", HandOverWish(queue="sales"))
    with refused(services, RefusalCode.NOT_FOUND):
        await transfer(services, new_id(), "alice", HandOverWish(queue="sales"))
    other = await start(services)
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await transfer(services, other, "alice", HandOverWish(queue="sales"))
