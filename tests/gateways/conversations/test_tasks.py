"""Outside tasks, without HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from gateways.agents.offers import accept_task
from gateways.conversations.leaving import end_by_agent
from gateways.conversations.tasks import TaskWish, WorkItem, cancel_task, read_task, route_task
from gateways.services import Services
from schemas.actors import application_actor
from schemas.events import ConversationEnded, ConversationStarted
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, offered, ready, refused, types
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio

CRM = application_actor("crm")


async def route(services: Services, **fields: Any) -> tuple[WorkItem, bool]:
    wish = TaskWish(**{"queue": "support", "subject": "Damaged parcel", "request_digest": "d", **fields})
    return await route_task(services, wish, CRM)


async def test_a_task_waits_in_the_queue(services: Services) -> None:
    item, replayed = await route(services, attributes={"value": 120}, url="https://crm.example.com/4711")
    assert (item.state, item.queue, item.position, replayed) == ("queued", "support", 1, False)
    assert types(services, item.conversation_id) == ["ConversationStarted", "AgentRequested"]
    started = events(services, item.conversation_id)[0]
    assert isinstance(started, ConversationStarted)
    assert started.attributes == {"value": 120, "subject": "Damaged parcel", "url": "https://crm.example.com/4711"}
    assert {record.actor for record in services.journal.read_stream(f"conversation-{item.conversation_id}")} == {CRM}


async def test_a_task_is_done_by_an_agent(services: Services) -> None:
    await ready(services, "alice")
    item, _ = await route(services)
    assert (await offered(services, "alice")).task_id == item.task_id
    assert (await read_task(services, item.task_id, CRM)).state == "reserved"
    await accept_task(services, "alice", item.task_id)
    await eventually(lambda: "AgentJoined" in types(services, item.conversation_id))
    now = await read_task(services, item.task_id, CRM)
    assert (now.state, now.agent) == ("active", "alice")
    await end_by_agent(services, item.conversation_id, "alice")
    done = await read_task(services, item.task_id, CRM)
    assert (done.state, done.close_reason) == ("closed", "done")


async def test_a_task_is_cancelled(services: Services) -> None:
    item, _ = await route(services)
    for _ in range(2):
        await cancel_task(services, item.task_id, "crm", CRM)
    ended = [event for event in events(services, item.conversation_id) if isinstance(event, ConversationEnded)]
    assert [event.reason for event in ended] == ["cancelled"]
    assert (await read_task(services, item.task_id, CRM)).close_reason == "cancelled"


async def test_a_repeated_request_routes_one_task(services: Services) -> None:
    id_ = new_id()
    answers = [await route(services, id=id_) for _ in range(2)]
    assert [replayed for _, replayed in answers] == [False, True]
    assert {item.task_id for item, _ in answers} == {id_}
    with refused(services, RefusalCode.ID_CONFLICT):
        await route(services, id=id_, request_digest="another")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"queue": "nowhere"}, "queue"),
        ({"channel": "web"}, "channel"),
        ({"channel": "fax"}, "channel"),
        ({"attributes": {"url": "another"}}, "attributes.url"),
    ],
)
async def test_a_task_is_refused(services: Services, fields: dict[str, Any], path: str) -> None:
    with refused(services, RefusalCode.INVALID_INPUT, path):
        await route(services, **fields)


async def test_a_task_in_the_past_or_too_far_ahead_is_refused(services: Services) -> None:
    for away in (timedelta(seconds=-1), timedelta(days=366)):
        with refused(services, RefusalCode.INVALID_INPUT, "wanted_at"):
            await route(services, wanted_at=services.clock() + away)


async def test_an_unknown_task_is_not_found(services: Services) -> None:
    with refused(services, RefusalCode.NOT_FOUND):
        await read_task(services, new_id(), CRM)
    with refused(services, RefusalCode.NOT_FOUND):
        await cancel_task(services, new_id(), "crm", CRM)
