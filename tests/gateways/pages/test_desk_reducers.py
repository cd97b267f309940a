"""What the desk makes of an answer of ``GET /agent/v1/me`` and of the events after it is what a fresh answer says."""

import asyncio
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer
from tests.node import node_program

pytestmark = pytest.mark.asyncio

_HERE = Path(__file__).parent
_PAGES = _HERE.parents[2] / "gateways" / "pages"
_CHECKS, _STEPS = 6, 20

Body = dict[str, Any]


class Shift:
    """A shift of Alice in which customers, colleagues and supervisors do what comes into their heads."""

    def __init__(self, centre: Centre, people: dict[str, Agent], chance: random.Random) -> None:
        self.centre, self.chance = centre, chance
        self.alice, self.bob, self.sue = (people[name] for name in ("alice", "bob", "sue"))
        self.customers: list[Customer] = []
        self.begun: dict[str, Body] = {}

    async def go_on(self) -> None:
        """One step, which may be refused. A conversation that Alice comes into is read at once, as the desk does."""
        await self.chance.choice(self.steps)(self)
        for task in (await self.alice.me())["tasks"]:
            conversation_id = task["conversation_id"]
            if task["state"] != "reserved" and conversation_id not in self.begun:
                read = await self.alice.get(f"/agent/v1/conversations/{conversation_id}")
                self.begun[conversation_id] = read.of(200)["conversation"]

    async def start(self) -> None:
        customer = await Customer.start(self.centre, text="Hello", customer={"name": "Ana"}, language="de")
        self.customers.append(customer)

    async def write(self) -> None:
        if self.customers:
            await self.chance.choice(self.customers).write("Are you there?")

    async def leave(self) -> None:
        if self.customers:
            await self.chance.choice(self.customers).end()

    async def answer_offers(self) -> None:
        for offer in await self.alice.offers():
            answer = self.chance.choice(("accept", "accept", "accept", "decline"))
            await self.alice.post(f"/agent/v1/tasks/{offer['task_id']}/{answer}", {} if answer == "decline" else None)

    async def change_state(self) -> None:
        state = self.chance.choice(("ready", "ready", "not_ready"))
        body = {"state": state} if state == "ready" else {"state": state, "reason": "lunch"}
        await self.alice.put(self.chance.choice(("/agent/v1/me/state", "/agent/v1/me/mrds/chat/state")), body)

    async def act(self) -> None:
        held = [task for task in (await self.alice.me())["tasks"] if task["state"] != "reserved"]
        if not held:
            return
        actions: list[tuple[Agent, str, Body]] = [
            (self.alice, "messages", {"content": {"type": "text", "text": "Let me see"}}),
            (self.alice, "notes", {"text": "a note"}),
            (self.alice, "labels", {"add": [self.chance.choice(("refund", "late"))], "remove": []}),
            (self.alice, "raise-hand", {"raised": self.chance.random() < 0.5, "reason": "help"}),
            (self.alice, "consult", {"to": {"agent": "bob"}}),
            (self.alice, "transfer", {"to": self.chance.choice(({"agent": "bob"}, {"queue": "support"}))}),
            (self.alice, "end", {}),
            (self.alice, "wrap-up", {"codes": [], "note": "done"}),
            (self.sue, "monitor", {}),
            (self.sue, "whisper", {"text": "Grant it"}),
        ]
        agent, action, body = self.chance.choice(actions)
        path = f"/agent/v1/conversations/{self.chance.choice(held)['conversation_id']}/{action}"
        await agent.post(path, None if action == "monitor" else body)

    async def bob_helps(self) -> None:
        for offer in await self.bob.offers():
            await self.bob.accept(offer["task_id"])
        for task in (await self.bob.me())["tasks"]:
            path = f"/agent/v1/conversations/{task['conversation_id']}"
            await self.bob.post(f"{path}/notes", {"text": "seen"})
            await self.bob.post(f"{path}/end", {})

    steps = (
        *(start, start, write, write, leave, change_state, bob_helps),
        *(answer_offers, answer_offers, act, act, act, act),
    )


@pytest.mark.node
@pytest.mark.parametrize("seed", [1, 2])
async def test_reducing_the_feed_gives_what_a_fresh_answer_says(centre: Centre, seed: int) -> None:
    root = await Administrator.come(centre)
    (await root.configure("queues/support", {"mrd": "chat", "response_seconds": 600, "wrap_up_seconds": 600})).of(200)
    people = {name: await Agent.on_shift(centre, name) for name in ("alice", "bob", "sue")}
    for name in ("alice", "bob"):
        await people[name].go("ready")
    shift = Shift(centre, people, random.Random(seed))
    before, compared = await shift.alice.me(), 0
    for _ in range(_CHECKS):
        for _ in range(_STEPS):
            await shift.go_on()
        fresh = await shift.alice.me()
        page = (await shift.alice.get(f"/agent/v1/events?after={before['position']}&limit=1000")).of(200)
        events = [event for event in page["events"] if event["position"] <= fresh["position"]]
        reduced = await reduce({"me": before, "events": events, "begun": shift.begun})
        assert comparable(reduced) == comparable(fresh)
        compared += len(fresh["conversations"])
    assert compared > _CHECKS / 2, "there is something to compare"


async def reduce(given: Body) -> Body:
    done = await asyncio.create_subprocess_exec(
        node_program(),
        _HERE / "reduce-desk.mjs",
        env={**os.environ, "PAGES": str(_PAGES)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await done.communicate(json.dumps(given).encode())
    assert done.returncode == 0, errors.decode()
    reduced: Body = json.loads(out)
    return reduced


def comparable(answer: Body) -> Body:
    """Without what the desk reads apart, such as notes of offers, and without what is empty or goes without saying."""
    apart = {"note", "queued_at", "unreadIds"}
    lists = {name: [present(each, apart) for each in answer[name]] for name in ("mrds", "tasks", "conversations")}
    return {"state": answer["state"], "reason": answer["reason"], **lists}


def present(body: Body, apart: set[str]) -> Body:
    kept = {name: value for name, value in body.items() if name not in apart and value not in (None, [], 0, "inbound")}
    return {name: listed(value, apart) if isinstance(value, list) else value for name, value in kept.items()}


def listed(values: list[Any], apart: set[str]) -> list[Any]:
    return [present(each, apart) if isinstance(each, dict) else each for each in values]
