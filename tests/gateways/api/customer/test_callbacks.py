"""Callbacks: requests, their times and channels, and cancelling."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actors.router import Router
from schemas.events import AgentRequested, ConversationEnded, ConversationStarted
from schemas.identifiers import new_id
from schemas.instants import format_instant, parse_instant
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.hours import ALWAYS, NEVER, closed_for_days
from tests.gateways.tokens import claims_of

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PATH = "/customer/v1/callbacks"
ADA = {"name": "Ada", "phone": "+44 20 7946 0958"}


async def ask_for(centre: Centre, **body: Any) -> Answer:
    return await Caller(centre).post(PATH, {**ADA, **body})


def ahead(**how_far: float) -> datetime:
    return datetime.now(UTC) + timedelta(**how_far)


def calendared(calendar: dict[str, Any]) -> dict[str, Any]:
    return {"calendars": {"hours": calendar}, "queues": {"callback": {"mrd": "callback", "calendar": "hours"}}}


def started(centre: Centre) -> ConversationStarted:
    (event,) = [item.event for item in centre.committed if isinstance(item.event, ConversationStarted)]
    return event


def router(centre: Centre) -> Router:
    found = centre.services.queues.router("callback")
    assert found is not None
    return found


class TestAskingForACallback:
    async def test_without_a_time_goes_to_an_agent_at_once(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        answer = (await ask_for(centre, subject="My invoice", attributes={"page": "/prices"})).of(201)
        assert (answer["status"], answer["moved"]) == ("waiting_for_agent", False)
        (offer,) = await alice.offers()
        assert (offer["conversation_id"], offer["mrd"]) == (answer["conversation_id"], "callback")
        event = started(centre)
        assert (event.channel, event.direction) == ("callback", "outbound")
        assert (event.customer.name, event.customer.phone) == ("Ada", "+442079460958")
        assert event.attributes == {"page": "/prices", "subject": "My invoice"}
        customer = Customer(centre, answer)
        assert (await customer.state())["position"] == 1

    async def test_for_later_waits_for_its_time(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        wanted_at = ahead(days=3)
        answer = (await ask_for(centre, wanted_at=format_instant(wanted_at))).of(201)
        assert parse_instant(answer["wanted_at"]) == wanted_at
        assert not answer["moved"]
        assert started(centre).attributes == {"wanted_at": format_instant(wanted_at)}
        assert await alice.offers() == []
        assert "position" not in await Customer(centre, answer).state()
        assert [task.not_before for task in router(centre).tasks.values()] == [wanted_at]

    async def test_is_offered_when_its_time_has_come(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await ask_for(centre, wanted_at=format_instant(ahead(seconds=0.3)))
        await centre.recorded("TaskReserved")
        assert len(await alice.offers()) == 1

    async def test_takes_a_time_with_any_offset(self, centre: Centre) -> None:
        wanted_at = (ahead(days=1)).replace(microsecond=0)
        local = wanted_at.astimezone().isoformat()
        answer = (await ask_for(centre, wanted_at=local)).of(201)
        assert parse_instant(answer["wanted_at"]) == wanted_at
        assert not answer["moved"]

    @pytest.mark.parametrize(
        "wanted_at",
        [
            "2020-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-23:59",
            "0001-01-01T00:00:00+23:59",
            "2099-01-01T00:00:00",
            "tomorrow",
            "",
        ],
    )
    async def test_at_an_impossible_time_is_refused(self, centre: Centre, wanted_at: str) -> None:
        details = (await ask_for(centre, wanted_at=wanted_at)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["wanted_at"]

    async def test_too_far_ahead_is_refused(self, centre: Centre) -> None:
        details = (await ask_for(centre, wanted_at=format_instant(ahead(days=91)))).problem(422, "invalid_input")
        assert "90 days" in details.errors[0].message
        (await ask_for(centre, wanted_at=format_instant(ahead(days=89)))).of(201)

    @pytest.mark.parametrize(
        "phone",
        ["0660 1234567", "x", "+44", "+1 900 555 0123", "+43 660 1234567 ext. 5", "112", "+", "\u0000", "1" * 64],
    )
    async def test_to_a_number_that_cannot_be_called_is_refused(self, centre: Centre, phone: str) -> None:
        details = (await ask_for(centre, phone=phone)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["phone"]
        assert centre.services.journal.last_position() == centre.opened_at

    async def test_takes_a_number_of_the_calendars_country(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **calendared({**ALWAYS, "country": "AT"})) as centre:
            assert (await options(centre)).of(200)["country"] == "AT"
            (await ask_for(centre, phone="0660 1234567")).of(201)
            assert started(centre).customer.phone == "+436601234567"

    @pytest.mark.parametrize("name", ["subject", "wanted_at"])
    async def test_with_attributes_that_are_fields_of_their_own_is_refused(self, centre: Centre, name: str) -> None:
        details = (await ask_for(centre, attributes={name: "x"})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [f"attributes.{name}"]

    async def test_with_attributes_that_nest_too_deeply_is_refused(self, centre: Centre) -> None:
        deep: dict[str, Any] = {}
        for _ in range(100):
            deep = {"a": deep}
        details = (await ask_for(centre, attributes=deep)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["attributes"]


async def options(centre: Centre, query: str = "", **headers: str) -> Answer:
    return await Caller(centre).call("GET", f"/customer/v1/callback-options{query}", headers=headers)


class TestOptions:
    async def test_are_the_openings_of_the_next_days(self, tmp_path: Path) -> None:
        calendar, opens = closed_for_days(3)
        holiday = opens + timedelta(days=2)
        calendar = {**calendar, "holidays": [*calendar["holidays"], str(holiday.date())]}
        async with open_centre(tmp_path, **calendared(calendar)) as centre:
            answer = (await options(centre)).of(200)
            first, second = answer["openings"][:2]
            assert (parse_instant(first["start"]), parse_instant(first["end"])) == (opens, holiday)
            assert parse_instant(second["start"]) == holiday + timedelta(days=1)
            assert parse_instant(answer["openings"][-1]["end"]) <= ahead(days=14)
            assert parse_instant(answer["opens_at"]) == opens
            for start in (first["start"], second["start"]):
                assert not (await ask_for(centre, wanted_at=start)).of(201)["moved"]

    async def test_are_all_that_lies_ahead_without_a_calendar(self, centre: Centre) -> None:
        answer = (await options(centre)).of(200)
        (span,) = answer["openings"]
        assert parse_instant(span["start"]) <= ahead()
        assert timedelta(days=13) < parse_instant(span["end"]) - ahead() <= timedelta(days=14)
        assert {"opens_at", "country"} & set(answer) == set()

    async def test_are_none_where_nobody_ever_calls(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **calendared(NEVER)) as centre:
            answer = (await options(centre)).of(200)
            assert (answer["openings"], "opens_at" in answer) == ([], False)

    async def test_hold_the_calling_codes_by_which_numbers_are_taken(self, centre: Centre) -> None:
        codes = (await options(centre)).of(200)["calling_codes"]
        assert (codes["AT"], codes["US"], codes["CA"], len(codes) > 200) == ("43", "1", "1", True)
        (await ask_for(centre, phone=f"+{codes['AT']} 0660 1234567")).of(201)
        assert started(centre).customer.phone == "+436601234567"

    async def test_may_be_kept_for_a_minute(self, centre: Centre) -> None:
        assert (await options(centre, "?channel=callback")).headers["Cache-Control"] == "max-age=60"

    async def test_are_of_channels_for_callbacks_alone_and_for_their_origins(self, tmp_path: Path) -> None:
        channels = {"callback": {"queue": "callback", "kind": "callback", "allowed_origins": ["https://shop.example"]}}
        async with open_centre(tmp_path, channels=channels) as centre:
            for channel in ("web", "task", "nowhere"):
                (await options(centre, f"?channel={channel}")).problem(422, "invalid_input")
            (await options(centre, Origin="https://evil.example")).problem(403, "origin_not_allowed")
            (await options(centre, Origin="https://shop.example")).of(200)


async def ask_from(customer: Customer, **body: Any) -> Answer:
    """The customer of a conversation asks to be called back, with that conversation's token."""
    return await Caller(customer.centre, customer.token).post(PATH, {**ADA, **body})


