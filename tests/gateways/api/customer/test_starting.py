"""Starting a conversation."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schemas.events import AgentRequested, ConversationStarted, ExpectedAnswer
from schemas.identifiers import new_id
from schemas.records import conversation_stream
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer

pytestmark = pytest.mark.asyncio

PATH = "/customer/v1/conversations"
WITH_KEYS: dict[str, Any] = {
    "channels": {
        "sms": {"queue": "support", "kind": "connector"},
        "shop": {"queue": "support", "allowed_origins": ["https://shop.example"]},
    },
    "api_keys": {
        "sms": {"sha256": hashlib.sha256(b"sms-key").hexdigest(), "scopes": ["connector"]},
        "reader": {"sha256": hashlib.sha256(b"reader-key").hexdigest(), "scopes": []},
    },
}


async def start(centre: Centre, token: str | None = None, origin: str | None = None, **body: Any) -> Answer:
    headers = {} if origin is None else {"Origin": origin}
    return await Caller(centre, token).post(PATH, {"channel": "web-direct", **body}, **headers)


class TestStarting:
    @pytest.mark.parametrize("path", ["attributes", "customer.attributes"])
    async def test_with_attributes_that_are_too_large_is_refused(self, centre: Centre, path: str) -> None:
        attributes = {"order": "x" * 20_000}
        body: dict[str, Any] = (
            {"attributes": attributes} if path == "attributes" else {"customer": {path[9:]: attributes}}
        )
        details = (await start(centre, **body)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [path]
        assert "16384 bytes" in details.detail

    async def test_goes_straight_to_the_queue(self, centre: Centre) -> None:
        started = (await start(centre)).of(201)
        assert started["status"] == "waiting_for_agent"
        assert started["version"] == 2
        assert centre.types(conversation_stream(started["conversation_id"])) == [
            "ConversationStarted",
            "AgentRequested",
        ]

    async def test_goes_to_the_bot_first_where_the_channel_has_one(self, centre: Centre) -> None:
        started = (await start(centre, channel="web")).of(201)
        assert started["status"] == "with_bot"
        assert centre.types(conversation_stream(started["conversation_id"])) == ["ConversationStarted"]

    async def test_takes_a_first_message(self, centre: Centre) -> None:
        customer = await Customer.start(centre, text="My invoice is wrong", customer={"id": "c-7", "name": "Ada"})
        (message,) = [event for event in await customer.events() if event["type"] == "MessagePosted"]
        assert message["data"]["content"] == {"type": "text", "text": "My invoice is wrong"}
        assert message["data"]["sender"] == {"type": "customer", "id": "c-7", "name": "Ada"}

    async def test_keeps_the_details_of_the_customer(self, centre: Centre) -> None:
        ada = {"id": "c-7", "name": "Ada", "email": "ada@example.org", "phone": "+44 20", "attributes": {"vip": True}}
        customer = await Customer.start(centre, customer=ada, language="en-GB", attributes={"page": "/prices"})
        started = (await customer.events())[0]["data"]
        assert started["customer"] == ada
        assert started["language"] == "en-GB"
        assert started["attributes"] == {"page": "/prices"}

    async def test_may_choose_the_queue(self, centre: Centre) -> None:
        customer = await Customer.start(centre, queue="sales")
        assert (await customer.state())["queue"] == "sales"

    async def test_may_not_choose_a_queue_that_the_channel_does_not_list(self, centre: Centre) -> None:
        for channel in ("web", "web-direct"):
            details = (await start(centre, channel=channel, queue="callback")).problem(422, "invalid_input")
            assert [error.path for error in details.errors] == ["queue"]
        assert centre.services.journal.last_position() == centre.opened_at

    async def test_gives_every_conversation_its_own_id_and_token(self, centre: Centre) -> None:
        started = [(await start(centre)).of(201) for _ in range(3)]
        assert len({each["conversation_id"] for each in started}) == 3
        assert len({each["token"] for each in started}) == 3


class TestSettings:
    async def test_reach_the_conversation(self, tmp_path: Path, quick_passwords: None) -> None:
        sections: dict[str, Any] = {
            "queues": {"support": {"mrd": "chat", "response_seconds": 90.0}},
            "bots": {"greeter": {"suggests": True}},
            "channels": {
                "web": {"queue": "support", "bot": "greeter", "inactivity_seconds": 600.0},
                "web-direct": {"queue": "support", "inactivity_seconds": 300.0},
            },
        }
        async with open_centre(tmp_path, **sections) as centre:
            await start(centre, channel="web")
            await start(centre)
            started = [item.event for item in await centre.recorded("ConversationStarted", 2)]
            (requested,) = [item.event for item in await centre.recorded("AgentRequested")]
            with_bot, direct = [event for event in started if isinstance(event, ConversationStarted)]
            assert (with_bot.suggests, with_bot.inactivity_seconds) == (True, 600.0)
            assert with_bot.expects == ExpectedAnswer(
                "customer", with_bot.started_at, with_bot.started_at + timedelta(seconds=600)
            )
            assert (direct.suggests, direct.inactivity_seconds, direct.expects) == (False, 300.0, None)
            assert isinstance(requested, AgentRequested)
            assert requested.queue.response_seconds == 90.0


class TestRepeating:
    async def test_gets_the_same_answer_byte_for_byte(self, centre: Centre) -> None:
        body: dict[str, Any] = {"id": new_id(), "text": "Hello", "customer": {"name": "Ada"}, "attributes": {"b": 1}}
        first = await start(centre, **body)
        again = await start(centre, **body)
        assert first.of(201)["conversation_id"] != body["id"]
        assert not first.replayed
        assert again.replayed
        assert (again.status, again.content) == (first.status, first.content)

    async def test_gets_the_same_answer_even_when_the_conversation_has_gone_on(self, centre: Centre) -> None:
        body = {"id": new_id(), "text": "Hello"}
        first = await start(centre, **body)
        customer = Customer(centre, first.json)
        await customer.write("Anybody?")
        await customer.end()
        assert (await start(centre, **body)).content == first.content

    async def test_ignores_the_order_of_the_fields(self, centre: Centre) -> None:
        id_ = new_id()
        first = await start(centre, id=id_, attributes={"a": 1, "b": 2}, text="Hello")
        again = await start(centre, text="Hello", attributes={"b": 2, "a": 1}, id=id_)
        assert again.replayed
        assert again.content == first.content

    @pytest.mark.parametrize(
        "other", [{"text": "Bye"}, {"text": "Hello", "queue": "sales"}, {"text": "Hello", "channel": "web"}, {}]
    )
    async def test_refuses_other_content_under_the_same_id(self, centre: Centre, other: dict[str, Any]) -> None:
        id_ = new_id()
        (await start(centre, id=id_, text="Hello")).of(201)
        position = centre.services.journal.last_position()
        (await start(centre, id=id_, **other)).problem(409, "id_conflict")
        assert centre.services.journal.last_position() == position

    async def test_starts_one_conversation_however_many_ask_at_once(self, centre: Centre) -> None:
        body = {"id": new_id(), "text": "Hello"}
        answers = await asyncio.gather(*(start(centre, **body) for _ in range(20)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert sorted(answer.replayed for answer in answers) == [False] + [True] * 19
        assert len(await centre.recorded("ConversationStarted")) == 1
        assert len(centre.types(conversation_stream(answers[0].json["conversation_id"]))) == 3


class TestRepeatingTheStartOfAnother:
    async def test_by_what_an_agent_sees_does_not_give_the_customers_token(self, centre: Centre) -> None:
        ada = {"name": "Ada", "email": "ada@example.org"}
        id_ = new_id()
        body: dict[str, Any] = {"text": "My secret", "customer": ada, "attributes": {"page": "/"}, "language": "en"}
        customer = Customer(centre, (await start(centre, id=id_, **body)).of(201))
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        read = (await alice.get(f"/agent/v1/conversations/{customer.id}")).content.decode()
        assert id_ not in read
        seen = set(re.findall(r"[0-9a-f-]{36}", read))
        assert customer.id in seen
        for guessed in seen:
            answer = (await start(centre, id=guessed, **body)).of(201)
            assert answer["conversation_id"] != customer.id
            assert answer["token"] != customer.token

    async def test_is_refused_to_another_connector(self, tmp_path: Path) -> None:
        other = {"other": {"sha256": hashlib.sha256(b"other-key").hexdigest(), "scopes": ["connector"]}}
        async with open_centre(tmp_path, **{**WITH_KEYS, "api_keys": {**WITH_KEYS["api_keys"], **other}}) as centre:
            body = {"id": new_id(), "channel": "sms", "text": "Hello"}
            first = await start(centre, "sms-key", **body)
            assert first.of(201)["conversation_id"] == body["id"]
            (await start(centre, "other-key", **body)).problem(409, "id_conflict")
            assert (await start(centre, "sms-key", **body)).content == first.content


class TestChannels:
    @pytest_asyncio.fixture
    async def keyed(self, tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
        async with open_centre(tmp_path, **WITH_KEYS) as opened:
            yield opened

    async def test_a_connectors_channel_takes_its_key(self, keyed: Centre) -> None:
        started = await start(keyed, "sms-key", channel="sms")
        assert started.of(201)["status"] == "waiting_for_agent"
        record = keyed.services.journal.read_stream(conversation_stream(started.json["conversation_id"]))[0]
        assert record.actor == "connector:sms"

    async def test_a_connectors_channel_refuses_other_tokens(self, keyed: Centre) -> None:
        (await start(keyed, channel="sms")).problem(401, "key_missing")
        (await start(keyed, "wrong", channel="sms")).problem(401, "key_invalid")
        (await start(keyed, "\u00e9\u00ff", channel="sms")).problem(401, "key_invalid")
        (await start(keyed, "reader-key", channel="sms")).problem(403, "scope_missing")
        digest = hashlib.sha256(b"sms-key").hexdigest()
        (await start(keyed, digest, channel="sms")).problem(401, "key_invalid")
        assert keyed.services.journal.last_position() == keyed.opened_at

    async def test_a_conversations_token_is_no_key(self, keyed: Centre) -> None:
        customer = await Customer.start(keyed)
        (await start(keyed, customer.token, channel="sms")).problem(401, "key_invalid")

    @pytest.mark.parametrize("origin", [None, "https://shop.example"])
    async def test_a_web_channel_is_open_to_its_origins(self, keyed: Centre, origin: str | None) -> None:
        assert (await start(keyed, channel="shop", origin=origin)).status == 201

    async def test_a_web_channel_is_open_to_the_servers_own_pages(self, keyed: Centre) -> None:
        assert (await start(keyed, channel="shop", origin=keyed.url)).status == 201

    @pytest.mark.parametrize(
        "origin",
        ["https://evil.example", "null", "https://shop.example.evil.example", "https://shop.example:8443", "", "x"],
    )
    async def test_a_web_channel_is_closed_to_others(self, keyed: Centre, origin: str) -> None:
        answer = await start(keyed, channel="shop", origin=origin)
        if origin:
            answer.problem(403, "origin_not_allowed")
            assert keyed.services.journal.last_position() == keyed.opened_at

    async def test_an_unknown_channel_or_queue_is_named(self, centre: Centre) -> None:
        for field in ("channel", "queue"):
            answer = await Caller(centre).post(PATH, {"channel": "web-direct", field: "nowhere"})
            details = answer.problem(422, "invalid_input")
            assert [error.path for error in details.errors] == [field]
        assert centre.services.journal.last_position() == centre.opened_at
