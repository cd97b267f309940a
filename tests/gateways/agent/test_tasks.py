"""Answering offers."""

import asyncio
from pathlib import Path

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


class TestAccepting:
    async def test_brings_the_agent_in(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        answer = await alice.accept(offer["task_id"])
        assert not answer.replayed
        assert answer.of(200) == {"conversation_id": customer.id}
        assert (await customer.state())["status"] == "with_agent"
        (task,) = (await alice.me())["tasks"]
        assert task["state"] == "active"

    async def test_twice_is_answered_as_before(self, centre: Centre) -> None:
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

    async def test_of_what_never_was_is_refused(self, centre: Centre) -> None:
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
            task_id: str = offered.event.task_id  # type: ignore[attr-defined]
            (await alice.accept(task_id)).problem(409, "offer_gone")
            async with bob.follow(await bob.position()) as feed:
                await bob.go("ready")
                await feed.until("TaskReserved", task_id=task_id)


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

    async def test_of_what_is_accepted_is_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        task = await alice.accept_only_offer()
        (await alice.decline(task["task_id"])).problem(409, "offer_gone")
