"""The feeds of customers and of agents deliver the events that they should."""

from typing import Any

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


async def history(agent: Agent, after: int) -> list[Any]:
    events: list[Any] = (await agent.get(f"/agent/v1/events?after={after}&limit=1000")).of(200)["events"]
    return events


def types(events: list[Any]) -> list[str]:
    return [event["type"] for event in events]


class TestCustomers:
    async def test_customers_see_their_conversation_without_notes_of_agents(self, centre: Centre) -> None:
        customer = await Customer.start(centre, text="Hello")
        async with customer.follow() as feed:
            alice = await Agent.ready(centre)
            await alice.accept_only_offer()
            await alice.note(customer, "a difficult one")
            await alice.write(customer, "Good morning")
            await alice.end(customer)
            live = await feed.take(7)
        assert types(live) == [
            "ConversationStarted",
            "MessagePosted",
            "AgentRequested",
            "AgentJoined",
            "MessagePosted",
            "ConversationEnded",
            "AgentLeft",
        ]
        assert [event["version"] for event in live] == [1, 2, 3, 4, 6, 7, 8]
        assert live == await customer.events()
        assert "difficult" not in str(live)

    async def test_the_cursor_moves_past_hidden_events(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        for _ in range(5):
            await alice.note(customer, "hidden")
        page = (await customer.get(f"{customer.path}/events?after=3&limit=2")).of(200)
        assert page == {"events": [], "next": 8}
        page = (await customer.get(f"{customer.path}/events?after=8")).of(200)
        assert page == {"events": [], "next": 8}


class TestAgents:
    async def test_agents_follow_a_conversation_from_acceptance_to_close(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        position = await alice.position()
        async with alice.follow(position) as feed:
            customer = await Customer.start(centre, text="before")
            reserved = await feed.until("TaskReserved", conversation_id=customer.id)
            await customer.write("before, too")
            await alice.accept_only_offer()
            await customer.write("within")
            await alice.note(customer, "noted")
            await alice.end(customer)
            other = await Customer.start(centre)
            seen: list[Any] = []
            while not seen or seen[-1]["data"].get("conversation_id") != other.id:
                seen.append(await feed.next())
        assert seen == (await history(alice, reserved["position"]))[: len(seen)]
        seen = [event for event in seen if event["type"] != "AgentMrdStateChanged"]
        assert types(seen) == [
            "TaskAccepted",
            "AgentJoined",
            "MessagePosted",
            "NoteAdded",
            "ConversationEnded",
            "AgentLeft",
            "TaskClosed",
            "TaskReserved",
        ]
        assert seen[2]["data"]["content"]["text"] == "within"

    async def test_agents_follow_several_conversations_independently(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customers = [await Customer.start(centre) for _ in range(3)]
        for offer in await alice.offers():
            await alice.accept(offer["task_id"])
        async with alice.follow(await alice.position()) as feed:
            await customers[0].write("first")
            await alice.end(customers[1])
            await customers[1].write("gone")
            await customers[2].write("third")
            first = await feed.next()
            assert first["conversation_id"] == customers[0].id
            third = await feed.until("MessagePosted")
            assert third["conversation_id"] == customers[2].id

    async def test_agents_see_nothing_of_conversations_of_others(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre, "alice"), await Agent.log_in(centre, "bob")
        customer = await Customer.start(centre, text="for alice")
        await alice.accept_only_offer()
        async with bob.follow() as feed:
            await customer.write("secret")
            await bob.go("ready")
            seen = [event["type"] for event in await feed.take(4)]
        assert "MessagePosted" not in seen
        assert "secret" not in str(await history(bob, 0))

    async def test_agents_follow_a_conversation_again_that_is_accepted_again(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        await alice.log_out()
        await customer.write("in between")
        alice = await Agent.log_in(centre, "alice")
        async with alice.follow(position := await alice.position()) as feed:
            await alice.go("ready")
            await feed.until("TaskReserved")
            await alice.accept_only_offer()
            await customer.write("again")
            await feed.until("AgentJoined")
            message = await feed.until("MessagePosted")
        assert message["data"]["content"]["text"] == "again"
        for after in (0, position):
            assert [event for event in await history(alice, after) if event["type"] == "MessagePosted"] == [message]

    async def test_agents_follow_a_conversation_across_several_tasks(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.log_in(centre, "bob")
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        await bob.go("ready")
        position = await bob.position()
        async with bob.follow(position) as feed:
            for how in ("conference", "transfer"):
                (await alice.post(alice.path(customer, how), {"to": {"queue": "support"}})).of(200)
                offer = await feed.until("TaskReserved", conversation_id=customer.id)
                (await bob.accept(offer["data"]["task_id"])).of(200)
            await feed.until("TaskClosed")
            await customer.write("still there?")
            message = await feed.until("MessagePosted")
            await bob.end(customer)
            await feed.until("TaskClosed")
        assert message["data"]["content"]["text"] == "still there?"
        for after in (0, position):
            assert message in await history(bob, after)

    async def test_supervisors_follow_a_conversation_while_they_take_part(self, centre: Centre) -> None:
        alice, sue = await Agent.ready(centre), await Agent.log_in(centre, "sue")
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        async with sue.follow(await sue.position()) as feed:
            for action in ("monitor", "barge-in"):
                (await sue.post(sue.path(customer, action))).of(200)
            await customer.write("within")
            message = await feed.until("MessagePosted")
            (await sue.post(sue.path(customer, "leave"))).of(200)
            await feed.until("TaskClosed")
            await customer.write("without")
            await sue.go("ready")
            assert "MessagePosted" not in types([await feed.next() for _ in range(3)])
        texts = [event for event in await history(sue, 0) if event["type"] == "MessagePosted"]
        assert texts == [message]
