"""Emptying a queue, without HTTP."""

import pytest

from gateways.agents.states import set_state
from gateways.configuration.changing import configure_item
from gateways.conversations.flushing import flush_queue
from gateways.conversations.handing_over import HandOverWish, transfer
from gateways.services import Services
from schemas.configuration import Team
from schemas.replies import RefusalCode
from tests.gateways.calling import principal, refused, serve, start, types
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio


async def test_flushing_ends_the_conversations_that_wait(services: Services) -> None:
    ids = [await start(services) for _ in range(3)]
    await eventually(lambda: services.queues.waiting("chat", "support") == 3)
    assert await flush_queue(services, principal(services, "sue"), "support") == 3
    await eventually(lambda: all(types(services, id_)[-1] == "ConversationEnded" for id_ in ids))


async def test_flushing_moves_tasks_to_another_queue(services: Services) -> None:
    conversation_id = await start(services)
    await eventually(lambda: services.queues.waiting("chat", "support") == 1)
    assert await flush_queue(services, principal(services, "sue"), "support", "sales") == 1
    await eventually(lambda: types(services, conversation_id)[-1] == "QueueChanged")
    assert services.queues.waiting("chat", "sales") == 1


async def test_flushing_is_refused(services: Services) -> None:
    sue = principal(services, "sue")
    for to in ("support", "nowhere", "callback"):
        with refused(services, RefusalCode.INVALID_INPUT, "to"):
            await flush_queue(services, sue, "support", to)
    with refused(services, RefusalCode.NOT_FOUND):
        await flush_queue(services, sue, "nowhere")
    with refused(services, RefusalCode.ROLE_MISSING):
        await flush_queue(services, principal(services, "alice"), "support")


async def test_a_supervisor_does_not_empty_a_queue_in_which_conversations_of_another_team_wait(
    services: Services,
) -> None:
    conversation_id = await serve(services, "alice")
    await set_state(services, "alice", "not_ready")
    await transfer(services, conversation_id, "alice", HandOverWish(queue="sales"))
    await eventually(lambda: list(services.queues.waiting_tasks("chat")))
    await configure_item(services, "service", Team(label="Service"), "agent:root")
    sue, root = principal(services, "sue"), principal(services, "root")
    with refused(services, RefusalCode.NOT_SUPERVISED):
        await flush_queue(services, sue, "sales")
    assert await flush_queue(services, sue, "support") == 0
    assert await flush_queue(services, root, "sales") == 1
