"""The floor at any instant is that of the streams folded up to the instant."""

import asyncio
import urllib.parse
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from actors.agent.state import mrd_state
from actors.folding import fold
from schemas.instants import format_instant, parse_instant
from schemas.records import Record, entity_id_of
from tests.gateways.api.inspection.conftest import KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

_WRAPS_UP = {"support": {"mrd": "chat", "offer_timeout_seconds": 3600, "wrap_up_seconds": 3600}}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, reporting: dict[str, Any]) -> AsyncIterator[Centre]:
    """A centre whose events are projected."""
    sections: dict[str, Any] = {"api_keys": KEYS, "reporting": reporting, "queues": _WRAPS_UP}
    async with open_centre(tmp_path, **sections) as opened:
        yield opened


async def floor(caller: Caller, query: str = "") -> Any:
    return (await caller.get(f"/inspect/v1/floor{query}")).of(200)


async def play(centre: Centre) -> None:
    """Agents, customers and bots do a little of everything."""
    ada = await Customer.start(centre, text="Hello", customer={"id": "c-1815", "name": "Ada Lovelace"})
    bert = await Customer.start(centre)
    cleo = await Customer.start(centre, "web", text="Hello, bot")
    alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
    sue = await Agent.log_in(centre, "sue")
    for agent in (alice, bob):
        for offer in await agent.offers():
            await agent.accept(offer["task_id"])
            break
    helper, helped = (alice, bob) if await _holds(alice, ada) else (bob, alice)
    (await helper.post(helper.path(ada, "consult"), {"to": {"agent": helped.id}})).of(200)
    for offer in await helped.offers():
        await helped.decline(offer["task_id"], reason="busy")
    await sue.post(sue.path(ada, "monitor"))
    await helper.go("not_ready", reason="lunch")
    await cleo.post(f"{cleo.path}/agent-request", {})
    await helper.end(ada)
    await bert.end()
    await helped.log_out()
    await Customer.start(centre)
    await helper.go("ready")


async def _holds(agent: Agent, customer: Customer) -> bool:
    return customer.id in [task["conversation_id"] for task in (await agent.me())["tasks"]]


def streams_until(centre: Centre, at: str) -> dict[str, list[Record]]:
    streams: dict[str, list[Record]] = {}
    for record in centre.services.journal.read_all(0, 10_000):
        if record.at <= at:
            streams.setdefault(record.stream, []).append(record)
    return streams


def folded_floor(centre: Centre, at: str) -> dict[str, Any]:
    """The floor that results from folding every stream up to the instant."""
    agents: dict[str, Any] = {}
    waiting: dict[str, Any] = {}
    conversations: dict[str, Any] = {}
    for stream, records in streams_until(centre, at).items():
        state: Any = fold(stream, records)
        identifier = entity_id_of(stream)
        if stream.startswith("agent-") and state.state != "logged_out":
            mrds = {mrd: mrd_state(state, mrd) for mrd in state.mrds}
            tasks = {(task.task_id, task.mrd, task.queue, task.state) for task in state.tasks.values()}
            agents[identifier] = (state.state, state.reason, mrds, tasks)
        elif stream.startswith("router-"):
            for task in state.tasks.values():
                waiting[task.task_id] = (task.conversation_id, task.queue, identifier, task.offered_to)
        elif stream.startswith("conversation-") and state.status != "ended":
            parts = {(agent_id, agent.role) for agent_id, agent in state.agents.items()}
            conversations[identifier] = (state.status, state.channel, parts)
    return {"agents": agents, "waiting": waiting, "conversations": conversations}


def answered_floor(answered: Any) -> dict[str, Any]:
    agents = {
        agent["agent_id"]: (
            agent["state"],
            agent["reason"],
            {mrd["mrd"]: mrd["state"] for mrd in agent["mrds"]},
            {(task["task_id"], task["mrd"], task["queue"], task["state"]) for task in agent["tasks"]},
        )
        for agent in answered["agents"]
    }
    waiting = {
        task["task_id"]: (task["conversation_id"], queue["queue"], queue["mrd"], task["offered_to"])
        for queue in answered["queues"]
        for task in queue["waiting"]
    }
    conversations = {
        each["conversation_id"]: (
            each["status"],
            each["channel"],
            {(part["id"], part["role"]) for part in each["participants"] if part["type"] == "agent"},
        )
        for each in answered["conversations"]
    }
    return {"agents": agents, "waiting": waiting, "conversations": conversations}


async def test_the_floor_at_every_instant_is_what_the_streams_add_up_to(centre: Centre, looker: Caller) -> None:
    await play(centre)
    records = centre.services.journal.read_all(0, 10_000)
    for at in sorted({record.at for record in records}):
        answered = await floor(looker, f"?at={at}")
        assert answered_floor(answered) == folded_floor(centre, at), at
        assert answered["position"] == max(record.position for record in records if record.at <= at)
        assert parse_instant(answered["at"]) == parse_instant(at)
        for queue in answered["queues"]:
            for task in queue["waiting"]:
                waited = (parse_instant(at) - parse_instant(task["since"])).total_seconds()
                assert task["waited_seconds"] == pytest.approx(waited)


