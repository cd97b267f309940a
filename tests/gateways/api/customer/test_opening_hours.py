"""The Customer API out of hours."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.identifiers import new_id
from schemas.instants import format_instant, parse_instant
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.hours import ALWAYS, NEVER, closed_for_days

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


def closed(calendar: dict[str, Any] = NEVER) -> dict[str, Any]:
    """Settings by which the demo's queue ``support`` is closed."""
    support = {"mrd": "chat", "calendar": "hours"}
    return {"calendars": {"hours": calendar}, "queues": {"support": support}}


async def availability(centre: Centre, query: str) -> Answer:
    return await Caller(centre).get(f"/customer/v1/availability{query}")


class TestStarting:
    async def test_straight_to_a_closed_queue_is_refused_with_the_next_opening(self, tmp_path: Path) -> None:
        calendar, opens = closed_for_days(3)
        async with open_centre(tmp_path, **closed(calendar)) as centre:
            answer = await Caller(centre).post("/customer/v1/conversations", {"channel": "web-direct"})
            details = answer.problem(409, "out_of_hours")
            assert (details.opens_at, details.callback) == (opens, "callback")
            assert format_instant(opens) in details.detail
            assert centre.services.journal.last_position() == centre.opened_at

    async def test_names_no_opening_that_never_comes(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **closed()) as centre:
            answer = await Caller(centre).post("/customer/v1/conversations", {"channel": "web-direct"})
            assert answer.problem(409, "out_of_hours").opens_at is None

    async def test_may_go_to_another_queue_that_is_open(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **closed()) as centre:
            assert (await (await Customer.start(centre, queue="sales")).state())["queue"] == "sales"

    async def test_with_the_bot_is_possible_at_any_hour(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **closed()) as centre:
            assert (await (await Customer.start(centre, "web")).state())["status"] == "with_bot"

    async def test_repeated_after_closing_gets_the_same_answer(self, tmp_path: Path) -> None:
        body = {"channel": "web-direct", "id": new_id(), "text": "Hello"}
        async with open_centre(tmp_path, **closed(ALWAYS)) as centre:
            first = await Caller(centre).post("/customer/v1/conversations", body)
        async with open_centre(tmp_path, **closed()) as centre:
            again = await Caller(centre).post("/customer/v1/conversations", body)
            assert again.replayed
            assert (again.status, again.content) == (201, first.content)


class TestAskingForAnAgent:
    async def test_of_a_closed_queue_is_refused(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **closed()) as centre:
            customer = await Customer.start(centre, "web")
            details = (await customer.post(f"{customer.path}/agent-request")).problem(409, "out_of_hours")
            assert details.callback == "callback"
            assert (await customer.state())["status"] == "with_bot"
            (await customer.post(f"{customer.path}/agent-request", {"queue": "sales"})).of(200)

    async def test_repeated_after_closing_gets_the_same_answer(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **closed(ALWAYS)) as centre:
            customer = await Customer.start(centre, "web")
            (await customer.post(f"{customer.path}/agent-request")).of(200)
        async with open_centre(tmp_path, **closed()) as centre:
            later = Customer(centre, {"conversation_id": customer.id, "token": customer.token})
            assert (await later.post(f"{later.path}/agent-request")).replayed


class TestAvailability:
    async def test_holds_the_ready_agents_and_the_estimated_wait(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            nobody = (await availability(centre, "?channel=web-direct")).of(200)
            agents = {"agents_eligible": 5, "agents_logged_in": 0, "agents_ready": 0}
            assert nobody == {"open": True, "queue": "support", "waiting": 0, "callback": "callback", **agents}
            await Agent.ready(centre)
            ready = (await availability(centre, "?channel=web-direct")).of(200)
            assert (ready["agents_ready"], ready["estimated_wait_seconds"]) == (1, 0.0)
            for _ in range(5):
                await Customer.start(centre)
            busy = (await availability(centre, "?channel=web-direct")).of(200)
            assert (busy["waiting"], busy["agents_ready"], busy["agents_logged_in"]) == (2, 0, 1)

    async def test_holds_the_next_opening_of_a_closed_queue(self, tmp_path: Path) -> None:
        calendar, opens = closed_for_days(2)
        async with open_centre(tmp_path, **closed(calendar)) as centre:
            await Agent.ready(centre)
            answered = (await availability(centre, "?channel=web")).of(200)
            assert not answered["open"]
            assert parse_instant(answered["opens_at"]) == opens
            assert "estimated_wait_seconds" not in answered
            assert "closes_at" not in answered

    async def test_holds_the_next_closing_of_an_open_queue(self, tmp_path: Path) -> None:
        _, closes = closed_for_days(5)
        calendar = {**ALWAYS, "holidays": [str(closes.date())]}
        async with open_centre(tmp_path, **closed(calendar)) as centre:
            answered = (await availability(centre, "?channel=web")).of(200)
            assert answered["open"]
            assert parse_instant(answered["closes_at"]) == closes
            assert "opens_at" not in answered

    async def test_names_the_channel_for_callbacks_that_was_asked_for(self, tmp_path: Path) -> None:
        channels = {"vip-callback": {"queue": "sales", "kind": "callback"}}
        async with open_centre(tmp_path, channels=channels) as centre:
            for channel in ("callback", "vip-callback"):
                answered = (await availability(centre, f"?channel={channel}")).of(200)
                assert answered["callback"] == channel

    async def test_may_be_kept_for_some_seconds(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            answer = await availability(centre, "?channel=web")
            assert answer.headers["Cache-Control"] == "max-age=5"

    @pytest.mark.parametrize(
        "query", ["", "?channel=", "?channel=nowhere", "?channel=%00", "?kanal=web", "?channel=task"]
    )
    async def test_of_a_channel_that_is_not_for_customers_is_refused(self, centre: Centre, query: str) -> None:
        details = (await availability(centre, query)).problem(422, "invalid_input")
        assert "channel" in [error.path for error in details.errors]

    async def test_is_only_for_callers_who_may_use_the_channel(self, tmp_path: Path) -> None:
        channels = {"sms": {"queue": "support", "kind": "connector"}, "shop": {"queue": "support"}}
        async with open_centre(tmp_path, channels=channels) as centre:
            (await availability(centre, "?channel=sms")).problem(401, "key_missing")
            caller = Caller(centre)
            elsewhere = await caller.call(
                "GET", "/customer/v1/availability?channel=shop", headers={"Origin": "https://evil.example"}
            )
            elsewhere.problem(403, "origin_not_allowed")


async def test_the_calendar_is_read_in_its_zone(tmp_path: Path) -> None:
    """A queue that opens at midnight in Kiritimati opens fourteen hours before midnight in UTC."""
    calendar, opens = closed_for_days(4)
    async with open_centre(tmp_path, **closed({**calendar, "zone": "Pacific/Kiritimati"})) as centre:
        answered = (await availability(centre, "?channel=web")).of(200)
        assert parse_instant(answered["opens_at"]) == datetime.fromtimestamp(
            opens.timestamp() - 14 * 3600, opens.tzinfo
        )
