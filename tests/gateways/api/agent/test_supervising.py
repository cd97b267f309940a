"""The actions of supervisors."""

import asyncio
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Customer

pytestmark = pytest.mark.asyncio


async def with_alice(centre: Centre) -> tuple[Customer, Agent, Agent]:
    alice, sue = await Agent.ready(centre), await Agent.on_shift(centre, "sue")
    customer = await Customer.start(centre, text="Hello")
    await alice.accept_only_offer()
    return customer, alice, sue


async def roles(agent: Agent, customer: Customer) -> dict[str, str]:
    detail = (await agent.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    return {each["id"]: each["role"] for each in detail["conversation"]["participants"] if each["type"] == "agent"}


async def whisper(agent: Agent, customer: Customer, words: str, id_: str | None = None) -> Answer:
    return await agent.post(agent.path(customer, "whisper"), {"text": words} | ({"id": id_} if id_ else {}))


class TestMonitoring:
    async def test_is_silent_and_seen_by_no_customer(self, centre: Centre) -> None:
        customer, alice, sue = await with_alice(centre)
        seen = await customer.events()
        async with sue.follow(await sue.position()) as feed:
            assert not (await sue.post(sue.path(customer, "monitor"))).replayed
            assert (await sue.post(sue.path(customer, "monitor"))).replayed
            await feed.until("TaskAssignedDirectly")
            await alice.note(customer, "between us")
            await feed.until("NoteAdded")
        assert await roles(sue, customer) == {"alice": "primary", "sue": "monitor"}
        (await sue.write(customer, "can you hear me?")).problem(403, "not_participant")
        (await sue.post(sue.path(customer, "leave"))).of(200)
        assert await customer.events() == seen
        assert len((await customer.state())["participants"]) == 2

    async def test_leads_to_whispers_that_only_agents_see(self, centre: Centre) -> None:
        customer, alice, sue = await with_alice(centre)
        seen = await customer.events()
        (await whisper(sue, customer, "psst")).problem(403, "not_participant")
        await sue.post(sue.path(customer, "monitor"))
        id_ = new_id()
        async with alice.follow(await alice.position()) as feed:
            first, again = [await whisper(sue, customer, "offer the voucher", id_) for _ in range(2)]
            whispered = await feed.until("WhisperPosted")
        assert (first.of(201), again.of(201), again.replayed) == (first.json, first.json, True)
        assert whispered["data"]["text"] == "offer the voucher"
        assert await roles(sue, customer) == {"alice": "primary", "sue": "coach"}
        (await whisper(sue, customer, "something else", id_)).problem(409, "id_conflict")
        assert await customer.events() == seen

    async def test_is_followed_by_barging_in_and_taking_over(self, centre: Centre) -> None:
        customer, alice, sue = await with_alice(centre)
        seen = await customer.events()
        await sue.post(sue.path(customer, "monitor"))
        (await sue.post(sue.path(customer, "barge-in"))).of(200)
        (await sue.write(customer, "Sue here")).of(201)
        assert await roles(sue, customer) == {"alice": "primary", "sue": "assistant"}
        (await sue.post(sue.path(customer, "take-over"))).of(200)
        assert await roles(sue, customer) == {"sue": "primary"}
        (await alice.write(customer, "and I?")).problem(403, "not_participant")
        (await sue.end(customer)).of(200)
        news = (await customer.events())[len(seen) :]
        assert [(event["type"], event["data"].get("agent_id")) for event in news] == [
            ("AgentJoined", "sue"),
            ("MessagePosted", None),
            ("AgentLeft", "alice"),
            ("ConversationEnded", None),
            ("AgentLeft", "sue"),
        ]
        assert (await sue.me())["tasks"] == []

    async def test_of_an_ended_conversation_is_refused(self, centre: Centre) -> None:
        customer, _, sue = await with_alice(centre)
        await customer.end()
        for action in ("monitor", "barge-in", "take-over"):
            (await sue.post(sue.path(customer, action))).problem(409, "conversation_ended")
        (await whisper(sue, customer, "too late")).problem(409, "conversation_ended")

    async def test_leads_to_taking_over_customers_who_wait_or_talk_to_a_bot(self, centre: Centre) -> None:
        sue = await Agent.on_shift(centre, "sue")
        for channel in ("web", "web-direct"):
            customer = await Customer.start(centre, channel)
            (await sue.post(sue.path(customer, "take-over"))).of(200)
            assert (await customer.state())["status"] == "with_agent"
            assert await roles(sue, customer) == {"sue": "primary"}
        alice = await Agent.ready(centre)
        assert await alice.offers() == []


class TestForcing:
    async def test_ends_a_conversation_of_other_agents(self, centre: Centre) -> None:
        customer, alice, sue = await with_alice(centre)
        (await sue.end(customer)).problem(403, "not_participant")
        force = {"force": True}
        (await alice.post(alice.path(customer, "end"), force)).problem(403, "role_missing")
        (await sue.post(sue.path(customer, "end"), force)).of(200)
        assert (await sue.post(sue.path(customer, "end"), force)).replayed
        (event,) = [event for event in await customer.events() if event["type"] == "ConversationEnded"]
        assert event["data"]["reason"] == "force_closed"
        assert (await alice.me())["tasks"] == []

    async def test_changes_an_agents_state(self, centre: Centre) -> None:
        alice, sue = await Agent.ready(centre), await Agent.on_shift(centre, "sue")
        path = "/agent/v1/agents/alice/state"
        states = (await sue.put(path, {"state": "not_ready", "reason": "training"})).of(200)
        assert (states["state"], states["reason"]) == ("not_ready", "training")
        assert (await sue.put(path, {"state": "ready"})).of(200)["state"] == "ready"
        (changed, *_) = await centre.recorded("AgentStateChanged")
        assert changed.record.actor == "agent:alice"
        assert [item.record.actor for item in await centre.recorded("AgentStateChanged", 3)][1:] == ["agent:sue"] * 2
        assert (await alice.me())["state"] == "ready"

    async def test_logs_an_agent_out_with_sessions_and_feeds(self, centre: Centre) -> None:
        customer, alice, sue = await with_alice(centre)
        async with alice.follow(await alice.position()) as feed:
            states = (await sue.put("/agent/v1/agents/alice/state", {"state": "logged_out"})).of(200)
            assert states["state"] == "logged_out"
            assert (await feed.until("AgentLoggedOut"))["data"] == {"reason": "supervisor"}
            assert await feed.close_code() == 4003
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")
        (
            await Agent(centre, session_of(alice)).post("/agent/v1/refresh", {"refresh_token": alice.refresh_token})
        ).problem(401, "invalid_refresh_token")
        assert (await customer.state())["status"] == "waiting_for_agent"
        (await sue.put("/agent/v1/agents/alice/state", {"state": "logged_out"})).of(200)
        (await sue.put("/agent/v1/agents/alice/state", {"state": "ready"})).problem(409, "agent_logged_out")


def session_of(agent: Agent) -> dict[str, Any]:
    return {"access_token": agent.token, "refresh_token": agent.refresh_token, "agent": {"agent_id": agent.id}}


class TestAnnouncements:
    async def test_reach_every_agent_who_is_logged_in_once(self, centre: Centre) -> None:
        alice, sue = await Agent.on_shift(centre), await Agent.on_shift(centre, "sue")
        body = {"text": "The shop is down", "id": new_id()}
        async with alice.follow(await alice.position()) as feed:
            first = await sue.post("/agent/v1/announcements", body)
            received = await feed.until("AnnouncementReceived")
        assert first.of(201) == {"announcement_id": body["id"], "agents": 2}
        assert received["data"] == {
            "announcement_id": body["id"],
            "announced_by": "sue",
            "text": "The shop is down",
        }
        again = await sue.post("/agent/v1/announcements", body)
        assert (again.json, again.replayed) == (first.json, True)
        assert centre.types("agent-alice").count("AnnouncementReceived") == 1
        assert "AnnouncementReceived" not in centre.types("agent-carol")
        (await sue.post("/agent/v1/announcements", {**body, "text": "no"})).problem(409, "id_conflict")

    async def test_reach_agents_whom_they_have_not_reached_yet(self, centre: Centre) -> None:
        sue = await Agent.on_shift(centre, "sue")
        body = {"text": "The shop is down", "id": new_id()}
        await sue.post("/agent/v1/announcements", body)
        await Agent.on_shift(centre)
        answers = [await sue.post("/agent/v1/announcements", body) for _ in range(2)]
        assert [(answer.of(201)["agents"], answer.replayed) for answer in answers] == [(2, False), (2, True)]

    async def test_to_a_team_that_is_not_configured_are_refused(self, centre: Centre) -> None:
        sue = await Agent.on_shift(centre, "sue")
        answer = await sue.post("/agent/v1/announcements", {"text": "Hello", "team": "blue"})
        assert answer.problem(422, "invalid_input").errors[0].path == "team"


class TestFlushing:
    async def test_closes_waiting_tasks(self, centre: Centre) -> None:
        sue = await Agent.on_shift(centre, "sue")
        customers = [await Customer.start(centre) for _ in range(3)]
        other = await Customer.start(centre, queue="sales")
        assert (await sue.post("/agent/v1/queues/support/flush")).of(200) == {"tasks": 3}
        assert (await sue.post("/agent/v1/queues/support/flush", {})).of(200) == {"tasks": 0}
        states = await asyncio.gather(*(customer.state() for customer in (*customers, other)))
        assert [state["status"] for state in states] == ["ended"] * 3 + ["waiting_for_agent"]

    async def test_moves_waiting_tasks_to_another_queue(self, centre: Centre) -> None:
        sue = await Agent.on_shift(centre, "sue")
        customer = await Customer.start(centre)
        assert (await sue.post("/agent/v1/queues/support/flush", {"to": "sales"})).of(200) == {"tasks": 1}
        state = await customer.state()
        assert (state["status"], state["queue"], state["position"]) == ("waiting_for_agent", "sales", 1)

    @pytest.mark.parametrize("to", ["support", "callback", "nowhere"])
    async def test_to_an_invalid_queue_is_refused(self, centre: Centre, to: str) -> None:
        sue = await Agent.on_shift(centre, "sue")
        answer = await sue.post("/agent/v1/queues/support/flush", {"to": to})
        assert answer.problem(422, "invalid_input").errors[0].path == "to"
