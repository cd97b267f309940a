"""Queues that nobody serves, without HTTP: agents are refused unless they override it, and everybody can see it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
import pytest_asyncio

from gateways.application.opening import open_services
from gateways.configuration.changing import configure_item
from gateways.conversations.availability import availability_of, channel_for_customers
from gateways.conversations.flushing import flush_queue
from gateways.conversations.handing_over import HandOverWish, assist, transfer
from gateways.conversations.queue_standings import QueueStanding, list_queues
from gateways.conversations.tasks import TaskWish, route_task
from gateways.services import Services
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import offered, principal, ready, refused, serve, start
from tests.gateways.centre import centre_settings, eventually
from tests.gateways.hours import closed_for_days

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def services(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """Beside the demo's queues: one that is closed, one for which nobody has the attributes, one for Alice alone."""
    calendar, _ = closed_for_days(3)
    sections: dict[str, Any] = {
        "calendars": {"hours": calendar},
        "attributes": {"klingon": {"type": "boolean"}, "latin": {"type": "boolean"}},
        "queues": {
            "closed": {"mrd": "chat", "calendar": "hours"},
            "klingon": {"mrd": "chat", "steps": [{"criterion": "klingon"}]},
            "latin": {"mrd": "chat", "steps": [{"criterion": "latin"}]},
        },
        "agents": {"alice": {"name": "Alice", "attributes": {"latin": True}}},
    }
    async with open_services(centre_settings(tmp_path, **sections)) as opened:
        yield opened


def standing(services: Services, queue: str) -> QueueStanding:
    return next(each for each in list_queues(services) if each.queue == queue)


NOWHERE = [("closed", RefusalCode.OUT_OF_HOURS), ("klingon", RefusalCode.NOBODY_ELIGIBLE)]


@pytest.mark.parametrize(("queue", "code"), NOWHERE)
async def test_a_transfer_into_nowhere_needs_an_override(services: Services, queue: str, code: RefusalCode) -> None:
    conversation_id, wish = await serve(services), HandOverWish(queue=queue, id=new_id())
    with refused(services, code):
        await transfer(services, conversation_id, "alice", wish)
    overridden = wish._replace(override=True)
    assert (await transfer(services, conversation_id, "alice", overridden)).task_id == wish.id
    assert (await transfer(services, conversation_id, "alice", wish)).replayed


@pytest.mark.parametrize("direction", ["consult", "conference"])
@pytest.mark.parametrize(("queue", "code"), [*NOWHERE, ("latin", RefusalCode.NOBODY_ELIGIBLE)])
async def test_help_from_nowhere_needs_an_override(
    services: Services, queue: str, code: RefusalCode, direction: Literal["consult", "conference"]
) -> None:
    """Alice is the only one who may serve latin, and cannot help herself."""
    conversation_id = await serve(services)
    with refused(services, code):
        await assist(services, conversation_id, "alice", direction, HandOverWish(queue=queue))
    await assist(services, conversation_id, "alice", direction, HandOverWish(queue=queue, override=True))


async def test_a_transfer_comes_back_to_the_only_agent_who_may_take_it(services: Services) -> None:
    conversation_id = await serve(services)
    done = await transfer(services, conversation_id, "alice", HandOverWish(queue="latin"))
    assert (await offered(services, "alice")).task_id == done.task_id


@pytest.mark.parametrize(("queue", "code"), NOWHERE)
async def test_a_flush_into_nowhere_needs_an_override(services: Services, queue: str, code: RefusalCode) -> None:
    await start(services)
    sue = principal(services, "sue")
    with refused(services, code):
        await flush_queue(services, sue, "support", queue)
    assert await flush_queue(services, sue, "support", queue, override=True) == 1


async def test_work_for_nobody_needs_an_override(services: Services) -> None:
    wish = TaskWish(queue="klingon", subject="Translate", request_digest="d", id=new_id())
    with refused(services, RefusalCode.NOBODY_ELIGIBLE):
        await route_task(services, wish, "application:crm")
    overridden = TaskWish(queue="klingon", subject="Translate", request_digest="d", id=wish.id, override=True)
    item, _ = await route_task(services, overridden, "application:crm")
    assert item.task_id == wish.id
    assert (await route_task(services, wish, "application:crm"))[1], "a repetition is not asked again"


async def test_queues_say_who_is_there(services: Services) -> None:
    closed, klingon, latin = (standing(services, queue) for queue in ("closed", "klingon", "latin"))
    assert (closed.open, closed.opens_at is None, closed.estimated_wait_seconds) == (False, False, None)
    assert (klingon.open, klingon.agents_eligible, latin.agents_eligible) == (True, 0, 1)
    assert (latin.agents_logged_in, latin.agents_ready, latin.free_slots) == (0, 0, 0)
    await ready(services, "alice")
    await eventually(lambda: standing(services, "latin").agents_ready)
    latin = standing(services, "latin")
    assert (latin.agents_logged_in, latin.free_slots, latin.estimated_wait_seconds) == (1, 3, 0.0)


async def test_an_agent_who_is_disabled_serves_no_queue(services: Services) -> None:
    alice = services.configuration.agents["alice"]
    await configure_item(services, "alice", msgspec.structs.replace(alice, disabled=True), "agent:root")
    await eventually(lambda: standing(services, "latin").agents_eligible == 0)


async def test_customers_see_that_nobody_is_there(services: Services) -> None:
    channel = channel_for_customers(services, "web")
    before = availability_of(services, "web", channel)
    assert before.agents_eligible > 0
    assert (before.agents_logged_in, before.agents_ready, before.estimated_wait_seconds) == (0, 0, None)
