"""Handing conversations over, consults and conferences."""

import asyncio
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Customer

pytestmark = pytest.mark.asyncio


async def hand(agent: Agent, customer: Customer, how: str, to: dict[str, Any], **more: Any) -> Answer:
    return await agent.post(agent.path(customer, how), {"to": to, **more})


async def with_alice(centre: Centre, **body: Any) -> tuple[Customer, Agent]:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, **body)
    await alice.accept_only_offer()
    return customer, alice


async def roles(agent: Agent, customer: Customer) -> dict[str, str]:
    detail = (await agent.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    participants = detail["conversation"]["participants"]
    return {each["id"]: each["role"] for each in participants if each["type"] == "agent"}


class TestTransfers:
    async def test_to_a_queue_reach_one_of_its_agents_with_the_note(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        bob = await Agent.ready(centre, "bob")
        async with bob.follow(await bob.position()) as feed:
            id_ = new_id()
            answer = await hand(alice, customer, "transfer", {"queue": "sales"}, note="wants more", id=id_)
            assert answer.of(200)["task_id"] == id_
            assert (await feed.until("TaskReserved"))["data"]["direction"] == "transfer_direct"
            (offer,) = await bob.offers()
            assert (offer["task_id"], offer["queue"], offer["note"]) == (id_, "sales", "wants more")
            await bob.accept(id_)
            accepted = await feed.until("TaskAccepted")
        assert {"task_id", "conversation_id", "mrd", "queue"} <= set(accepted["data"])
        assert await roles(bob, customer) == {"bob": "primary"}
        assert "wants more" not in str(await customer.events())
        assert [task for task in (await alice.me())["tasks"] if task["conversation_id"] == customer.id] == []

    async def test_repeated_get_the_same_answer(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        await Agent.on_shift(centre, "bob")
        id_ = new_id()
        answers = await asyncio.gather(*(hand(alice, customer, "transfer", {"agent": "bob"}, id=id_) for _ in range(5)))
        assert [answer.status for answer in answers] == [200] * 5
        assert [answer.replayed for answer in answers].count(False) == 1
        assert centre.types(customer.stream).count("AgentLeft") == 1
        assert (await hand(alice, customer, "transfer", {"agent": "bob"}, id=id_)).replayed
        for to, more in (({"queue": "sales"}, {}), ({"agent": "bob"}, {"note": "new"})):
            (await hand(alice, customer, "transfer", to, id=id_, **more)).problem(409, "id_conflict")

    async def test_with_the_id_of_another_task_are_refused(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        own = (await alice.me())["tasks"][0]["task_id"]
        await Customer.start(centre)
        (offer,) = await alice.offers()
        for id_ in (own, offer["task_id"]):
            (await hand(alice, customer, "transfer", {"queue": "sales"}, id=id_)).problem(409, "id_conflict")
        assert await roles(alice, customer) == {"alice": "primary"}

    async def test_to_an_agent_wait_for_that_agent_first(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre, queue="sales")
        await Agent.ready(centre, "carol")
        bob = await Agent.ready(centre, "bob")
        (await hand(alice, customer, "transfer", {"agent": "bob"})).of(200)
        (offer,) = await bob.offers()
        assert (offer["queue"], offer["conversation_id"]) == ("sales", customer.id)

    async def test_to_an_absent_agent_are_refused(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        (await hand(alice, customer, "transfer", {"agent": "bob"})).problem(409, "agent_unavailable")
        bob = await Agent.on_shift(centre, "bob")
        await bob.log_out()
        (await hand(alice, customer, "transfer", {"agent": "bob"})).problem(409, "agent_unavailable")
        (await hand(alice, customer, "transfer", {"agent": "alice"})).problem(409, "already_takes_part")

    async def test_to_a_bot_give_it_the_answer(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        answer = await hand(alice, customer, "transfer", {"bot": "greeter"}, note="only small talk")
        assert set(answer.of(200)) == {"version"}
        assert (await customer.state())["status"] == "with_bot"
        assert (await hand(alice, customer, "transfer", {"bot": "greeter"})).replayed
        assert [event["data"] for event in await customer.events() if event["type"] == "BotAssigned"] == [
            {"bot": "greeter"}
        ]

    @pytest.mark.parametrize(
        ("to", "path"),
        [
            ({}, "to"),
            ({"queue": "sales", "agent": "bob"}, "to"),
            ({"queue": None, "agent": None}, "to"),
            ({"queue": "nowhere"}, "to.queue"),
            ({"agent": "nobody"}, "to.agent"),
            ({"bot": "hal"}, "to.bot"),
            ({"queue": "Ünknown"}, "to.queue"),
        ],
    )
    async def test_to_an_invalid_target_are_refused(self, centre: Centre, to: dict[str, Any], path: str) -> None:
        customer, alice = await with_alice(centre)
        answer = await hand(alice, customer, "transfer", to)
        assert answer.problem(422, "invalid_input").errors[0].path == path

    async def test_by_other_agents_are_refused(self, centre: Centre) -> None:
        customer, _ = await with_alice(centre)
        bob = await Agent.ready(centre, "bob")
        for how in ("transfer", "consult", "conference"):
            (await hand(bob, customer, how, {"queue": "sales"})).problem(403, "not_participant")

    async def test_after_the_end_are_refused(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        await customer.end()
        for how in ("transfer", "consult", "conference"):
            (await hand(alice, customer, how, {"queue": "sales"})).problem(409, "conversation_ended")


class TestConsults:
    async def test_are_not_seen_by_the_customer_until_they_take_over(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        bob = await Agent.ready(centre, "bob")
        before = await customer.events()
        (await hand(alice, customer, "consult", {"agent": "bob"}, note="is this right?")).of(200)
        task = await bob.accept_only_offer()
        assert (task["direction"], task["note"]) == ("consult", "is this right?")
        assert await roles(alice, customer) == {"alice": "primary", "bob": "consultant"}
        (await bob.write(customer, "can you hear me?")).problem(403, "not_participant")
        (await bob.post(bob.path(customer, "typing"), {"active": True})).problem(403, "not_participant")
        (await bob.note(customer, "yes, it is")).of(201)
        (await bob.end(customer)).problem(403, "not_primary")
        (await hand(bob, customer, "transfer", {"queue": "sales"})).problem(403, "not_primary")
        assert await customer.events() == before
        assert {each["type"] for each in (await customer.state())["participants"]} == {"customer", "agent"}
        assert len((await customer.state())["participants"]) == 2
        assert "Bob" not in str((await customer.get(f"{customer.path}/transcript")).json)
        async with customer.follow(before[-1]["version"]) as feed:
            (await hand(alice, customer, "transfer", {"agent": "bob"})).of(200)
            assert (await feed.next())["type"] == "AgentLeft"
            joined = await feed.next()
        assert (joined["type"], joined["data"]["agent_name"]) == ("AgentJoined", "Bob")
        assert "Bob joined" in str((await customer.get(f"{customer.path}/transcript")).json)
        (await bob.write(customer, "now you can")).of(201)

    async def test_become_conferences(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        bob = await Agent.ready(centre, "bob")
        await hand(alice, customer, "consult", {"agent": "bob"})
        await bob.accept_only_offer()
        (await hand(alice, customer, "conference", {"agent": "bob"})).of(200)
        assert await roles(alice, customer) == {"alice": "primary", "bob": "assistant"}
        (await bob.write(customer, "hello")).of(201)
        (await hand(alice, customer, "consult", {"agent": "bob"})).problem(409, "already_takes_part")

    async def test_with_a_bot_are_refused(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        for how in ("consult", "conference"):
            answer = await hand(alice, customer, how, {"bot": "greeter"})
            assert answer.problem(422, "invalid_input").errors[0].path == "to"

    async def test_end_when_nobody_comes(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        bob = await Agent.ready(centre, "bob")
        async with alice.follow(await alice.position()) as feed:
            task_id = (await hand(alice, customer, "consult", {"agent": "bob"})).of(200)["task_id"]
            await bob.decline(task_id)
            await feed.until("AssistEnded", task_id=task_id)
        assert await roles(alice, customer) == {"alice": "primary"}


class TestLeaving:
    async def test_needs_an_assistant_who_goes_on(self, centre: Centre) -> None:
        customer, alice = await with_alice(centre)
        (await alice.post(alice.path(customer, "leave"))).problem(409, "last_agent")
        bob = await Agent.ready(centre, "bob")
        await hand(alice, customer, "conference", {"queue": "support"})
        await bob.accept_only_offer()
        (await alice.post(alice.path(customer, "leave"))).of(200)
        assert await roles(bob, customer) == {"bob": "primary"}
        (await alice.post(alice.path(customer, "leave"))).problem(403, "not_participant")