class TestAskingWhileWaiting:
    async def test_keeps_the_place_in_the_line(self, centre: Centre) -> None:
        waiting = await Customer.start(centre)
        first = Customer(centre, (await ask_for(centre)).of(201))
        answer = (await ask_from(waiting)).of(201)
        assert not answer["moved"]
        assert parse_instant(answer["wanted_at"]) > ahead(minutes=-1)
        instead = Customer(centre, answer)
        assert ((await instead.state())["position"], (await first.state())["position"]) == (1, 2)
        requests = [item.event for item in await centre.recorded("AgentRequested", 3)]
        queued = [event.queued_at for event in requests if isinstance(event, AgentRequested)]
        assert queued[2] == queued[0] < queued[1]

    async def test_leaves_the_line_for_the_chat(self, centre: Centre) -> None:
        waiting = await Customer.start(centre)
        await ask_from(waiting, wanted_at=format_instant(ahead(days=3)))
        (ended,) = await centre.recorded("ConversationEnded")
        assert isinstance(ended.event, ConversationEnded)
        assert (ended.record.stream, ended.event.reason) == (waiting.stream, "callback_requested")
        assert (await waiting.state())["status"] == "ended"
        chats = centre.services.queues.router("chat")
        assert chats is not None
        assert chats.tasks == {}

    async def test_shows_the_agent_the_chat_before(self, centre: Centre) -> None:
        waiting = await Customer.start(centre, text="Where is my order?")
        await ask_from(waiting)
        alice = await Agent.ready(centre)
        task = await alice.accept_only_offer()
        conversation = (await alice.get(f"/agent/v1/conversations/{task['conversation_id']}")).of(200)
        assert [each["conversation_id"] for each in conversation["previous"]] == [waiting.id]

    async def test_is_possible_once(self, centre: Centre) -> None:
        waiting = await Customer.start(centre)
        await ask_for(centre)
        answers = await asyncio.gather(*(ask_from(waiting) for _ in range(5)))
        tasks = [Customer(centre, answer.of(201)) for answer in answers]
        positions = sorted([(await each.state())["position"] for each in tasks])
        assert positions == [1, 3, 4, 5, 6]

    async def test_repeated_gets_the_same_answer_and_ends_what_was_left_open(self, centre: Centre) -> None:
        waiting = await Customer.start(centre)
        body = {"id": new_id()}
        first = await ask_from(waiting, **body)
        again = await ask_from(waiting, **body)
        assert (again.replayed, again.content) == (True, first.content)
        assert len(await centre.recorded("ConversationEnded")) == 1

    async def test_for_a_later_callback_gets_one_now(self, centre: Centre) -> None:
        later = Customer(centre, (await ask_for(centre, wanted_at=format_instant(ahead(days=3)))).of(201))
        answer = (await ask_from(later)).of(201)
        assert (await Customer(centre, answer).state())["position"] == 1
        assert parse_instant(answer["wanted_at"]) <= ahead()
        assert (await later.state())["status"] == "ended"
        assert len(router(centre).tasks) == 1

    async def test_with_an_agent_leaves_the_chat_as_it_is(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        served = await Customer.start(centre)
        await alice.accept_only_offer()
        (await ask_from(served)).of(201)
        assert (await served.state())["status"] == "with_agent"

    async def test_with_a_token_that_is_none_is_as_without(self, centre: Centre) -> None:
        (await Caller(centre, "rubbish").post(PATH, ADA)).of(201)


class TestChannels:
    async def test_other_than_for_callbacks_are_refused(self, centre: Centre) -> None:
        for channel in ("web", "task", "nowhere"):
            details = (await ask_for(centre, channel=channel)).problem(422, "invalid_input")
            assert [error.path for error in details.errors] == ["channel"]

    async def test_for_callbacks_take_no_conversations(self, centre: Centre) -> None:
        for channel in ("callback", "task"):
            answer = await Caller(centre).post("/customer/v1/conversations", {"channel": channel})
            assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["channel"]

    async def test_may_be_several(self, tmp_path: Path) -> None:
        channels = {"vip-callback": {"queue": "sales", "kind": "callback"}}
        async with open_centre(tmp_path, channels=channels) as centre:
            answer = (await ask_for(centre, channel="vip-callback")).of(201)
            assert (await Customer(centre, answer).state())["queue"] == "sales"
            details = (await ask_for(centre)).problem(422, "invalid_input")
            assert "name one of callback, vip-callback" in details.errors[0].message

    async def test_are_open_to_their_origins(self, tmp_path: Path) -> None:
        channels = {"callback": {"queue": "callback", "kind": "callback", "allowed_origins": ["https://shop.example"]}}
        async with open_centre(tmp_path, channels=channels) as centre:
            (await Caller(centre).post(PATH, ADA, Origin="https://evil.example")).problem(403, "origin_not_allowed")
            (await Caller(centre).post(PATH, ADA, Origin="https://shop.example")).of(201)

    async def test_have_to_be_configured(self, tmp_path: Path) -> None:
        channels = {"callback": {"queue": "callback", "kind": "web"}}
        async with open_centre(tmp_path, channels=channels) as centre:
            details = (await ask_for(centre)).problem(422, "invalid_input")
            assert 'kind = "callback"' in details.detail


class TestBusinessHours:
    async def test_move_a_callback_to_the_next_opening(self, tmp_path: Path) -> None:
        calendar, opens = closed_for_days(3)
        async with open_centre(tmp_path, **calendared(calendar)) as centre:
            for wanted in ({}, {"wanted_at": format_instant(ahead(hours=1))}):
                answer = (await ask_for(centre, **wanted)).of(201)
                assert parse_instant(answer["wanted_at"]) == opens
                assert answer["moved"]
            at_opening = (await ask_for(centre, wanted_at=format_instant(opens))).of(201)
            assert not at_opening["moved"]
            assert {task.not_before for task in router(centre).tasks.values()} == {opens}

    async def test_that_never_come_refuse_a_callback(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, **calendared(NEVER)) as centre:
            (await ask_for(centre)).problem(409, "out_of_hours")
            (await ask_for(centre, wanted_at=format_instant(ahead(days=1)))).problem(409, "out_of_hours")


class TestRepeating:
    async def test_gets_the_same_answer_byte_for_byte(self, centre: Centre) -> None:
        body = {"id": new_id(), "wanted_at": format_instant(ahead(days=1)), "subject": "My invoice"}
        answers = await asyncio.gather(*(ask_for(centre, **body) for _ in range(10)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert sorted(answer.replayed for answer in answers) == [False] + [True] * 9
        assert len(await centre.recorded("ConversationStarted")) == 1

    async def test_gets_the_same_answer_after_the_wanted_time_and_the_end(self, centre: Centre) -> None:
        body = {"id": new_id(), "wanted_at": format_instant(ahead(seconds=0.2))}
        first = await ask_for(centre, **body)
        await Customer(centre, first.of(201)).end()
        wanted_at = parse_instant(body["wanted_at"])
        await eventually(lambda: centre.services.clock() > wanted_at)
        again = await ask_for(centre, **body)
        assert again.replayed
        assert (again.status, again.content) == (201, first.content)

    async def test_refuses_other_content_under_the_same_id(self, centre: Centre) -> None:
        id_ = new_id()
        (await ask_for(centre, id=id_)).of(201)
        (await ask_for(centre, id=id_, name="Grace")).problem(409, "id_conflict")
        (await Caller(centre).post("/customer/v1/conversations", {"channel": "web", "id": id_})).problem(
            409, "id_conflict"
        )


class TestCancelling:
    async def test_by_the_customers_token_takes_it_out_of_the_line(self, centre: Centre) -> None:
        customer = Customer(centre, (await ask_for(centre, wanted_at=format_instant(ahead(days=3)))).of(201))
        (await customer.end()).of(200)
        (ended,) = await centre.recorded("ConversationEnded")
        assert getattr(ended.event, "reason", None) == "cancelled"
        assert router(centre).tasks == {}
        assert (await customer.end()).replayed

    async def test_after_the_call_only_ends_the_conversation(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = Customer(centre, (await ask_for(centre)).of(201))
        await alice.accept_only_offer()
        await customer.end()
        (ended,) = await centre.recorded("ConversationEnded")
        assert getattr(ended.event, "reason", None) == "customer_left"

    async def test_is_possible_until_after_the_call(self, centre: Centre) -> None:
        answer = (await ask_for(centre, wanted_at=format_instant(ahead(days=80)))).of(201)
        expires = claims_of(answer["token"])["exp"]
        assert expires > time.time() + 80 * 24 * 3600


async def test_the_wait_for_the_wanted_time_does_not_count_as_a_wait_in_the_queue(centre: Centre) -> None:
    """A callback for next week does not change the estimate of how long others wait."""
    await ask_for(centre, wanted_at=format_instant(ahead(days=7)))
    assert router(centre).lines["callback"].busy_since is None
    await ask_for(centre)
    (later, now) = await centre.recorded("AgentRequested", 2)
    assert isinstance(later.event, AgentRequested)
    assert isinstance(now.event, AgentRequested)
    assert router(centre).lines["callback"].busy_since == now.event.queued_at
