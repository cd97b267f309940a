"""Asking for a callback, without HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from gateways.application.opening import open_services
from gateways.conversations.callbacks import CallbackWish, ScheduledCallback, callback_channel, request_callback
from gateways.conversations.requests import end_by_customer
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.events import ConversationEnded, ConversationStarted
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, types
from tests.gateways.centre import centre_settings
from tests.gateways.hours import NEVER, closed_for_days

pytestmark = pytest.mark.asyncio

PHONE = "+44 20 7946 0958"


async def request(services: Services, **fields: Any) -> ScheduledCallback:
    wanted = CallbackWish(**{"channel": "callback", "name": "Ada", "phone": PHONE, "request_digest": "d", **fields})
    return await request_callback(services, wanted, CUSTOMER)


@pytest_asyncio.fixture
async def closed(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """Services whose queue for callbacks opens on the third day."""
    calendar, _ = closed_for_days(3)
    queues = {"callback": {"mrd": "callback", "calendar": "hours"}}
    async with open_services(centre_settings(tmp_path, calendars={"hours": calendar}, queues=queues)) as opened:
        yield opened


async def test_a_callback_as_soon_as_possible(services: Services) -> None:
    scheduled = await request(services, subject="My invoice")
    assert (scheduled.status, scheduled.due, scheduled.moved) == ("waiting_for_agent", scheduled.started_at, False)
    assert types(services, scheduled.conversation_id) == ["ConversationStarted", "AgentRequested"]
    started = events(services, scheduled.conversation_id)[0]
    assert isinstance(started, ConversationStarted)
    assert (started.customer.name, started.customer.phone) == ("Ada", "+442079460958")
    assert started.attributes == {"subject": "My invoice"}


async def test_a_callback_at_a_wanted_time(services: Services) -> None:
    wanted_at = services.clock() + timedelta(hours=1)
    scheduled = await request(services, wanted_at=wanted_at)
    assert (scheduled.due, scheduled.moved) == (wanted_at, False)


async def test_a_callback_while_the_queue_is_closed_is_moved_to_its_opening(closed: Services) -> None:
    _, opens = closed_for_days(3)
    scheduled = await request(closed, wanted_at=closed.clock() + timedelta(hours=1))
    assert (scheduled.due, scheduled.moved) == (opens, True)


async def test_a_repeated_request_for_a_callback_gets_the_same_answer(services: Services) -> None:
    id_ = new_id()
    first, again = [await request(services, id=id_) for _ in range(2)]
    assert (first.replayed, again.replayed) == (False, True)
    assert (again.conversation_id, again.due) == (first.conversation_id, first.due)
    with refused(services, RefusalCode.ID_CONFLICT):
        await request(services, id=id_, request_digest="another")


async def test_a_callback_that_is_ended_before_the_call_is_cancelled(services: Services) -> None:
    scheduled = await request(services)
    await end_by_customer(services, scheduled.conversation_id)
    ended = events(services, scheduled.conversation_id)[-1]
    assert isinstance(ended, ConversationEnded)
    assert ended.reason == "cancelled"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"channel": "web"}, "channel"),
        ({"channel": "fax"}, "channel"),
        ({"phone": "12"}, "phone"),
        ({"attributes": {"subject": "another"}}, "attributes.subject"),
    ],
)
async def test_a_callback_is_refused(services: Services, fields: dict[str, Any], path: str) -> None:
    with refused(services, RefusalCode.INVALID_INPUT, path):
        await request(services, **fields)


async def test_a_callback_in_the_past_or_too_far_ahead_is_refused(services: Services) -> None:
    for away in (timedelta(seconds=-1), timedelta(days=91)):
        with refused(services, RefusalCode.INVALID_INPUT, "wanted_at"):
            await request(services, wanted_at=services.clock() + away)


async def test_a_callback_is_refused_when_the_queue_never_opens(tmp_path: Path, quick_passwords: None) -> None:
    queues = {"callback": {"mrd": "callback", "calendar": "hours"}}
    async with open_services(centre_settings(tmp_path, calendars={"hours": NEVER}, queues=queues)) as services:
        with refused(services, RefusalCode.OUT_OF_HOURS):
            await request(services)


async def test_the_only_channel_for_callbacks_need_not_be_named(services: Services) -> None:
    name, channel = callback_channel(services, None)
    assert (name, channel.kind) == ("callback", "callback")
