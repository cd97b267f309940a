"""Applications write into conversations, and to customers."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.api.extern.conftest import KEY, KEYS, SMS_KEY
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.connectors.bots.bots import HASTY, serve_bot

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/messages"
WORDS = {"type": "text", "text": "Your parcel is here"}
STARTS = "/customer/v1/conversations"


async def write(caller: Caller, customer: str = "c-7", **more: Any) -> Answer:
    return await caller.post(PATH, {"channel": "sms", "customer": {"id": customer}, "content": WORDS, **more})


async def write_into(caller: Caller, conversation_id: str, **more: Any) -> Answer:
    return await caller.post(PATH, {"conversation_id": conversation_id, "content": WORDS, **more})


async def answer(sms: Caller, text: str, customer: str = "c-7") -> Any:
    """What the connector sends when the customer writes."""
    return (await sms.post(STARTS, {"channel": "sms", "customer": {"id": customer}, "text": text})).json


async def status(crm: Caller, conversation_id: str) -> str:
    found: str = (await crm.get(f"/extern/v1/conversations/{conversation_id}")).of(200)["conversation"]["status"]
    return found


class TestIntoAConversation:
    async def test_everybody_sees_the_message(self, centre: Centre, crm: Caller) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        posted = (await write_into(crm, customer.id)).of(201)
        assert posted["conversation_id"] == customer.id
        seen = (await customer.events())[-1]
        assert seen["data"] == {
            "message_id": posted["message_id"],
            "sender": {"type": "application", "id": "crm"},
            "content": WORDS,
        }
        assert seen["version"] == posted["version"]
        read = (await alice.get(f"/agent/v1/conversations/{customer.id}")).of(200)
        assert read["conversation"]["unread"] == 1
        assert read["conversation"]["last_message_by"] == "application"

    async def test_a_message_is_posted_once(self, centre: Centre, crm: Caller) -> None:
        customer, id_ = await Customer.start(centre), new_id()
        answers = await asyncio.gather(*(write_into(crm, customer.id, id=id_) for _ in range(3)))
        assert len({each.content for each in answers}) == 1
        assert sorted(each.replayed for each in answers) == [False, True, True]
        assert answers[0].of(201)["message_id"] == id_
        await customer.end()
        assert (await write_into(crm, customer.id, id=id_)).replayed

    async def test_another_message_with_the_same_id_is_refused(self, centre: Centre, crm: Caller, erp: Caller) -> None:
        customer, other, id_ = await Customer.start(centre), await Customer.start(centre), new_id()
        (await write_into(crm, customer.id, id=id_)).of(201)
        (await write_into(crm, customer.id, id=id_, content={"type": "text", "text": "No"})).problem(409, "id_conflict")
        (await write_into(crm, other.id, id=id_)).problem(409, "id_conflict")
        (await write(crm, id=id_)).problem(409, "id_conflict")
        (await write_into(erp, customer.id, id=id_)).problem(409, "id_conflict")
        assert "MessagePosted" not in centre.types(other.stream)

    async def test_what_bots_may_post_applications_may_too(self, centre: Centre, crm: Caller) -> None:
        customer = await Customer.start(centre)
        contents: list[dict[str, Any]] = [
            {"type": "notification", "text": "We close in five minutes", "code": "closing"},
            {"type": "rating", "text": "How was it?"},
            {"type": "buttons", "buttons": [{"title": "Yes", "payload": "/yes"}]},
            {"type": "custom", "payload": {"a": 1}},
        ]
        for content in contents:
            (await write_into(crm, customer.id, content=content)).of(201)
        form_answers = {"type": "form_answers", "form_id": new_id(), "answers": {"name": "Ada"}}
        (await write_into(crm, customer.id, content=form_answers)).problem(422, "invalid_input")

    async def test_a_conversation_that_has_ended_or_never_was_takes_no_message(
        self, centre: Centre, crm: Caller
    ) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        (await write_into(crm, customer.id)).problem(409, "conversation_ended")
        (await write_into(crm, new_id())).problem(404, "not_found")


class TestToACustomer:
    async def test_a_conversation_starts_and_waits_for_the_customer(self, centre: Centre, crm: Caller) -> None:
        alice = await Agent.ready(centre)
        posted = (await write(crm, attributes={"order": "4711"}, queue="sales", language="de")).of(201)
        assert posted["version"] == 2
        assert await status(crm, posted["conversation_id"]) == "waiting_for_customer"
        assert await alice.offers() == []
        started = centre.services.conversations.get(posted["conversation_id"])
        assert started is not None
        assert (started.queue, started.language, started.attributes) == ("sales", "de", {"order": "4711"})
        assert started.customer.verified

    async def test_the_answer_goes_into_the_queue(self, centre: Centre, crm: Caller, sms: Caller) -> None:
        alice = await Agent.ready(centre)
        posted = (await write(crm)).of(201)
        answered = await answer(sms, "Leave it with the neighbour")
        assert (answered["conversation_id"], answered["status"]) == (posted["conversation_id"], "waiting_for_agent")
        task = await alice.accept_only_offer()
        assert task["conversation_id"] == posted["conversation_id"]
        customer = Customer(centre, answered)
        assert [event["type"] for event in await customer.events()] == [
            "ConversationStarted",
            "MessagePosted",
            "CustomerReturned",
            "MessagePosted",
            "AgentRequested",
            "AgentJoined",
        ]

    async def test_a_message_of_the_customer_who_is_there_goes_into_the_queue(
        self, centre: Centre, crm: Caller, sms: Caller
    ) -> None:
        await write(crm)
        returned = (await sms.post(STARTS, {"channel": "sms", "customer": {"id": "c-7"}})).of(200)
        assert returned["status"] == "waiting_for_customer"
        customer, id_ = Customer(centre, returned), new_id()
        (await customer.write("Hello", id_)).of(201)
        assert (await customer.write("Hello", id_)).replayed
        assert (await customer.state())["status"] == "waiting_for_agent"
        assert centre.types(customer.stream).count("AgentRequested") == 1

    async def test_the_bot_of_the_channel_gets_the_answer(self, tmp_path: Path, quick_passwords: None) -> None:
        channels = {"sms": {"queue": "support", "kind": "connector", "bot": "greeter"}}
        settings: dict[str, Any] = {"bots": {"greeter": HASTY}, "channels": channels, "api_keys": KEYS}
        async with serve_bot() as bot, open_centre(tmp_path, bot.url, **settings) as centre:
            crm = Caller(centre, KEY)
            posted = (await write(crm)).of(201)
            assert await status(crm, posted["conversation_id"]) == "with_bot"
            await answer(Caller(centre, SMS_KEY), "Tomorrow")
            await bot.asked(1)
            (asked,) = bot.received
            assert (asked["sender"], asked["message"]) == (posted["conversation_id"], "Tomorrow")

    async def test_an_open_conversation_takes_the_message(self, centre: Centre, crm: Caller, sms: Caller) -> None:
        started = await answer(sms, "Where is it?")
        posted = (await write(crm)).of(201)
        assert posted["conversation_id"] == started["conversation_id"]
        assert (await write(crm)).of(201)["conversation_id"] == started["conversation_id"]
        customer = Customer(centre, started)
        await customer.end()
        assert (await write(crm)).of(201)["conversation_id"] != started["conversation_id"]

    async def test_two_messages_at_once_start_one_conversation(self, crm: Caller, erp: Caller) -> None:
        answers = await asyncio.gather(*(write(caller) for caller in (crm, erp, crm)))
        assert len({each.of(201)["conversation_id"] for each in answers}) == 1

    async def test_a_message_is_posted_once_wherever_the_customer_is_by_then(
        self, centre: Centre, crm: Caller, sms: Caller
    ) -> None:
        first, second = new_id(), new_id()
        started, posted = await write(crm, id=first), await write(crm, id=second)
        customer = Customer(centre, {"conversation_id": started.of(201)["conversation_id"], "token": None})
        root = await Agent.log_in(centre, "root")
        (await root.post(f"/agent/v1/conversations/{customer.id}/end", {"force": True})).of(200)
        await answer(sms, "I am back")
        for id_, before in ((first, started), (second, posted)):
            again = await write(crm, id=id_)
            assert again.replayed
            assert again.content == before.content
        (await write(crm, "c-8", id=second)).problem(409, "id_conflict")
        (await write(crm, "c-8", id=first)).problem(409, "id_conflict")

    @pytest.mark.parametrize(
        ("more", "path"),
        [
            ({"channel": "fax"}, "channel"),
            ({"channel": "callback"}, "channel"),
            ({"channel": "web-direct"}, "customer.id"),
            ({"queue": "nowhere"}, "queue"),
        ],
    )
    async def test_a_customer_whom_the_channel_does_not_reach_is_refused(
        self, crm: Caller, more: dict[str, str], path: str
    ) -> None:
        (error,) = (await write(crm, **more)).problem(422, "invalid_input").errors
        assert error.path == path

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"channel": "sms"},
            {"customer": {"id": "c-7"}},
            {"conversation_id": new_id(), "channel": "sms", "customer": {"id": "c-7"}},
            {"conversation_id": new_id(), "customer": {"id": "c-7"}},
            {"conversation_id": new_id(), "queue": "support"},
            {"conversation_id": new_id(), "attributes": {"order": "4711"}},
        ],
    )
    async def test_a_message_is_for_a_conversation_or_for_a_customer(self, crm: Caller, body: dict[str, Any]) -> None:
        (await crm.post(PATH, {"content": WORDS, **body})).problem(422, "invalid_input")
