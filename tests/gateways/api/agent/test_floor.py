"""The live floor of supervisors: what it shows, and that its changes lead to what a reader would see anew."""

import asyncio
from typing import Any

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import PATIENCE, Centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.followers import EventStream

pytestmark = pytest.mark.asyncio

FLOOR = "/agent/v1/floor"
_KEYS = {"agents": "agent_id", "queues": "queue", "conversations": "conversation_id"}


async def floor_of(caller: Caller) -> dict[str, dict[str, Any]]:
    return _rows((await caller.get(FLOOR)).of(200))


def _rows(floor: Any) -> dict[str, dict[str, Any]]:
    return {part: {row[key]: row for row in floor[part]} for part, key in _KEYS.items()}


def patched(floor: dict[str, dict[str, Any]], patch: Any) -> dict[str, dict[str, Any]]:
    assert patch["type"] == "patch"
    for part, key in _KEYS.items():
        for gone in patch.get(f"gone_{part}", ()):
            del floor[part][gone]
        floor[part] |= {row[key]: row for row in patch.get(part, ())}
    return floor


async def followed_until(feed: EventStream, floor: dict[str, dict[str, Any]], wanted: dict[str, Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while floor != wanted:
            patched(floor, await feed.next())


async def test_the_floor_has_agents_with_their_tasks_queues_and_conversations(centre: Centre) -> None:
    alice, sue = await Agent.ready(centre), await Agent.log_in(centre, "sue")
    customer = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    await alice.accept_only_offer()
    waiting = await Customer.start(centre, queue="sales")
    floor = await floor_of(sue)
    agent, talk, line = floor["agents"]["alice"], floor["conversations"][customer.id], floor["queues"]["sales"]
    assert (agent["name"], agent["state"]) == ("Alice", "ready")
    assert {mrd["mrd"]: mrd["state"] for mrd in agent["mrds"]} == {"chat": "active", "callback": "ready"}
    assert agent["since"] < agent["mrds"][0]["since"]
    states = {task["conversation_id"]: task["state"] for task in agent["tasks"]}
    assert states == {customer.id: "active", waiting.id: "reserved"}
    assert floor["conversations"][waiting.id]["offered_to"] == "alice"
    assert talk["unanswered_since"] == talk["last_message_at"]
    assert floor["conversations"][waiting.id]["waiting_since"] > agent["since"]
    assert (line["waiting"], line["offered"], line["agents_ready"]) == (0, 1, 1)
    assert floor["agents"]["carol"]["mrds"] == []
    assert (await sue.me())["state"] == "logged_out", "reading the floor begins no shift"


async def test_a_customer_waits_from_the_first_message_that_nobody_has_answered(centre: Centre) -> None:
    alice, sue = await Agent.ready(centre), await Agent.log_in(centre, "sue")
    customer = await Customer.start(centre, text="Hello")
    await alice.accept_only_offer()
    since = (await floor_of(sue))["conversations"][customer.id]["unanswered_since"]
    await customer.write("Is anybody there?")
    assert (await floor_of(sue))["conversations"][customer.id]["unanswered_since"] == since
    await alice.write(customer, "I am here")
    assert "unanswered_since" not in (await floor_of(sue))["conversations"][customer.id]


async def test_changes_lead_to_the_floor_that_is_read_anew(centre: Centre) -> None:
    sue = await Agent.log_in(centre, "sue")
    async with sue.event_stream(FLOOR) as feed:
        first = await feed.next()
        assert first["type"] == "floor"
        floor = _rows(first)
        alice = await Agent.ready(centre)
        customers = [await Customer.start(centre, text="Hello") for _ in range(3)]
        for offer in await alice.offers():
            (await alice.accept(offer["task_id"])).of(200)
        await followed_until(feed, floor, await floor_of(sue))
        await customers[0].write("Where is my order?")
        await customers[1].end()
        (await alice.post(alice.path(customers[2], "raise-hand"), {"raised": True, "reason": "a refund"})).of(200)
        await followed_until(feed, floor, await floor_of(sue))
        assert floor["conversations"][customers[2].id]["hands"] == [{"agent_id": "alice", "reason": "a refund"}]


async def test_a_quiet_floor_shows_that_it_is_the_same(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.api.agent.floor._ALIVE_SECONDS", 0.1)
    sue = await Agent.log_in(centre, "sue")
    async with sue.event_stream(FLOOR) as feed:
        first, patch = await feed.next(), await feed.next()
        assert patch.keys() == {"type", "at"}
        assert patch["at"] > first["at"]


async def test_the_most_urgent_conversations_are_on_a_floor_that_cannot_hold_all(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.api.agent.floor_rows._MAX_CONVERSATIONS", 1)
    alice, sue = await Agent.ready(centre), await Agent.log_in(centre, "sue")
    await Customer.start(centre)
    await alice.accept_only_offer()
    waiting = await Customer.start(centre, queue="sales")
    floor = (await sue.get(FLOOR)).of(200)
    assert [each["conversation_id"] for each in floor["conversations"]] == [waiting.id]
    assert floor["conversations_left_out"] == 1


async def test_supervisors_see_the_agents_and_conversations_that_they_are_in_charge_of(centre: Centre) -> None:
    root, alice = await Administrator.come(centre), await Agent.ready(centre)
    sue = await Agent.log_in(centre, "sue")
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    async with sue.event_stream(FLOOR) as feed:
        floor = _rows(await feed.next())
        assert customer.id in floor["conversations"]
        (await root.configure("teams/service", {"supervisors": []})).of(200)
        await followed_until(feed, floor, await floor_of(sue))
    assert (floor["agents"], floor["conversations"]) == ({}, {})
    assert floor["queues"].keys() == (await floor_of(root))["queues"].keys()


async def test_a_conversation_that_was_taken_over_stays_on_the_floor(centre: Centre) -> None:
    alice, sue = await Agent.ready(centre), await Agent.on_shift(centre, "sue")
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    (await sue.post(sue.path(customer, "take-over"))).of(200)
    floor = await floor_of(sue)
    assert [each["id"] for each in floor["conversations"][customer.id]["participants"] if "id" in each] == ["sue"]


async def test_a_floor_ends_with_the_session_and_is_no_ones_presence(centre: Centre) -> None:
    sue = await Agent.log_in(centre, "sue")
    async with sue.event_stream(FLOOR) as feed:
        await feed.next()
        assert (await sue.me())["connected"] is False
        (await sue.log_out()).of(204)
        await feed.rest()


async def test_agents_have_no_floor(centre: Centre) -> None:
    alice = await Agent.log_in(centre)
    (await alice.get(FLOOR)).problem(403, "role_missing")
