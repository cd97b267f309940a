"""The return of the same customer, to an open conversation or to the agent who served the customer last."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from actors.engine import Request
from schemas.commands import ConfigureQueue
from schemas.events import AgentRequested, ConversationStarted, TaskQueued
from schemas.identifiers import command_id, new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PATH = "/customer/v1/conversations"
KEY = "sms-key"
CONNECTED: dict[str, Any] = {
    "queues": {"support": {"mrd": "chat", "sticky_seconds": 600}},
    "channels": {
        "sms": {"queue": "support", "kind": "connector"},
        "whatsapp": {"queue": "support", "kind": "connector"},
        "sms-bot": {"queue": "support", "kind": "connector", "bot": "greeter"},
    },
    "api_keys": {"sms": {"sha256": hashlib.sha256(KEY.encode()).hexdigest(), "scopes": ["connector"]}},
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, **CONNECTED) as opened:
        await prefer_the_agent_who_served_last(opened)
        yield opened


async def prefer_the_agent_who_served_last(centre: Centre) -> None:
    services = centre.services
    command = ConfigureQueue(at=services.clock(), name="support", queue=services.configuration.queues["support"])
    await services.engine.ask(Request("router-chat", command, command_id(new_id()), "test"))


async def write(centre: Centre, text: str | None = None, channel: str = "sms", who: str = "c-7", **more: Any) -> Answer:
    """A customer writes by a connector, which starts a conversation for every message that comes in."""
    body = {"channel": channel, "customer": {"id": who}, **({"text": text} if text else {}), **more}
    return await Caller(centre, KEY).post(PATH, body)


async def starts(centre: Centre) -> list[ConversationStarted]:
    return [item.event for item in centre.committed if isinstance(item.event, ConversationStarted)]


class TestByAConnector:
    async def test_leads_back_to_the_open_conversation(self, centre: Centre) -> None:
        first = (await write(centre, "One")).of(201)
        assert "returned" not in first
        again = (await write(centre, "Two")).of(200)
        assert again["returned"]
        assert again["conversation_id"] == first["conversation_id"]
        customer = Customer(centre, again)
        assert [event["data"]["content"]["text"] for event in await messages(customer)] == ["One", "Two"]
        assert "CustomerReturned" in centre.types(customer.stream)
        assert again["version"] == (await customer.state())["version"]
        assert again["status"] == "waiting_for_agent"

    async def test_leads_back_after_a_restart(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path / "data", **CONNECTED) as centre:
            first = (await write(centre, "One")).of(201)
        async with open_centre(tmp_path / "data", **CONNECTED) as centre:
            assert (await write(centre, "Two")).of(200)["conversation_id"] == first["conversation_id"]

    async def test_does_not_mix_customers_or_channels(self, centre: Centre) -> None:
        ids = {
            (await write(centre, "Hello", channel, who)).of(201)["conversation_id"]
            for channel in ("sms", "whatsapp", "sms-bot")
            for who in ("c-7", "c-8", "7:c")
        }
        assert len(ids) == 9

    async def test_without_an_id_starts_anew(self, centre: Centre) -> None:
        for customer in ({}, {"id": ""}, {"name": "Ada"}):
            for _ in range(2):
                (await Caller(centre, KEY).post(PATH, {"channel": "sms", "customer": customer})).of(201)

    async def test_after_the_end_starts_anew(self, centre: Centre) -> None:
        first = (await write(centre, "One")).of(201)
        await Customer(centre, first).end()
        second = (await write(centre, "Two")).of(201)
        assert second["conversation_id"] != first["conversation_id"]
        assert (await write(centre, "Three")).of(200)["conversation_id"] == second["conversation_id"]

    async def test_of_many_at_once_makes_one_conversation(self, centre: Centre) -> None:
        answers = await asyncio.gather(*(write(centre, str(number)) for number in range(20)))
        assert sorted(answer.status for answer in answers) == [200] * 19 + [201]
        assert len({answer.json["conversation_id"] for answer in answers}) == 1
        assert len(await starts(centre)) == 1
        customer = Customer(centre, answers[0].json)
        texts = {event["data"]["content"]["text"] for event in await messages(customer)}
        assert texts == {str(number) for number in range(20)}

    async def test_repeated_posts_the_text_once(self, centre: Centre) -> None:
        await write(centre, "One")
        id_ = new_id()
        first = await write(centre, "Two", id=id_)
        again = await write(centre, "Two", id=id_)
        assert (first.replayed, again.replayed) == (False, True)
        assert again.json["version"] == first.json["version"]
        customer = Customer(centre, again.json)
        assert len(await messages(customer)) == 2
        (await write(centre, "Three", id=id_)).problem(409, "id_conflict")

    async def test_repeated_after_the_end_gets_the_same_answer(self, centre: Centre) -> None:
        await write(centre, "One")
        id_ = new_id()
        customer = Customer(centre, (await write(centre, "Two", id=id_)).of(200))
        await customer.end()
        again = await write(centre, "Two", id=id_)
        assert again.replayed
        assert again.of(200)["conversation_id"] == customer.id
        assert len(await starts(centre)) == 1

    async def test_of_a_repeated_start_gets_the_first_answer(self, centre: Centre) -> None:
        id_ = new_id()
        first = await write(centre, "One", id=id_)
        await write(centre, "Two")
        again = await write(centre, "One", id=id_)
        assert again.replayed
        assert (again.status, again.content) == (201, first.content)

    async def test_needs_the_key(self, centre: Centre) -> None:
        first = (await write(centre, "One")).of(201)
        body = {"channel": "sms", "customer": {"id": "c-7"}, "text": "Two"}
        (await Caller(centre).post(PATH, body)).problem(401, "key_missing")
        (await Caller(centre, first["token"]).post(PATH, body)).problem(401, "key_invalid")

    async def test_gives_a_token_that_opens_the_conversation(self, centre: Centre) -> None:
        await write(centre, "One")
        customer = Customer(centre, (await write(centre)).of(200))
        (await customer.write("Two")).of(201)


class TestOnTheWeb:
    async def test_takes_the_conversations_own_token(self, centre: Centre) -> None:
        customer = await Customer.start(centre, text="One", customer={"id": "c-7"})
        body = {"channel": "web-direct", "text": "Two"}
        again = (await Caller(centre, customer.token).post(PATH, body)).of(200)
        assert (again["returned"], again["conversation_id"]) == (True, customer.id)
        assert len(await messages(customer)) == 2

    async def test_by_a_claimed_id_starts_anew(self, centre: Centre) -> None:
        customer = await Customer.start(centre, customer={"id": "c-7"})
        other = await Customer.start(centre, customer={"id": "c-7"})
        assert other.id != customer.id

    @pytest.mark.parametrize("body", [{"channel": "web"}, {"channel": "web-direct", "customer": {"id": "c-8"}}])
    async def test_of_another_customer_or_channel_starts_anew(self, centre: Centre, body: dict[str, Any]) -> None:
        customer = await Customer.start(centre, customer={"id": "c-7"})
        (await Caller(centre, customer.token).post(PATH, body)).of(201)
        assert "CustomerReturned" not in centre.types(customer.stream)

    async def test_with_an_invalid_token_starts_anew(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.log_in(centre)
        unknown = centre.services.tokens.issue("customer", new_id(), int(centre.services.clock().timestamp()), 60)
        expired = centre.services.tokens.issue("customer", customer.id, 1, 60)
        for token in ("nonsense", KEY, alice.token, unknown, expired, f"{customer.token}x"):
            (await Caller(centre, token).post(PATH, {"channel": "web-direct"})).of(201)
        assert "CustomerReturned" not in centre.types(customer.stream)

    async def test_after_the_end_starts_anew(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        body = {"channel": "web-direct", "id": new_id(), "text": "Hello again"}
        assert (await Caller(centre, customer.token).post(PATH, body)).of(201)["conversation_id"] != customer.id


class TestTheAgentWhoServedLast:
    async def test_is_preferred(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        first = Customer(centre, (await write(centre, "One")).of(201))
        await alice.accept_only_offer()
        await first.end()
        await Agent.ready(centre, "bob")
        await write(centre, "Two")
        assert [await preferred(centre, number) for number in (1, 2)] == [None, "alice"]

    async def test_is_remembered_over_a_conversation_without_an_agent(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        first = Customer(centre, (await write(centre, "One")).of(201))
        await alice.accept_only_offer()
        await first.end()
        await Customer(centre, (await write(centre, "Two")).of(201)).end()
        await write(centre, "Three")
        assert await preferred(centre, 3) == "alice"

    async def test_is_preferred_once_the_bot_hands_over(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        first = Customer(centre, (await write(centre, "One", "sms-bot")).of(201))
        await first.post(f"{first.path}/agent-request")
        await alice.accept_only_offer()
        await first.end()
        second = Customer(centre, (await write(centre, "Two", "sms-bot")).of(201))
        await second.post(f"{second.path}/agent-request")
        assert await preferred(centre, 2) == "alice"

    async def test_is_preferred_for_a_customer_who_presents_the_token(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        first = await Customer.start(centre)
        await alice.accept_only_offer()
        await first.end()
        (await Caller(centre, first.token).post(PATH, {"channel": "web-direct"})).of(201)
        assert await preferred(centre, 2) == "alice"


async def messages(customer: Customer) -> list[Any]:
    return [event for event in await customer.events() if event["type"] == "MessagePosted"]


async def preferred(centre: Centre, number: int) -> str | None:
    """The agent for whom the task of this number is kept."""
    queued = [item.event for item in await centre.recorded("TaskQueued", number)][-1]
    requested = [item.event for item in await centre.recorded("AgentRequested", number)][-1]
    assert isinstance(queued, TaskQueued)
    assert isinstance(requested, AgentRequested)
    return queued.preferred_agent
