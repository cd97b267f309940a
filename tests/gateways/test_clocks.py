"""A journal that is ahead of the machine's clock: that was ten days ahead once, for one write, and was set back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gateways.conversations.tasks import TaskWish, route_task
from schemas.instants import format_instant, parse_instant
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.tokens import claims_of

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

TEN_DAYS = timedelta(days=10)


@pytest_asyncio.fixture
async def ahead(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path) as centre:
        centre.services.clock.advance_to(datetime.now(UTC) + TEN_DAYS)
        await Customer.start(centre)
    async with open_centre(tmp_path) as centre:
        assert any("seconds behind the newest event" in message for message in caplog.messages)
        yield centre


async def test_a_token_that_was_just_given_out_opens_its_conversation(ahead: Centre) -> None:
    customer = await Customer.start(ahead, text="Hello")
    assert (await customer.state())["conversation_id"] == customer.id


async def test_a_repeated_start_gets_a_token_that_is_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was behind when the conversation started, and the first token has expired since it was put right."""
    async with open_centre(tmp_path) as centre:
        customer = await Customer.start(centre, id=(id_ := "0190a0b0-0000-7000-8000-000000000001"), text="Hello")
        monkeypatch.setattr(centre.services.clock, "machine", lambda: datetime.now(UTC) + TEN_DAYS)
        repeated = await Customer.start(centre, id=id_, text="Hello")
        assert repeated.id == customer.id
        assert claims_of(repeated.token or "")["exp"] > (datetime.now(UTC) + TEN_DAYS).timestamp()


async def test_an_agent_works_as_ever(ahead: Centre) -> None:
    alice = await Agent.ready(ahead)
    customer = await Customer.start(ahead, text="Hello")
    for offer in await alice.offers():
        (await alice.accept(offer["task_id"])).of(200)
    assert (await customer.state())["status"] == "with_agent"


async def test_a_callback_is_due_when_the_machines_clock_reads_the_wanted_time(ahead: Centre) -> None:
    wanted_at = datetime.now(UTC) + timedelta(hours=1)
    body = {"name": "Ada", "phone": "+44 20 7946 0958", "wanted_at": format_instant(wanted_at)}
    answer = (await Caller(ahead).post("/customer/v1/callbacks", body)).of(201)
    assert (parse_instant(answer["wanted_at"]), answer["moved"]) == (wanted_at, False)
    router = ahead.services.queues.router("callback")
    assert router is not None
    (task,) = router.tasks.values()
    assert task.not_before is not None
    assert abs(task.not_before - wanted_at - TEN_DAYS) < timedelta(seconds=60)
    exp = claims_of(answer["token"])["exp"]
    assert exp > (wanted_at + timedelta(days=7)).timestamp()


async def test_a_wanted_time_that_only_the_journal_has_passed_is_taken_for_tasks_too(ahead: Centre) -> None:
    wanted_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    wish = TaskWish(queue="support", subject="Parcel", request_digest="digest", wanted_at=wanted_at)
    task, _ = await route_task(ahead.services, wish, "application:crm")
    assert task.wanted_at == wanted_at


async def test_readiness_says_how_far_the_journal_is_ahead(ahead: Centre) -> None:
    answer = (await Caller(ahead).get("/readyz")).of(200)
    assert 863_900 < answer["clock_ahead_seconds"] <= 864_100
