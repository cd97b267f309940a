"""Agents who write to customers first."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre, projected
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.identity.signing import PUBLIC_KEY, signed

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PATH = "/agent/v1/conversations"
STARTS = "/customer/v1/conversations"
KEY = "sms-key"
WORDS = {"type": "text", "text": "Your parcel is here"}
CONNECTED: dict[str, Any] = {
    "channels": {
        "sms": {"queue": "support", "kind": "connector"},
        "shop": {"queue": "support", "identity_keys": [PUBLIC_KEY]},
    },
    "reporting": {"runner": "thread"},
    "api_keys": {"sms": {"sha256": hashlib.sha256(KEY.encode()).hexdigest(), "scopes": ["connector"]}},
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, **CONNECTED) as opened:
        yield opened


async def reach(agent: Agent, customer: str = "c-7", channel: str = "sms", **more: Any) -> Answer:
    return await agent.post(PATH, {"channel": channel, "customer": {"id": customer}, "content": WORDS, **more})


async def refused_field(answer: Answer) -> str:
    (error,) = answer.problem(422, "invalid_input").errors
    return error.path


async def tasks_of(agent: Agent) -> list[tuple[str, str]]:
    return [(task["state"], task["direction"]) for task in (await agent.me())["tasks"]]


async def write_from_outside(centre: Centre, customer: str, text: str) -> Answer:
    """What the connector sends when the customer writes."""
    body = {"channel": "sms", "customer": {"id": customer}, "text": text}
    return await Caller(centre, KEY).post(STARTS, body)


class TestAnOutboundConversation:
    async def test_is_the_agents_at_once_and_goes_on_when_the_customer_answers(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        started = (await reach(alice, attributes={"order": "4711"})).of(201)
        assert started["version"] == 4
        answered = (await write_from_outside(centre, "c-7", "Thank you")).of(200)
        assert answered["conversation_id"] == started["conversation_id"]
        customer = Customer(centre, answered)
        assert [(event["type"], event["version"]) for event in await customer.events()] == [
            ("ConversationStarted", 1),
            ("AgentRequested", 2),
            ("AgentJoined", 3),
            ("MessagePosted", 4),
            ("CustomerReturned", 5),
            ("MessagePosted", 6),
        ]
        (await alice.write(customer, "You are welcome")).of(201)
        read = (await alice.get(f"{PATH}/{customer.id}")).of(200)
        assert read["conversation"]["status"] == "with_agent"
        assert read["attributes"] == {"order": "4711"}
        assert read["customer"] == {"id": "c-7", "verified": True}
        assert await tasks_of(alice) == [("active", "outbound")]
        (await alice.end(customer)).of(200)
        assert await tasks_of(alice) == []

    async def test_does_not_make_the_customer_wait_in_the_transcript(self, centre: Centre) -> None:
        await reach(await Agent.on_shift(centre))
        customer = Customer(centre, (await write_from_outside(centre, "c-7", "Thank you")).of(200))
        entries = (await customer.get(f"{customer.path}/transcript")).of(200)["entries"]
        assert not any("waiting" in entry["text"].lower() for entry in entries)
        assert entries[2]["text"] == "Your parcel is here"

    async def test_stands_in_the_reports_as_outbound(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        started = (await reach(alice)).of(201)
        customer = Customer(centre, (await write_from_outside(centre, "c-7", "Thank you")).of(200))
        (await alice.end(customer)).of(200)
        await projected(centre.services)
        reader = await Agent.log_in(centre, "root")
        (row,) = (await reader.get("/reports/v1/conversations?direction=outbound")).of(200)["rows"]
        assert row["conversation_id"] == started["conversation_id"]
        assert (row["direction"], row["agents"], row["transfers"]) == ("outbound", ["alice"], 0)
        (task,) = (await reader.get("/reports/v1/agent-tasks?direction=outbound")).of(200)["rows"]
        assert (task["agent_id"], task["disposition"]) == ("alice", "done")

    async def test_that_is_asked_for_again_is_the_same(self, centre: Centre) -> None:
        alice, bob = await Agent.on_shift(centre), await Agent.on_shift(centre, "bob")
        id_ = new_id()
        answers = await asyncio.gather(*(reach(alice, id=id_) for _ in range(3)))
        assert len({answer.content for answer in answers}) == 1
        assert sorted(answer.replayed for answer in answers) == [False, True, True]
        assert answers[0].of(201)["conversation_id"] == id_
        (await reach(alice, "c-8", id=id_)).problem(409, "id_conflict")
        (await reach(bob, id=id_)).problem(409, "id_conflict")
        assert await tasks_of(alice) == [("active", "outbound")]
        assert await tasks_of(bob) == []
        (await alice.post(f"{PATH}/{id_}/end")).of(200)
        assert (await reach(alice, id=id_)).replayed
        assert await tasks_of(alice) == []

    async def test_cannot_have_the_id_of_a_customers_conversation(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        customer = await Customer.start(centre)
        (await reach(alice, id=customer.id)).problem(409, "id_conflict")
        assert await tasks_of(alice) == []

    async def test_is_for_agents_at_work_with_room_for_it(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        (await reach(alice)).problem(409, "agent_logged_out")
        alice = await Agent.ready(centre)
        rooms = next(each["max_tasks"] for each in (await alice.me())["mrds"] if each["mrd"] == "chat")
        answers = await asyncio.gather(*(reach(alice, f"c-{number}") for number in range(rooms + 2)))
        assert sorted(answer.status for answer in answers) == [201] * rooms + [409] * 2
        refused = next(answer for answer in answers if answer.status == 409)
        assert "no room" in refused.problem(409, "agent_unavailable").detail
        assert await tasks_of(alice) == [("active", "outbound")] * rooms


class TestTheCustomer:
    async def test_is_reached_by_the_channels_that_are_listed(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        listed = (await alice.get("/agent/v1/channels")).of(200)["channels"]
        assert {each["channel"]: (each["kind"], each["queue"]) for each in listed} == {
            "shop": ("web", "support"),
            "sms": ("connector", "support"),
        }

    async def test_of_a_channel_that_reaches_nobody_is_refused(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        for channel in ("callback", "task", "no-channel"):
            assert await refused_field(await reach(alice, channel=channel)) == "channel"
        assert await refused_field(await reach(alice, queue="no-queue")) == "queue"
        assert await tasks_of(alice) == []

    async def test_of_a_website_is_reached_when_an_identity_was_signed_before(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        assert await refused_field(await reach(alice, channel="shop")) == "customer.id"
        claimed = {"channel": "shop", "customer": {"id": "c-7"}}
        await Caller(centre).post(STARTS, claimed)
        assert await refused_field(await reach(alice, channel="shop")) == "customer.id"
        identity = signed(name="Ada")
        first = Customer(centre, (await Caller(centre).post(STARTS, {"channel": "shop", "identity": identity})).of(201))
        assert await refused_field(await reach(alice, channel="shop")) == "customer.id"
        (await first.end()).of(200)
        started = (await reach(alice, channel="shop")).of(201)
        signed_in = {"channel": "shop", "identity": identity}
        returned = (await Caller(centre).post("/customer/v1/returns", signed_in)).of(200)
        assert returned["conversation_id"] == started["conversation_id"]
        read = (await alice.get(f"{PATH}/{started['conversation_id']}")).of(200)
        assert read["customer"] == {"id": "c-7", "name": "Ada", "verified": True}
        assert [each["conversation_id"] for each in read["previous"]] == [first.id]

    async def test_with_an_open_conversation_is_not_given_a_second_one(self, centre: Centre) -> None:
        alice, bob = await Agent.on_shift(centre), await Agent.on_shift(centre, "bob")
        answers = await asyncio.gather(reach(alice), reach(bob))
        refused = next(answer for answer in answers if answer.status != 201)
        assert await refused_field(refused) == "customer.id"
        assert sorted([*await tasks_of(alice), *await tasks_of(bob)]) == [("active", "outbound")]
