"""The lists in which agents see the contact centre."""

import asyncio
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio


async def listed(agent: Agent, query: str = "") -> list[str]:
    page = (await agent.get(f"/agent/v1/conversations?{query}")).of(200)
    return [conversation["conversation_id"] for conversation in page["conversations"]]


async def paged(agent: Agent, query: str, limit: int) -> list[str]:
    ids: list[str] = []
    after = ""
    while True:
        page = (await agent.get(f"/agent/v1/conversations?{query}&limit={limit}{after}")).of(200)
        ids += [conversation["conversation_id"] for conversation in page["conversations"]]
        if page["next"] is None:
            return ids
        assert page["next"] == ids[-1]
        after = f"&after={page['next']}"


async def read(agent: Agent, customer: Customer) -> Any:
    return await agent.get(f"/agent/v1/conversations/{customer.id}")


class TestAgents:
    async def test_are_all_listed_with_their_states(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await Agent.on_shift(centre, "bob")
        agents = {agent["agent_id"]: agent for agent in (await alice.get("/agent/v1/agents")).of(200)["agents"]}
        states = {name: agent["state"] for name, agent in agents.items()}
        assert states == {
            "alice": "ready",
            "bob": "not_ready",
            "carol": "logged_out",
            "sue": "logged_out",
            "root": "logged_out",
        }
        assert [mrd["mrd"] for mrd in agents["alice"]["mrds"]] == ["chat", "callback"]
        assert agents["carol"]["name"] == "Carol"


class TestQueues:
    async def test_hold_the_numbers_of_waiting_and_offered_tasks(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        for _ in range(5):
            await Customer.start(centre)
        await Customer.start(centre, queue="sales")
        queues = {queue["queue"]: queue for queue in (await alice.get("/agent/v1/queues")).of(200)["queues"]}
        assert (queues["support"]["waiting"], queues["support"]["offered"]) == (2, 3)
        assert (queues["sales"]["waiting"], queues["sales"]["offered"]) == (1, 0)
        assert queues["support"]["oldest"] < queues["sales"]["oldest"]
        assert "oldest" not in queues["callback"]


class TestConversations:
    async def test_are_listed_newest_first(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        started = [(await Customer.start(centre)).id for _ in range(5)]
        assert await listed(sue) == started[::-1]

    async def test_keep_their_place_when_they_end(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        customers = [await Customer.start(centre) for _ in range(4)]
        before = await listed(sue)
        await customers[2].end()
        assert await listed(sue) == before

    async def test_are_filtered(self, centre: Centre) -> None:
        sue, alice = await Agent.log_in(centre, "sue"), await Agent.ready(centre)
        ada = await Customer.start(centre, customer={"name": "Ada", "phone": "+44 20 7946"}, text="My invoice")
        await alice.accept_only_offer()
        bot = await Customer.start(centre, "web", customer={"email": "grace@example.org"})
        sales = await Customer.start(centre, queue="sales", text="Straße")
        await bot.end()
        assert await listed(sue, "status=with_agent") == [ada.id]
        assert await listed(sue, "status=ended") == [bot.id]
        nonsense = await sue.get("/agent/v1/conversations?status=nonsense")
        assert nonsense.of(422)["errors"][0]["path"] == "status"
        assert await listed(sue, "agent=alice") == [ada.id]
        await ada.end()
        assert await listed(sue, "agent=alice&status=ended") == [ada.id]
        assert await listed(sue, "queue=sales") == [sales.id]
        assert await listed(sue, "queue=support&status=ended") == [bot.id, ada.id]
        for text, found in (
            ("ADA", ada),
            ("7946", ada),
            ("invoice", ada),
            ("Grace%40", bot),
            ("STRASSE", sales),
            (sales.id, sales),
        ):
            assert await listed(sue, f"q={text}") == [found.id]
        assert await listed(sue, "q=%25") == []
        assert await listed(sue, "q=") == [sales.id, bot.id, ada.id]

    async def test_are_paged_without_gap(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        customers = await asyncio.gather(*(Customer.start(centre, text=str(number)) for number in range(60)))
        for customer in customers[::3]:
            await customer.end()
        everything = await listed(sue, "limit=500")
        assert set(everything) == {customer.id for customer in customers}
        for limit in (1, 7, 59, 60, 61):
            assert await paged(sue, "", limit) == everything
        ended = {customer.id for customer in customers[::3]}
        assert await paged(sue, "status=ended", 7) == [id_ for id_ in everything if id_ in ended]

    async def test_are_paged_without_gap_while_they_change(self, centre: Centre) -> None:
        """The conversation after which the page begins has ended meanwhile and no longer matches the filter."""
        sue = await Agent.log_in(centre, "sue")
        customers = [await Customer.start(centre) for _ in range(6)]
        newest_first = [customer.id for customer in reversed(customers)]
        for query in ("", "status=waiting_for_agent&"):
            page = (await sue.get(f"/agent/v1/conversations?{query}limit=2")).of(200)
            last = next(customer for customer in customers if customer.id == page["next"])
            await last.end()
            assert await listed(sue, f"{query}after={last.id}") == newest_first[newest_first.index(last.id) + 1 :]

    async def test_after_an_unknown_one_are_refused(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        await Customer.start(centre)
        for after in (new_id(), "x", ""):
            answer = await sue.get(f"/agent/v1/conversations?after={after}")
            assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["after"]

    async def test_are_listed_with_status_participants_and_last_message(self, centre: Centre) -> None:
        sue, alice = await Agent.log_in(centre, "sue"), await Agent.ready(centre)
        customer = await Customer.start(centre, customer={"name": "Ada"}, text="x" * 500)
        await alice.accept_only_offer()
        await alice.note(customer, "noted")
        (answered,) = (await sue.get("/agent/v1/conversations")).of(200)["conversations"]
        assert answered["status"] == "with_agent"
        assert answered["version"] == len(centre.types(customer.stream))
        assert (answered["messages"], len(answered["last_message"])) == (1, 120)
        assert [participant.get("name") for participant in answered["participants"]] == ["Ada", "Alice"]


class TestVisibleConversations:
    async def test_agents_see_their_own_conversations_and_those_that_they_are_offered(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.log_in(centre, "bob")
        mine = await Customer.start(centre)
        await alice.accept_only_offer()
        offered = await Customer.start(centre)
        with_bot = await Customer.start(centre, "web")
        assert await listed(alice) == [offered.id, mine.id]
        assert await listed(bob) == []
        (await read(alice, with_bot)).problem(403, "not_participant")
        (await read(bob, mine)).problem(403, "not_participant")
        assert (await read(alice, offered)).status == 200

    async def test_agents_see_conversations_in_which_they_took_part(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre, text="Hello")
        await alice.accept_only_offer()
        await alice.note(customer, "noted")
        await alice.end(customer)
        detail = (await read(alice, customer)).of(200)
        assert detail["conversation"]["status"] == "ended"
        types = [event["type"] for event in detail["events"]]
        assert types == centre.types(customer.stream)

    @pytest.mark.parametrize("leader", ["sue", "root"])
    async def test_leaders_see_all_conversations(self, centre: Centre, leader: str) -> None:
        agent = await Agent.log_in(centre, leader)
        customers = [await Customer.start(centre), await Customer.start(centre, "web")]
        assert await listed(agent) == [customer.id for customer in reversed(customers)]
        for customer in customers:
            assert (await read(agent, customer)).status == 200

    async def test_customers_may_not_call_the_agent_api(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        for path in ("agents", "queues", "conversations", f"conversations/{customer.id}", "me", "events"):
            (await Caller(centre, customer.token).get(f"/agent/v1/{path}")).problem(403, "wrong_audience")


class TestMoreFilters:
    async def test_find_labels_and_flags(self, centre: Centre) -> None:
        sue, alice = await Agent.log_in(centre, "sue"), await Agent.ready(centre)
        ada = await Customer.start(centre)
        await Customer.start(centre)
        for offer in await alice.offers():
            await alice.accept(offer["task_id"])
        await alice.post(alice.path(ada, "labels"), {"add": ["refund", "a b"]})
        assert await listed(sue, "label=refund") == await listed(sue, "label=a%20b") == [ada.id]
        assert await listed(sue, "label=") == await listed(sue, "customer=") == []
        wrong = await sue.get("/agent/v1/conversations?hand_raised=perhaps")
        assert wrong.problem(422, "invalid_input").errors[0].path == "hand_raised"
