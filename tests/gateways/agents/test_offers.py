"""Offers, and tasks that agents pick, without HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gateways.agents.offers import accept_task, decline_task, list_waiting_tasks, note_of_task
from gateways.application.opening import open_services
from gateways.conversations.handing_over import HandOverWish, transfer
from gateways.services import Services
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import agent_types, log_in, offered, ready, refused, serve, start, types
from tests.gateways.centre import centre_settings, eventually

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def pulled(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """Agents pick from the queue ``support``."""
    queues = {"support": {"mrd": "chat", "distribution": "pull"}}
    async with open_services(centre_settings(tmp_path, queues=queues)) as opened:
        yield opened


async def test_an_offer_is_accepted_once(services: Services) -> None:
    await ready(services, "alice")
    conversation_id = await start(services)
    task = await offered(services, "alice")
    replies = [await accept_task(services, "alice", task.task_id) for _ in range(2)]
    assert [(reply.conversation_id, reply.replayed) for reply in replies] == [
        (conversation_id, False),
        (conversation_id, True),
    ]
    assert "TaskAccepted" in agent_types(services, "alice")
    await eventually(lambda: "AgentJoined" in types(services, conversation_id))


async def test_a_declined_offer_goes_to_another_agent(services: Services) -> None:
    await ready(services, "alice")
    await start(services)
    task = await offered(services, "alice")
    await ready(services, "bob")
    await decline_task(services, "alice", task.task_id, "busy")
    assert (await offered(services, "bob")).task_id == task.task_id
    with refused(services, RefusalCode.OFFER_GONE):
        await accept_task(services, "alice", task.task_id)


async def test_answers_to_an_unknown_offer_are_refused(services: Services) -> None:
    await ready(services, "alice")
    with refused(services, RefusalCode.OFFER_GONE):
        await accept_task(services, "alice", new_id())
    with refused(services, RefusalCode.OFFER_GONE):
        await decline_task(services, "alice", new_id())


async def test_a_task_has_the_note_of_the_agent_who_transfers(services: Services) -> None:
    conversation_id, task_id = await serve(services), new_id()
    wish = HandOverWish(queue="sales", note="a difficult one", id=task_id)
    await transfer(services, conversation_id, "alice", wish)
    assert note_of_task(services, conversation_id, task_id) == "a difficult one"
    assert note_of_task(services, conversation_id, new_id()) is None


async def test_a_waiting_task_is_picked(pulled: Services) -> None:
    await ready(pulled, "alice")
    first, _ = await start(pulled), await start(pulled)
    await eventually(lambda: len(list_waiting_tasks(pulled, "alice", "support", 10)) == 2)
    (waiting,) = list_waiting_tasks(pulled, "alice", None, 1)
    assert (waiting.task.conversation_id, waiting.conversation.conversation_id) == (first, first)
    await accept_task(pulled, "alice", waiting.task.task_id)
    await eventually(lambda: "AgentJoined" in types(pulled, first))
    with refused(pulled, RefusalCode.INVALID_INPUT, "queue"):
        list_waiting_tasks(pulled, "alice", "nowhere", 10)


async def test_an_agent_who_is_not_ready_picks_no_task(pulled: Services) -> None:
    await log_in(pulled, "alice")
    conversation_id = await start(pulled)
    await eventually(lambda: pulled.queues.waiting("chat", "support") == 1)
    view = pulled.conversations.get(conversation_id)
    assert view is not None
    with refused(pulled, RefusalCode.AGENT_UNAVAILABLE):
        await accept_task(pulled, "alice", view.task_id or "")
