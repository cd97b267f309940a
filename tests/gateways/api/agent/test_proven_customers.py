"""What an agent may see of a customer's other conversations: those that are proven to be of the same customer."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PATH = "/customer/v1/conversations"
KEY = "sms-key"
CONNECTED: dict[str, Any] = {
    "channels": {"sms": {"queue": "support", "kind": "connector"}},
    "api_keys": {"sms": {"sha256": hashlib.sha256(KEY.encode()).hexdigest(), "scopes": ["connector"]}},
}
ADA = {"id": "c-7", "name": "Ada"}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, **CONNECTED) as opened:
        yield opened


async def start(centre: Centre, token: str | None = None, channel: str = "web-direct", **body: Any) -> Customer:
    answer = await Caller(centre, token).post(PATH, {"channel": channel, **body})
    return Customer(centre, answer.of(201))


async def previous(agent: Agent, customer: Customer) -> list[str]:
    detail = (await agent.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    return [conversation["conversation_id"] for conversation in detail["previous"]]


async def may_read(agent: Agent, customer: Customer) -> bool:
    answers = [
        await agent.get(f"/agent/v1/conversations/{customer.id}"),
        await agent.get(f"/agent/v1/conversations?q={customer.id}"),
    ]
    readable, found = answers[0].status == 200, bool(answers[1].of(200)["conversations"])
    assert readable == found
    return readable


async def found_by_id(agent: Agent, customer_id: str) -> list[str]:
    page = (await agent.get(f"/agent/v1/conversations?customer={customer_id}")).of(200)
    return [conversation["conversation_id"] for conversation in page["conversations"]]


async def described_to(agent: Agent, customer: Customer) -> Any:
    """The customer as the agent sees them: in the list of participants, and in detail."""
    detail = (await agent.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    return detail["conversation"]["participants"][0].get("verified", False), detail["customer"]


class TestAnIdThatIsOnlyClaimed:
    async def test_opens_no_other_conversation(self, centre: Centre) -> None:
        victims = [await start(centre, KEY, "sms", customer=ADA), await start(centre, customer=ADA, text="My secret")]
        for victim in victims:
            await victim.end()
        alice = await Agent.ready(centre)
        claimed = await start(centre, customer=ADA)
        await alice.accept_only_offer()
        assert await previous(alice, claimed) == []
        assert [await may_read(alice, victim) for victim in victims] == [False, False]
        assert await may_read(alice, claimed)

    async def test_is_described_as_claimed(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        claimed, connected = await start(centre, customer=ADA), await start(centre, KEY, "sms", customer=ADA)
        assert await described_to(sue, claimed) == (False, ADA)
        assert await described_to(sue, connected) == (True, {**ADA, "verified": True})

    async def test_is_not_found_as_that_customer(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        await start(centre, customer=ADA)
        connected = await start(centre, KEY, "sms", customer=ADA)
        assert await found_by_id(sue, "c-7") == [connected.id]

    async def test_is_not_kept_for_the_agent_who_served_that_customer(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        first = await start(centre, customer=ADA)
        await alice.accept_only_offer()
        await first.end()
        await start(centre, customer=ADA)
        assert await preferred(centre) == [None, None]

    async def test_cannot_be_declared_proven(self, centre: Centre) -> None:
        answer = await Caller(centre).post(PATH, {"channel": "web", "customer": {**ADA, "verified": True}})
        assert "verified" in answer.problem(422, "invalid_input").detail


class TestAProvenCustomer:
    async def test_is_one_by_a_connectors_word(self, centre: Centre) -> None:
        before = []
        for _ in range(22):
            earlier = await start(centre, KEY, "sms", customer=ADA)
            await earlier.end()
            before.append(earlier)
        other = await start(centre, KEY, "sms", customer={"name": "Ada"})
        await other.end()
        alice = await Agent.log_in(centre)
        assert not await may_read(alice, before[0])
        now = await start(centre, KEY, "sms", customer=ADA)
        await alice.go("ready")
        await alice.accept_only_offer()
        assert await previous(alice, now) == [earlier.id for earlier in before[:1:-1]]
        assert await may_read(alice, before[0])
        assert not await may_read(alice, other)
        assert await found_by_id(alice, "c-7") == [now.id, *(earlier.id for earlier in reversed(before))]

    async def test_is_one_by_the_tokens_of_earlier_conversations(self, centre: Centre) -> None:
        first = await start(centre)
        await first.end()
        second = await start(centre, first.token, customer={"name": "Ada"})
        await second.end()
        another = await start(centre, first.token, customer=ADA)
        await another.end()
        stranger = await start(centre, customer=ADA)
        await stranger.end()
        alice = await Agent.ready(centre)
        third = await start(centre, second.token)
        await alice.accept_only_offer()
        assert await previous(alice, third) == [second.id, first.id]
        assert await described_to(alice, third) == (False, {})
        assert [await may_read(alice, other) for other in (stranger, another)] == [False, False]

    async def test_is_remembered_after_a_restart(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path / "data", **CONNECTED) as centre:
            first = await start(centre)
            await first.end()
            second = await start(centre, first.token)
        async with open_centre(tmp_path / "data", **CONNECTED) as centre:
            assert await previous(await Agent.log_in(centre, "sue"), second) == [first.id]


async def preferred(centre: Centre) -> list[str | None]:
    """The agents for whom the tasks were kept, in the order of the tasks."""
    requested = [item.event for item in await centre.recorded("TaskQueued", 2)]
    return [event.preferred_agent for event in requested if hasattr(event, "preferred_agent")]
