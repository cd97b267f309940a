"""Emptying a queue, without HTTP."""

import pytest

from gateways.conversations.flushing import flush_queue
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import principal, refused, start, types
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