async def test_the_floor_now(centre: Centre, looker: Caller, seer: Caller) -> None:
    assert (await floor(looker))["agents"] == []
    await play(centre)
    now = await floor(seer)
    last = centre.services.journal.read_all(0, 10_000)[-1]
    assert now["position"] == last.position
    assert answered_floor(now) == folded_floor(centre, last.at)
    ahead = urllib.parse.quote(format_instant(centre.services.clock() + timedelta(days=400)))
    later = await floor(seer, f"?at={ahead}")
    assert answered_floor(later) == answered_floor(now)
    assert parse_instant(later["at"]) <= centre.services.clock()


async def test_the_floor_now_shows_the_free_places_of_agents(centre: Centre, looker: Caller) -> None:
    alice = await Agent.ready(centre)
    assert await _places(looker, "alice") == (0, 3, 3)
    await Customer.start(centre)
    await alice.accept_only_offer()
    assert await _places(looker, "alice") == (1, 3, 2)
    await alice.go("not_ready")
    assert await _places(looker, "alice") == (1, 3, 0)


async def _places(looker: Caller, agent_id: str) -> tuple[int, int, int]:
    """How many tasks the agent holds in the MRD chat, how many at most, and the free places."""
    (agent,) = [agent for agent in (await floor(looker))["agents"] if agent["agent_id"] == agent_id]
    (chat,) = [mrd for mrd in agent["mrds"] if mrd["mrd"] == "chat"]
    return chat["tasks"], chat["max_tasks"], chat["free_slots"]


async def test_supervising_takes_no_place(centre: Centre, looker: Caller) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    sue = await Agent.ready(centre, "sue")
    before = await _places(looker, "sue")
    (await sue.post(sue.path(customer, "monitor"))).of(200)
    assert await _places(looker, "sue") == before


async def test_the_floor_now_shows_how_every_configured_queue_stands(centre: Centre, looker: Caller) -> None:
    alice = await Agent.ready(centre)
    await play(centre)
    configured = {each["queue"]: each for each in (await alice.get("/agent/v1/queues")).of(200)["queues"]}
    on_floor = {each["queue"]: each for each in (await floor(looker))["queues"]}
    assert list(on_floor) == sorted(configured, key=lambda queue: (configured[queue]["mrd"], queue))
    for queue, standing in on_floor.items():
        for figure in ("mrd", "open", "agents_logged_in", "agents_ready", "free_slots"):
            assert standing[figure] == configured[queue][figure], (queue, figure)


async def test_an_earlier_floor_leaves_out_what_no_fact_keeps(centre: Centre, looker: Caller) -> None:
    await play(centre)
    now = await floor(looker)
    before = await floor(looker, f"?at={now['at']}")
    assert [queue["queue"] for queue in before["queues"]] == [
        each["queue"] for each in now["queues"] if each["waiting"]
    ]
    assert all(set(queue) == {"queue", "mrd", "waiting"} for queue in before["queues"])
    mrds = [mrd for agent in before["agents"] for mrd in agent["mrds"]]
    assert mrds
    assert all(set(mrd) == {"mrd", "state", "since"} for mrd in mrds)


async def test_names_on_the_floor_are_masked(centre: Centre, looker: Caller, seer: Caller) -> None:
    customer = await Customer.start(centre, customer={"id": "c-1815", "name": "Ada Lovelace"})
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    for caller, names in ((seer, ["Ada Lovelace", "Alice"]), (looker, ["•••", "•••"])):
        answered = await floor(caller)
        (conversation,) = answered["conversations"]
        assert conversation["conversation_id"] == customer.id
        assert [part["name"] for part in conversation["participants"]] == names
        assert [part["id"] for part in conversation["participants"]][1] == "alice"
        assert [agent["name"] for agent in answered["agents"]] == names[1:]
        assert ("c-1815" in str(answered)) is (caller is seer)


async def test_the_floor_before_the_first_event_is_empty(looker: Caller) -> None:
    answered = await floor(looker, "?at=1970-01-01T00:00:00Z")
    assert (answered["position"], answered["agents"], answered["queues"], answered["conversations"]) == (0, [], [], [])
    assert (await floor(looker, "?at=0001-01-01T00:00:00Z"))["position"] == 0


async def test_invalid_instants_are_refused(looker: Caller) -> None:
    for at in ("", "now", "2026-11-22", "2026-11-22T10:00:00", "0001-01-01T00:00:00%2B14:00", "%00"):
        details = (await looker.get(f"/inspect/v1/floor?at={at}")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["at"]


async def test_many_read_the_floor_at_once(centre: Centre, looker: Caller) -> None:
    await play(centre)
    floors = await asyncio.gather(*(floor(looker) for _ in range(20)))
    assert len({str(answered_floor(each)["waiting"]) for each in floors}) == 1
