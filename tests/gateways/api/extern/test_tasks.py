"""Outside tasks are routed as conversations are, and read and cancelled by their ids."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from schemas.events import ConversationStarted, TaskQueued
from schemas.identifiers import new_id
from schemas.instants import format_instant, parse_instant
from schemas.records import conversation_stream
from tests.gateways.api.extern.conftest import KEY, KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/tasks"
CLAIM = {"queue": "support", "subject": "Damaged parcel"}


async def route(crm: Caller, **body: Any) -> Answer:
    return await crm.post(PATH, {**CLAIM, **body})


async def state(crm: Caller, task: dict[str, Any]) -> Any:
    return (await crm.get(f"{PATH}/{task['task_id']}")).of(200)


def at_work(centre: Centre, task: dict[str, Any]) -> Customer:
    """The task's conversation, so that an agent can act in it."""
    return Customer(centre, {"conversation_id": task["conversation_id"], "token": None})


def ahead(**how_far: float) -> str:
    return format_instant(datetime.now(UTC) + timedelta(**how_far))


class TestRouting:
    async def test_puts_the_task_into_the_line(self, centre: Centre, crm: Caller) -> None:
        first = (await route(crm)).of(201)
        second = (await route(crm)).of(201)
        assert (first["state"], first["queue"], first["mrd"]) == ("queued", "support", "chat")
        assert [first["position"], second["position"]] == [1, 2]
        record = centre.services.journal.read_stream(conversation_stream(first["conversation_id"]))[0]
        assert record.actor == "application:crm"

    async def test_shows_agents_the_subject_and_the_url(self, centre: Centre, crm: Caller) -> None:
        url = "https://crm.example.com/claims/4711?a=1#b"
        customer = {"id": "c-7", "name": "Ada"}
        await route(crm, url=url, attributes={"value": 120}, customer=customer, priority=9)
        (started,) = await centre.recorded("ConversationStarted")
        (queued,) = await centre.recorded("TaskQueued")
        assert isinstance(started.event, ConversationStarted)
        assert isinstance(queued.event, TaskQueued)
        assert started.event.attributes == {"value": 120, "subject": "Damaged parcel", "url": url}
        assert (started.event.channel, started.event.direction) == ("task", "inbound")
        assert (started.event.customer.id, queued.event.priority) == ("c-7", 9)

    async def test_puts_the_more_urgent_task_first(self, centre: Centre, crm: Caller) -> None:
        await route(crm)
        urgent = (await route(crm, priority=10)).of(201)
        assert urgent["position"] == 1
        alice = await Agent.ready(centre)
        assert (await alice.offers())[0]["task_id"] == urgent["task_id"]

    async def test_for_later_waits_for_its_time(self, centre: Centre, crm: Caller) -> None:
        alice = await Agent.ready(centre)
        wanted_at = ahead(days=30)
        task = (await route(crm, wanted_at=wanted_at)).of(201)
        assert task["state"] == "queued"
        assert parse_instant(task["wanted_at"]) == parse_instant(wanted_at)
        assert "position" not in task
        assert await alice.offers() == []

    async def test_for_later_is_answered_with_its_time_in_utc(self, crm: Caller) -> None:
        there = datetime.now(timezone(timedelta(hours=2))) + timedelta(days=30)
        task = (await route(crm, wanted_at=there.isoformat())).of(201)
        assert task["wanted_at"].endswith("Z")
        assert parse_instant(task["wanted_at"]) == there

    async def test_is_offered_when_its_time_has_come(self, centre: Centre, crm: Caller) -> None:
        await Agent.ready(centre)
        task = (await route(crm, wanted_at=ahead(seconds=0.3))).of(201)
        await centre.recorded("TaskReserved")
        answered = await state(crm, task)
        assert (answered["state"], answered["agent"]) == ("reserved", "alice")
        assert "wanted_at" not in answered

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("queue", "nowhere"),
            ("channel", "web"),
            ("channel", "nowhere"),
            ("priority", 0),
            ("priority", 11),
            ("priority", 5.5),
            ("url", "javascript:alert(1)"),
            ("url", "https://"),
            ("url", "https://x y"),
            ("url", "https://x\n"),
            ("url", "x" * 2049),
            ("wanted_at", "2020-01-01T00:00:00Z"),
            ("wanted_at", "2099-01-01T00:00:00Z"),
            ("wanted_at", "2099-01-01T00:00:00"),
            ("subject", ""),
            ("subject", " \n"),
            ("subject", "a\0b"),
            ("subject", "x" * 257),
        ],
    )
    async def test_with_an_invalid_field_is_refused(self, centre: Centre, crm: Caller, field: str, value: Any) -> None:
        details = (await route(crm, **{field: value})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [field]
        assert centre.services.journal.last_position() == centre.opened_at

    @pytest.mark.parametrize("name", ["subject", "url", "wanted_at"])
    async def test_with_attributes_that_are_fields_of_their_own_is_refused(self, crm: Caller, name: str) -> None:
        details = (await route(crm, attributes={name: "x"})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [f"attributes.{name}"]

    @pytest.mark.parametrize("place", ["attributes", "customer.attributes"])
    async def test_with_attributes_that_nest_too_deeply_is_refused(self, crm: Caller, place: str) -> None:
        deep: dict[str, Any] = {}
        for _ in range(100):
            deep = {"a": deep}
        body = {"attributes": deep} if place == "attributes" else {"customer": {"attributes": deep}}
        details = (await route(crm, **body)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [place]

    async def test_needs_a_channel_for_tasks(self, tmp_path: Path, quick_passwords: None) -> None:
        channels = {"task": {"queue": "support", "kind": "web"}}
        async with open_centre(tmp_path, api_keys=KEYS, channels=channels) as centre:
            details = (await route(Caller(centre, KEY))).problem(422, "invalid_input")
            assert 'kind = "task"' in details.detail


class TestRepeating:
    async def test_routes_once_however_many_ask_at_once(self, centre: Centre, crm: Caller) -> None:
        body = {"id": new_id(), "wanted_at": ahead(days=1)}
        answers = await asyncio.gather(*(route(crm, **body) for _ in range(10)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert sorted(answer.replayed for answer in answers) == [False] + [True] * 9
        assert len(await centre.recorded("ConversationStarted")) == 1

    async def test_answers_the_state_of_the_task_at_that_time(self, centre: Centre, crm: Caller) -> None:
        id_ = new_id()
        first = (await route(crm, id=id_)).of(201)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        again = await route(crm, id=id_)
        assert again.replayed
        assert (again.of(201)["state"], again.json["conversation_id"]) == ("active", first["conversation_id"])

    async def test_refuses_other_content_under_the_same_id(self, crm: Caller) -> None:
        id_ = new_id()
        (await route(crm, id=id_)).of(201)
        (await route(crm, id=id_, subject="Lost parcel")).problem(409, "id_conflict")


class TestTaskState:
    async def test_changes_from_queued_to_closed(self, tmp_path: Path, quick_passwords: None) -> None:
        support = {"mrd": "chat", "wrap_up_seconds": 600}
        async with open_centre(tmp_path, api_keys=KEYS, queues={"support": support}) as centre:
            crm = Caller(centre, KEY)
            task = (await route(crm)).of(201)
            answered = [await state(crm, task)]
            alice = await Agent.ready(centre)
            answered.append(await state(crm, task))
            await alice.accept_only_offer()
            answered.append(await state(crm, task))
            await alice.end(at_work(centre, task))
            answered.append(await state(crm, task))
            await alice.post(alice.path(at_work(centre, task), "wrap-up"), {"codes": []})
            answered.append(await state(crm, task))
            assert [each["state"] for each in answered] == ["queued", "reserved", "active", "wrap_up", "closed"]
            assert [each.get("agent") for each in answered] == [None, *["alice"] * 4]
            assert [each.get("position") for each in answered] == [1, 1, None, None, None]
            assert [each.get("close_reason") for each in answered] == [None] * 4 + ["done"]

    async def test_is_known_after_a_restart(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path / "data", api_keys=KEYS) as centre:
            task = (await route(Caller(centre, KEY))).of(201)
        async with open_centre(tmp_path / "data", api_keys=KEYS) as centre:
            assert await state(Caller(centre, KEY), task) == task

    async def test_is_queued_again_when_the_agent_logs_out(self, centre: Centre, crm: Caller) -> None:
        task = (await route(crm)).of(201)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        await alice.log_out()
        answered = await state(crm, task)
        assert (answered["state"], answered["position"], answered["agent"]) == ("queued", 1, "alice")

    async def test_of_a_customers_task_is_not_found(self, centre: Centre, crm: Caller) -> None:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        (offer,) = await alice.offers()
        (await crm.get(f"{PATH}/{offer['task_id']}")).problem(404, "not_found")
        (await crm.call("DELETE", f"{PATH}/{offer['conversation_id']}")).problem(404, "not_found")


class TestCancelling:
    async def test_takes_the_task_out_of_the_line(self, centre: Centre, crm: Caller) -> None:
        task = (await route(crm, wanted_at=ahead(days=1))).of(201)
        for _ in range(2):
            answer = await crm.call("DELETE", f"{PATH}/{task['task_id']}")
            assert (answer.status, answer.content) == (204, b"")
        answered = await state(crm, task)
        assert (answered["state"], answered["close_reason"]) == ("closed", "cancelled")
        router = centre.services.queues.router("chat")
        assert router is not None
        assert router.tasks == {}

    async def test_takes_it_from_the_agent(self, centre: Centre, crm: Caller) -> None:
        task = (await route(crm)).of(201)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        await crm.call("DELETE", f"{PATH}/{task['task_id']}")
        assert (await alice.me())["tasks"] == []

    async def test_of_a_finished_task_changes_nothing(self, centre: Centre, crm: Caller) -> None:
        task = (await route(crm)).of(201)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        await alice.end(at_work(centre, task))
        assert (await crm.call("DELETE", f"{PATH}/{task['task_id']}")).status == 204
        assert (await state(crm, task))["close_reason"] == "done"


class TestTheTaskOfAnotherApplication:
    async def test_is_as_if_it_did_not_exist(self, centre: Centre, crm: Caller, erp: Caller) -> None:
        task = (await route(crm, id=new_id())).of(201)
        missing = (await erp.get(f"{PATH}/{new_id()}")).problem(404, "not_found")
        for method in ("GET", "DELETE"):
            refused = await erp.call(method, f"{PATH}/{task['task_id']}")
            assert refused.problem(404, "not_found").detail == missing.detail
        assert (await state(crm, task))["state"] == "queued"

    async def test_is_not_told_by_its_repetition(self, centre: Centre, crm: Caller, erp: Caller) -> None:
        id_ = new_id()
        (await route(crm, id=id_)).of(201)
        (await route(erp, id=id_)).problem(409, "id_conflict")
        assert (await route(crm, id=id_)).replayed

    async def test_and_the_conversation_of_a_customer_are_no_tasks(self, centre: Centre, crm: Caller) -> None:
        id_ = new_id()
        customer = await Customer.start(centre, id=id_)
        for method in ("GET", "DELETE"):
            for known in (id_, customer.id):
                (await crm.call(method, f"{PATH}/{known}")).problem(404, "not_found")
