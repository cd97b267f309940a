"""Answering offers, and picking tasks."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schemas.configuration import Queue, Step
from schemas.events import TaskQueued, TaskReserved
from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.routing import give_attributes, set_queue

pytestmark = pytest.mark.asyncio


class TestAccepting:
    async def test_makes_the_agent_take_part(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        answer = await alice.accept(offer["task_id"])
        assert not answer.replayed
        assert answer.of(200) == {"conversation_id": customer.id}
        assert (await customer.state())["status"] == "with_agent"
        (task,) = (await alice.me())["tasks"]
        assert task["state"] == "active"

    async def test_repeated_gets_the_same_answer(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        first, again = [await alice.accept(offer["task_id"]) for _ in range(2)]
        assert (first.replayed, again.replayed) == (False, True)
        assert (again.status, again.content) == (200, first.content)
        assert centre.types(customer.stream).count("AgentJoined") == 1

    async def test_is_won_by_one_of_many_clicks(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        await Customer.start(centre)
        (offer,) = await alice.offers()
        clicks = [agent.accept(offer["task_id"]) for agent in (alice, bob) * 10]
        answers = await asyncio.gather(*clicks)
        assert [answer.status for answer in answers] == [200, 409] * 10
        assert sum(answer.status == 200 and not answer.replayed for answer in answers) == 1
        assert len(await centre.recorded("AgentJoined")) == 1

    async def test_of_an_offer_to_someone_else_is_refused(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        await Customer.start(centre)
        (offer,) = await alice.offers()
        (await bob.accept(offer["task_id"])).problem(409, "offer_gone")
        await alice.accept(offer["task_id"])
        (await bob.accept(offer["task_id"])).problem(409, "offer_gone")
        (await bob.decline(offer["task_id"])).problem(409, "offer_gone")

    async def test_of_an_unknown_task_is_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        (await alice.accept(new_id())).problem(409, "offer_gone")
        (await alice.decline(new_id())).problem(409, "offer_gone")

    async def test_of_a_task_that_is_over_is_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        task = await alice.accept_only_offer()
        await alice.end(customer)
        (await alice.accept(task["task_id"])).problem(409, "offer_gone")

    async def test_too_late_is_refused_and_the_next_agent_asked(self, tmp_path: Path, quick_passwords: None) -> None:
        hasty = {"support": {"offer_timeout_seconds": 0.05}}
        async with open_centre(tmp_path, queues=hasty) as centre:
            alice = await Agent.ready(centre)
            bob = await Agent.log_in(centre, "bob")
            await Customer.start(centre)
            (offered,) = await centre.recorded("TaskReserved")
            await centre.recorded("OfferExpired")
            me = await alice.me()
            assert (me["state"], me["reason"], me["tasks"]) == ("not_ready", "rona", [])
            assert isinstance(offered.event, TaskReserved)
            (await alice.accept(offered.event.task_id)).problem(409, "offer_gone")
            async with bob.follow(await bob.position()) as feed:
                await bob.go("ready")
                await feed.until("TaskReserved", task_id=offered.event.task_id)


class TestDeclining:
    async def test_passes_the_task_on(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        answer = await alice.decline(offer["task_id"], reason="not my subject")
        assert answer.of(200) == {"conversation_id": customer.id}
        assert await alice.offers() == []
        assert [task["task_id"] for task in await bob.offers()] == [offer["task_id"]]
        assert (await alice.me())["state"] == "ready"

    async def test_needs_no_body(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        (offer,) = await alice.offers()
        assert (await alice.post(f"/agent/v1/tasks/{offer['task_id']}/decline")).status == 200

    async def test_of_an_accepted_task_is_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        task = await alice.accept_only_offer()
        (await alice.decline(task["task_id"])).problem(409, "offer_gone")


async def pickable(agent: Agent, query: str = "") -> list[Any]:
    tasks: list[Any] = (await agent.get(f"/agent/v1/tasks{query}")).of(200)["tasks"]
    return tasks


class TestPicking:
    @pytest_asyncio.fixture(autouse=True)
    async def _pulled(self, centre: Centre) -> None:
        await set_queue(centre, "support", Queue(mrd="chat", distribution="pull"))

    async def test_lists_waiting_tasks_in_order(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customers = [await Customer.start(centre, text=str(number)) for number in range(3)]
        assert await alice.offers() == []
        tasks = await pickable(alice)
        assert [task["conversation_id"] for task in tasks] == [customer.id for customer in customers]
        assert [task["position"] for task in tasks] == [1, 2, 3]
        assert [task["conversation"]["last_message"] for task in tasks] == ["0", "1", "2"]
        assert {(task["state"], task["queue"], task["mrd"]) for task in tasks} == {("queued", "support", "chat")}
        assert [task["position"] for task in await pickable(alice, "?limit=2")] == [1, 2]
        assert len(await pickable(alice, "?queue=support")) == 3
        assert await pickable(alice, "?queue=sales") == []

    async def test_of_an_unknown_queue_is_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        for query, path in (
            ("queue=nowhere", "queue"),
            ("queue=", "queue"),
            ("limit=0", "limit"),
            ("limit=x", "limit"),
        ):
            answer = await alice.get(f"/agent/v1/tasks?{query}")
            assert answer.problem(422, "invalid_input").errors[0].path == path

    async def test_takes_any_task_of_the_list_once(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        _, second = [await Customer.start(centre) for _ in range(2)]
        task_id = (await pickable(alice))[1]["task_id"]
        answers = await asyncio.gather(*(agent.accept(task_id) for agent in (alice, bob)))
        assert sorted(answer.status for answer in answers) == [200, 409]
        winner = next(answer for answer in answers if answer.status == 200)
        assert winner.json == {"conversation_id": second.id}
        assert (await second.state())["status"] == "with_agent"
        picker = alice if answers[0].status == 200 else bob
        assert (await picker.accept(task_id)).replayed
        assert len(await pickable(alice)) == 1

    async def test_needs_a_free_place(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        await Customer.start(centre)
        assert await pickable(alice) == []
        (queued,) = await centre.recorded("TaskQueued")
        assert isinstance(queued.event, TaskQueued)
        task_id = queued.event.task_id
        (await alice.accept(task_id)).problem(409, "agent_unavailable")
        await alice.go("ready")
        (await alice.accept(task_id)).of(200)

    async def test_needs_the_attributes_that_the_queue_asks_for(self, centre: Centre) -> None:
        await set_queue(
            centre, "support", Queue(mrd="chat", distribution="pull", steps=[Step(criterion="french >= 5")])
        )
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        assert await pickable(alice) == []
        (queued,) = await centre.recorded("TaskQueued")
        assert isinstance(queued.event, TaskQueued)
        task_id = queued.event.task_id
        (await alice.accept(task_id)).problem(403, "not_eligible")
        await give_attributes(centre, "alice", french=5)
        assert [task["task_id"] for task in await pickable(alice)] == [task_id]
        (await alice.accept(task_id)).of(200)

    async def test_of_a_task_that_is_offered_to_others_is_refused(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        await Customer.start(centre, queue="sales")
        (offer,) = await alice.offers()
        (await bob.accept(offer["task_id"])).problem(409, "offer_gone")
