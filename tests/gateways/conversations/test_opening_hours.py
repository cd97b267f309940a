"""The opening hours of queues, and the refusals while a queue is closed, without HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gateways.application.opening import open_services
from gateways.conversations.availability import availability_of, channel_for_customers
from gateways.conversations.closed_notice import closed_notice
from gateways.conversations.opening_hours import calendar_of, opening_at, opening_now, opens_at, out_of_hours
from gateways.conversations.reading import find_conversation
from gateways.conversations.requests import request_agent
from gateways.conversations.starting import Start, start_conversation
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.content import TextContent
from schemas.replies import RefusalCode
from tests.gateways.calling import refused, start
from tests.gateways.centre import centre_settings
from tests.gateways.hours import closed_for_days

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def closed(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """The queue ``support`` opens on the third day, at midnight in UTC."""
    calendar, _ = closed_for_days(3)
    queues = {"support": {"mrd": "chat", "calendar": "hours"}}
    async with open_services(centre_settings(tmp_path, calendars={"hours": calendar}, queues=queues)) as opened:
        yield opened


async def test_a_start_at_a_closed_queue_is_refused_with_the_next_opening(closed: Services) -> None:
    _, opens = closed_for_days(3)
    with refused(closed, RefusalCode.OUT_OF_HOURS):
        await start(closed)
    refusal = out_of_hours(closed, "support")
    assert refusal is not None
    assert refusal.more == {"opens_at": opens, "callback": "callback"}


async def test_a_start_with_a_bot_or_at_an_open_queue_is_possible(closed: Services) -> None:
    assert await start(closed, "web")
    elsewhere = Start(channel="web-direct", request_digest="d", queue="sales")
    assert (await start_conversation(closed, elsewhere, CUSTOMER)).status == "waiting_for_agent"


async def test_a_request_for_an_agent_of_a_closed_queue_is_refused_while_a_bot_answers(closed: Services) -> None:
    conversation_id = await start(closed, "web")
    with refused(closed, RefusalCode.OUT_OF_HOURS):
        await request_agent(closed, conversation_id, None, None)


async def test_openings(closed: Services) -> None:
    _, opens = closed_for_days(3)
    now = closed.clock()
    assert opening_at(closed, "support", now) == (False, opens, None)
    assert opening_at(closed, "support", opens + timedelta(hours=1)).open
    assert (opens_at(closed, "support", now), opens_at(closed, "support", opens)) == (opens, opens)
    assert (opening_at(closed, "sales", now).open, opens_at(closed, "sales", now)) == (True, now)
    assert out_of_hours(closed, "sales") is None
    assert (calendar_of(closed, "sales"), calendar_of(closed, "nowhere")) == (None, None)
    found = calendar_of(closed, "support")
    assert found is not None
    assert found.zone == "UTC"


async def test_the_opening_is_that_of_the_machines_clock(closed: Services) -> None:
    _, opens = closed_for_days(3)
    closed.clock.advance_to(opens + timedelta(hours=1))
    assert opening_now(closed, "support") == (False, opens, None)
    with refused(closed, RefusalCode.OUT_OF_HOURS):
        await start(closed)


async def test_the_notice_of_a_bot_names_the_opening(closed: Services) -> None:
    _, opens = closed_for_days(3)
    view = await find_conversation(closed, await start(closed, "web"))
    notice = closed_notice(closed, view, "support")
    assert isinstance(notice, TextContent)
    assert f"{opens:%Y-%m-%d} at 00:00 (UTC)" in notice.text
    assert closed_notice(closed, view, "sales") == TextContent("Our agents are not here now.")


async def test_availability_of_a_closed_queue_has_no_estimate(closed: Services) -> None:
    _, opens = closed_for_days(3)
    found = availability_of(closed, "web", channel_for_customers(closed, "web"))
    assert (found.open, found.opens_at, found.estimated_wait_seconds) == (False, opens, None)
    assert found.callback == "callback"
