"""A bot in a conversation is asked, its answers are posted, and an agent is requested when it fails."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import pytest_asyncio
import tomli_w
from aiohttp import web

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import signature_headers
from schemas.content import Button, ButtonsContent, TextContent
from schemas.events import AgentRequested, BotFailed, BotReplyDropped, MessagePosted, SuggestionPosted
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import NO_BOT, Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.connectors.bots.bots import HASTY, Behaviour, Reply, StandInBot, echo, replying, serve_bot

pytestmark = pytest.mark.asyncio


def spoken_by_bot(centre: Centre, customer: Customer) -> list[MessagePosted]:
    events = [item.event for item in centre.committed if item.record.stream == customer.stream]
    return [event for event in events if isinstance(event, MessagePosted) and event.sender.type == "bot"]


def texts_of_bot(centre: Centre, customer: Customer) -> list[str]:
    contents = [event.content for event in spoken_by_bot(centre, customer)]
    return [content.text for content in contents if isinstance(content, TextContent)]


def waiting_for(release: asyncio.Event, then: Behaviour = echo) -> Behaviour:
    """The behaviour of a bot that answers only once it is released."""

    async def behaviour(asked: dict[str, Any]) -> Reply:
        await release.wait()
        return await then(asked)

    return behaviour


class TestAsking:
    async def test_sends_the_message_in_the_format_of_rasa(self, centre: Centre, bot: StandInBot) -> None:
        ada = {"id": "c-7", "name": "Ada", "attributes": {"vip": True}}
        customer = await Customer.start(centre, "web", customer=ada, language="en-GB")
        message_id = (await customer.write("Where is my order? \U0001f600")).json["message_id"]
        (posted,) = await centre.recorded("MessagePosted")
        await bot.asked(1)
        assert bot.received == [
            {
                "sender": customer.id,
                "message": "Where is my order? \U0001f600",
                "input_channel": "web",
                "metadata": {
                    "event_id": posted.record.event_id,
                    "message_id": message_id,
                    "language": "en-GB",
                    "customer": ada,
                },
            }
        ]
        assert bot.headers[0]["Content-Type"] == "application/json"

    async def test_describes_contents_other_than_text_in_words(self, centre: Centre, bot: StandInBot) -> None:
        customer = await Customer.start(centre, "web")
        content = {"type": "location", "latitude": 48.2, "longitude": 16.37, "name": "Here"}
        (await customer.send(content)).of(201)
        await bot.asked(1)
        assert bot.messages == ["[location] Here, 48.200000, 16.370000"]
        assert bot.received[0]["metadata"]["content"] == content

    @pytest.mark.parametrize("words", ["/restart", ' \n\t/human{"x":1}', "\u3000/", "/"])
    async def test_what_is_typed_is_no_command(self, centre: Centre, bot: StandInBot, words: str) -> None:
        customer = await Customer.start(centre, "web", text=words)
        await customer.write(words)
        await bot.asked(2)
        assert bot.messages == [f"\u200b{words}"] * 2
        recorded = [item.event for item in await centre.recorded("MessagePosted")]
        assert [event.content for event in recorded if isinstance(event, MessagePosted)] == [TextContent(words)]

    @pytest.mark.parametrize("words", ["and/or", "\u200b/restart", "-/x"])
    async def test_any_other_text_is_sent_as_it_is(self, centre: Centre, bot: StandInBot, words: str) -> None:
        await Customer.start(centre, "web", text=words)
        await bot.asked(1)
        assert bot.messages == [words]

    @pytest.mark.parametrize(
        "offer",
        [
            {"buttons": [{"title": "Again", "payload": '/restart{"why": "\u00fc"}'}]},
            {"custom": {"chips": [{"label": "Again", "says": '/restart{"why": "\u00fc"}'}]}},
        ],
        ids=["buttons", "custom"],
    )
    async def test_a_pressed_button_may_be_a_command(
        self, centre: Centre, bot: StandInBot, offer: dict[str, Any]
    ) -> None:
        bot.behaviour = replying(offer)
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("MessagePosted", 2)
        pressed = {"type": "text", "text": "Again", "payload": '/restart{"why": "\u00fc"}'}
        (await customer.send(pressed)).of(201)
        await bot.asked(2)
        assert bot.messages == ["Hello", '/restart{"why": "\u00fc"}']

    async def test_a_payload_that_nothing_offered_is_no_command(self, centre: Centre, bot: StandInBot) -> None:
        customer = await Customer.start(centre, "web")
        for payload in ("/restart", "plain"):
            (await customer.send({"type": "text", "text": "Start again", "payload": payload})).of(201)
        (await customer.send({"type": "text", "text": "Once more", "payload": "/restart"})).of(201)
        await bot.asked(3)
        assert bot.messages == ["\u200b/restart", "plain", "\u200b/restart"]

    async def test_begins_with_the_text_of_the_start(self, centre: Centre, bot: StandInBot) -> None:
        await Customer.start(centre, "web", text="Hello")
        await bot.asked(1)
        assert bot.messages == ["Hello"]

    async def test_leaves_out_messages_that_are_not_for_the_bot(self, centre: Centre, bot: StandInBot) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre, "web")
        await customer.post(f"{customer.path}/agent-request")
        await customer.write("waiting")
        await alice.accept_only_offer()
        await customer.write("to the agent")
        await alice.write(customer, "to the customer")
        direct = await Customer.start(centre, "web-direct", text="no bot here")
        await direct.write("none")
        await Customer.start(centre, "web", text="to the bot")
        await bot.asked(1)
        assert bot.messages == ["to the bot"]

    async def test_keeps_the_order_of_a_conversation(self, centre: Centre, bot: StandInBot) -> None:
        customer = await Customer.start(centre, "web")
        for number in range(20):
            await customer.write(str(number))
        await centre.recorded("MessagePosted", 40)
        assert bot.messages == [str(number) for number in range(20)]
        assert texts_of_bot(centre, customer) == [f"You said: {number}" for number in range(20)]

    async def test_does_not_let_one_conversation_wait_for_another(self, centre: Centre, bot: StandInBot) -> None:
        release = asyncio.Event()
        slow = await Customer.start(centre, "web")
        bot.behaviour = waiting_for(release)
        await slow.write("slow")
        await bot.asked(1)
        bot.behaviour = echo
        quick = await Customer.start(centre, "web")
        async with quick.follow(1) as feed:
            await quick.write("quick")
            assert (await feed.until("MessagePosted", sender={"type": "bot", "id": "greeter"}))["version"] == 3
        assert spoken_by_bot(centre, slow) == []
        release.set()
        await centre.recorded("MessagePosted", 4)


class TestAnswers:
    async def test_answers_become_messages_in_their_order(self, centre: Centre, bot: StandInBot) -> None:
        buttons = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
        bot.behaviour = replying(
            "One moment.",
            {"text": "Is it this one?", "buttons": buttons},
            {"image": "https://shop.example/shoe.png"},
            {"attachment": "https://shop.example/invoice.pdf"},
            {"attachment": {"type": "video", "payload": {"src": "https://shop.example/v"}}},
            {"custom": {"carousel": [1, 2]}},
            {"text": "A picture:", "image": "https://shop.example/2.png"},
        )
        customer = await Customer.start(centre, "web")
        async with customer.follow(1) as feed:
            await customer.write("Which shoes?")
            messages = [event["data"] for event in await feed.take(9)][1:]
        assert [message["content"] for message in messages] == [
            {"type": "text", "text": "One moment."},
            {"type": "buttons", "text": "Is it this one?", "buttons": buttons},
            {"type": "image", "url": "https://shop.example/shoe.png"},
            {"type": "attachment", "url": "https://shop.example/invoice.pdf"},
            {"type": "video", "url": "https://shop.example/v"},
            {"type": "custom", "payload": {"carousel": [1, 2]}},
            {"type": "text", "text": "A picture:"},
            {"type": "image", "url": "https://shop.example/2.png"},
        ]
        assert {str(message["sender"]) for message in messages} == {str({"type": "bot", "id": "greeter"})}

    async def test_answers_record_their_cause(self, centre: Centre) -> None:
        await Customer.start(centre, "web", text="Hello")
        asked, answered = await centre.recorded("MessagePosted", 2)
        assert answered.record.causation_id == asked.record.event_id
        assert answered.record.correlation_id == asked.record.correlation_id
        assert answered.record.actor == "bot:greeter"


class TestHandOff:
    @pytest.mark.parametrize(
        ("custom", "queue", "reason"),
        [
            ({"handoff": True}, "support", None),
            ({"handoff": True, "queue": "sales", "reason": "wants to buy"}, "sales", "wants to buy"),
            ({"handoff": {"queue": "sales", "reason": "angry"}}, "sales", "angry"),
            ({"handoff": True, "queue": "nowhere"}, "support", None),
            ({"handoff": True, "queue": 7, "reason": ["x"]}, "support", None),
        ],
    )
    async def test_a_hand_off_requests_an_agent(
        self, centre: Centre, bot: StandInBot, custom: dict[str, Any], queue: str, reason: str | None
    ) -> None:
        bot.behaviour = replying({"custom": custom}, "I will find you a person.")
        customer = await Customer.start(centre, "web", text="A person, please")
        (requested,) = await centre.recorded("AgentRequested")
        assert isinstance(requested.event, AgentRequested)
        assert (requested.event.queue.name, requested.event.reason) == (queue, reason)
        assert requested.event.requested_by.id == "greeter"
        assert centre.types(customer.stream)[-2:] == ["MessagePosted", "AgentRequested"]
        assert (await customer.state())["status"] == "waiting_for_agent"

    @pytest.mark.parametrize(
        "custom", [{"handoff": False}, {"handoff": None}, {"hand_off": True}, "handoff", ["handoff"]]
    )
    async def test_a_hand_off_is_not_requested_by_other_custom_answers(
        self, centre: Centre, bot: StandInBot, custom: object
    ) -> None:
        bot.behaviour = replying({"custom": custom})
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("MessagePosted", 2)
        assert (await customer.state())["status"] == "with_bot"


async def fails(_: dict[str, Any]) -> Reply:
    return web.Response(status=500, text="Internal Server Error")


def answers(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    async def behaviour(_: dict[str, Any]) -> Reply:
        return web.Response(body=body, status=status, headers=headers)

    return behaviour


REFUSALS = {
    "status 500": fails,
    "status 404": answers(b"[]", 404),
    "redirect": answers(b"", 307, headers={"Location": "http://169.254.169.254/latest"}),
}
UNUSABLE = {
    "nothing but an attachment without an address": answers(b'[{"attachment":{"type":"template"}}]'),
    "no content": answers(b"", 204),
    "empty": answers(b""),
    "no JSON": answers(b"<html>"),
    "a number": answers(b"7"),
    "bad buttons": answers(b'[{"buttons":[{"title":""}]}]'),
    "nothing but a script's button": answers(b'[{"buttons":[{"title":"a","url":"javascript:alert(1)"}]}]'),
    "too large": answers(b'[{"text":"' + b"x" * 1_100_000 + b'"}]'),
    "deep": answers(b'[{"custom":' + b"[" * 100 + b"]" * 100 + b"}]"),
    "bottomless": answers(b'[{"custom":' + b"[" * 100_000),
    "huge number": answers(b'[{"custom":' + b"9" * 5000 + b"}]"),
    "not compressed": answers(b"[]", headers={"Content-Encoding": "gzip"}),
}
USABLE = {
    "an attachment without an address": (answers(b'[{"attachment":{"type":"template"}},{"text":"Hello"}]'), ["Hello"]),
    "no UTF-8": (answers(b'[{"text":"\xff"}]'), ["\ufffd"]),
    "lone surrogate": (answers(rb'[{"text":"\ud800 here"}]'), ["? here"]),
    "no list": (answers(b'{"text":"Hello"}'), ["Hello"]),
    "texts alone": (answers(b'["Hello", "again"]'), ["Hello", "again"]),
    "a number": (answers(b'[{"text":1}]'), ["1"]),
    "one part too deep": (answers(b'[{"custom":' + b"[" * 100 + b"]" * 100 + b'},{"text":"Hello"}]'), ["Hello"]),
    "one part of another kind": (answers(b'[{"text":{}}, null, {"text":"Hello","buttons":7}]'), ["Hello"]),
    "too many": (answers(b"[" + b",".join([b'{"text":"x"}'] * 51) + b"]"), ["x"] * 50),
}


class TestFailing:
    @pytest.mark.parametrize("failure", REFUSALS)
    async def test_requests_an_agent_after_the_last_try(self, centre: Centre, bot: StandInBot, failure: str) -> None:
        bot.behaviour = REFUSALS[failure]
        customer = await Customer.start(centre, "web", text="Hello")
        (failed,) = await centre.recorded("BotFailed")
        (requested,) = await centre.recorded("AgentRequested")
        assert isinstance(failed.event, BotFailed)
        assert (failed.event.bot, failed.event.attempts) == ("greeter", 3)
        assert failed.event.error
        assert isinstance(requested.event, AgentRequested)
        assert requested.event.reason == "bot_failed"
        assert len(bot.bodies) == 3
        assert centre.types(customer.stream)[2:] == ["BotFailed", "AgentRequested"]

    @pytest.mark.parametrize("answer", UNUSABLE)
    async def test_an_answer_that_came_is_never_asked_for_again(
        self, centre: Centre, bot: StandInBot, answer: str
    ) -> None:
        """Nothing of it can be posted, so an agent is requested. The bot has done what it does: asking again would do
        it twice."""
        bot.behaviour = UNUSABLE[answer]
        customer = await Customer.start(centre, "web", text="Hello")
        (failed,) = await centre.recorded("BotFailed")
        await centre.recorded("AgentRequested")
        assert isinstance(failed.event, BotFailed)
        assert failed.event.attempts == 1
        assert failed.event.error
        assert len(bot.bodies) == 1
        assert centre.types(customer.stream)[2:] == ["BotFailed", "AgentRequested"]

    @pytest.mark.parametrize("answer", USABLE)
    async def test_what_can_be_posted_is_posted(self, centre: Centre, bot: StandInBot, answer: str) -> None:
        bot.behaviour, expected = USABLE[answer]
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("MessagePosted", 1 + len(expected))
        assert texts_of_bot(centre, customer) == expected
        assert len(bot.bodies) == 1
        assert (await customer.state())["status"] == "with_bot"

    async def test_a_link_among_the_buttons_loses_nothing(self, centre: Centre, bot: StandInBot) -> None:
        bot.behaviour = replying(
            "One moment.",
            {
                "text": "Well?",
                "buttons": [
                    {"title": "Yes", "payload": "/affirm"},
                    {"type": "web_url", "title": "Our shop", "url": "https://shop.example/"},
                    {"title": "No"},
                ],
            },
            {"custom": {"handoff": True}},
        )
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("AgentRequested")
        assert [event.content for event in spoken_by_bot(centre, customer)] == [
            TextContent("One moment."),
            ButtonsContent([Button("Yes", "/affirm"), Button("No", "No")], "Well?"),
            TextContent("Our shop: https://shop.example/"),
        ]
        assert len(bot.bodies) == 1

    async def test_requests_an_agent_when_the_bot_cannot_be_reached(
        self, tmp_path: Path, quick_passwords: None
    ) -> None:
        async with open_centre(tmp_path, NO_BOT, bots={"greeter": HASTY}) as centre:
            customer = await Customer.start(centre, "web", text="Hello")
            await centre.recorded("AgentRequested")
            assert "BotFailed" in centre.types(customer.stream)
            assert "BotFailed" not in [event["type"] for event in await customer.events()]

    async def test_requests_an_agent_when_the_bot_is_too_slow(
        self, tmp_path: Path, quick_passwords: None, bot: StandInBot
    ) -> None:
        release = asyncio.Event()
        bot.behaviour = waiting_for(release)
        hasty = {**HASTY, "timeout_seconds": 0.5, "tries": 2}
        async with open_centre(tmp_path, bot.url, bots={"greeter": hasty}) as centre:
            await Customer.start(centre, "web", text="Hello")
            (failed,) = await centre.recorded("BotFailed")
            release.set()
        assert isinstance(failed.event, BotFailed)
        assert failed.event.attempts == 2
        assert "0.5 s" in failed.event.error
        assert len(set(bot.bodies)) <= 1, "a try that was begun late may not have come to the bot in time"

    async def test_is_not_reported_when_a_later_try_succeeds(self, centre: Centre, bot: StandInBot) -> None:
        replies = iter((fails, answers(b"", 503), echo))

        async def behaviour(asked: dict[str, Any]) -> Reply:
            return await next(replies)(asked)

        bot.behaviour = behaviour
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("MessagePosted", 2)
        assert centre.types(customer.stream) == ["ConversationStarted", "MessagePosted", "MessagePosted"]
        assert len(set(bot.bodies)) == 1

    async def test_keeps_the_later_messages_for_the_agent(self, centre: Centre, bot: StandInBot) -> None:
        bot.behaviour = fails
        customer = await Customer.start(centre, "web", text="One")
        await customer.write("Two")
        await centre.recorded("AgentRequested")
        await customer.write("Three")
        await centre.recorded("MessagePosted", 3)
        assert set(bot.messages) <= {"One", "Two"}
        assert centre.types(customer.stream).count("BotFailed") == 1


class TestLosingTheConversation:
    async def test_records_the_late_reply_as_dropped(self, centre: Centre, bot: StandInBot) -> None:
        release = asyncio.Event()
        bot.behaviour = waiting_for(release, replying("too late", "and once more"))
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre, "web", text="Hello")
        await bot.asked(1)
        await customer.post(f"{customer.path}/agent-request")
        await alice.accept_only_offer()
        async with alice.follow(await alice.position()) as feed:
            release.set()
            dropped = [await feed.until("BotReplyDropped") for _ in range(2)]
        assert {event["data"]["reason"] for event in dropped} == {"stale"}
        assert {event["data"]["bot"] for event in dropped} == {"greeter"}
        assert spoken_by_bot(centre, customer) == []
        assert "BotReplyDropped" not in [event["type"] for event in await customer.events()]
        assert (await customer.state())["status"] == "with_agent"

    async def test_records_the_reply_to_an_ended_conversation_as_dropped(self, centre: Centre, bot: StandInBot) -> None:
        release = asyncio.Event()
        bot.behaviour = waiting_for(release, replying({"custom": {"handoff": True}}, "too late"))
        customer = await Customer.start(centre, "web", text="Hello")
        await bot.asked(1)
        await customer.end()
        release.set()
        (dropped,) = await centre.recorded("BotReplyDropped")
        assert isinstance(dropped.event, BotReplyDropped)
        assert dropped.event.reason == "ended"
        assert "AgentRequested" not in centre.types(customer.stream)

    async def test_makes_a_later_failure_irrelevant(self, centre: Centre, bot: StandInBot) -> None:
        release = asyncio.Event()
        bot.behaviour = waiting_for(release, fails)
        customer = await Customer.start(centre, "web", text="Hello")
        await bot.asked(1)
        await customer.post(f"{customer.path}/agent-request")
        release.set()
        await bot.asked(3)
        await Customer.start(centre, "web", text="another")
        await centre.recorded("BotFailed")
        assert "BotFailed" not in centre.types(customer.stream)


class TestProvingWhoCalls:
    SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    SECRETS: ClassVar = {"signing": SIGNING, "token": "Bearer 0123456789", "plain": "not a signing secret"}

    async def test_every_try_is_signed_under_one_id_and_carries_the_secret_headers(
        self, tmp_path: Path, quick_passwords: None, bot: StandInBot
    ) -> None:
        proof = {"signing_secret": "signing", "secret_headers": {"Authorization": "token"}}
        async with open_centre(tmp_path, bot.url, bots={"greeter": {**HASTY, **proof}}, secrets=self.SECRETS) as centre:
            bot.behaviour = failing_once(bot)
            await Customer.start(centre, "web", text="Who are you?")
            (posted, _) = await centre.recorded("MessagePosted", 2)
            assert not any(self.SIGNING.encode() in record.data for record in centre.services.journal.read_all())
        assert [headers["webhook-id"] for headers in bot.headers] == [posted.record.event_id] * 2
        for headers, body in zip(bot.headers, bot.bodies, strict=True):
            assert headers["Authorization"] == "Bearer 0123456789"
            expected = signature_headers(
                signing_key(self.SIGNING), posted.record.event_id, int(headers["webhook-timestamp"]), body
            )
            assert headers["webhook-signature"] == expected["webhook-signature"]

    @pytest.mark.parametrize(
        ("proof", "path"),
        [
            ({"signing_secret": "absent"}, "signing_secret"),
            ({"signing_secret": "plain"}, "signing_secret"),
            ({"secret_headers": {"X-Key": "absent"}}, "secret_headers.X-Key"),
            ({"secret_headers": {"webhook-id": "token"}}, "secret_headers.webhook-id"),
            ({"secret_headers": {"X Key": "token"}}, "secret_headers"),
        ],
    )
    async def test_a_proof_that_cannot_be_given_is_not_configured(
        self, tmp_path: Path, quick_passwords: None, bot: StandInBot, proof: dict[str, Any], path: str
    ) -> None:
        async with open_centre(tmp_path, bot.url, secrets=self.SECRETS) as centre:
            root = await Administrator.come(centre)
            details = (await root.configure("bots/greeter", {"url": bot.url, **proof})).problem(422, "invalid_input")
            assert [error.path for error in details.errors] == [path]
            toml = tomli_w.dumps({"bots": {"greeter": {"url": bot.url, **proof}}})
            details = (await root.put_text("configuration", toml, "application/toml")).problem(422, "invalid_input")
            assert [error.path for error in details.errors] == [f"bots.greeter.{path}"]

    async def test_a_bot_is_not_called_without_the_proof_that_it_expects(
        self, tmp_path: Path, quick_passwords: None, bot: StandInBot
    ) -> None:
        proof = {**HASTY, "signing_secret": "signing"}
        async with open_centre(tmp_path, bot.url, bots={"greeter": proof}, secrets=self.SECRETS):
            pass
        async with open_centre(tmp_path, bot.url) as without_secrets:
            await Customer.start(without_secrets, "web", text="Hello")
            (failed,) = await without_secrets.recorded("BotFailed")
            assert b"secrets.signing is not set" in failed.record.data
        assert bot.bodies == []


def failing_once(bot: StandInBot) -> Behaviour:
    async def behaviour(asked: dict[str, Any]) -> Reply:
        return web.Response(status=500) if len(bot.bodies) == 1 else await echo(asked)

    return behaviour


class TestAConfigurationThatChanges:
    async def test_moves_the_bot(self, centre: Centre, bot: StandInBot) -> None:
        bot.behaviour = echo
        root = await Administrator.come(centre)
        await Customer.start(centre, "web", text="before")
        await centre.recorded("MessagePosted", 2)
        moved = {**HASTY, "url": NO_BOT}
        (await root.configure("bots/greeter", moved)).of(200)
        customer = await Customer.start(centre, "web", text="after")
        await centre.recorded("BotFailed")
        assert bot.messages == ["before"]
        assert (await customer.state())["status"] == "waiting_for_agent"

    @pytest.mark.parametrize("keeps_channel", [True, False])
    async def test_replaces_a_removed_queue(self, centre: Centre, bot: StandInBot, keeps_channel: bool) -> None:
        """The conversation's queue is removed while it is with the bot. The queue of its channel replaces it, or else
        one of its MRD."""
        root, alice = await Administrator.come(centre), await Agent.ready(centre)
        (await root.configure("queues/vip", {"mrd": "chat"})).of(201)
        shop = {"queue": "sales", "bot": "greeter"}
        (await root.configure("channels/shop", {**shop, "queues": ["vip"]})).of(201)
        bot.behaviour = echo
        customers = [await Customer.start(centre, "shop", queue="vip", text="Hello") for _ in range(2)]
        await centre.recorded("MessagePosted", 4)
        (await root.configure("channels/shop", shop)).of(200)
        assert (await root.remove("queues/vip")).status == 204
        if not keeps_channel:
            assert (await root.remove("channels/shop")).status == 204
        bot.behaviour = replying({"custom": {"handoff": True}})
        await customers[0].write("A person, please")
        await centre.recorded("AgentRequested")
        (await customers[1].post(f"{customers[1].path}/agent-request")).of(200)
        offers = await alice.offers()
        assert [offer["queue"] for offer in offers] == ["sales" if keeps_channel else "vip"] * 2


SUGGESTS = {**HASTY, "suggests": True}


@pytest_asyncio.fixture
async def assisted(tmp_path: Path, quick_passwords: None, bot: StandInBot) -> AsyncIterator[Centre]:
    """A centre whose bot makes suggestions after an agent has taken over."""
    async with open_centre(tmp_path, bot.url, bots={"greeter": SUGGESTS}) as opened:
        yield opened


async def with_alice(centre: Centre) -> tuple[Customer, Agent]:
    """A customer who talked to the bot first and is with an agent now."""
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, "web")
    await customer.post(f"{customer.path}/agent-request")
    await alice.accept_only_offer()
    return customer, alice


class TestSuggesting:
    async def test_gives_the_bots_answers_to_the_agent(self, assisted: Centre, bot: StandInBot) -> None:
        bot.behaviour = replying("It ships today.", {"image": "https://shop.example/shoe.png"})
        customer, _ = await with_alice(assisted)
        await customer.write("Where is my order?")
        suggested = await assisted.recorded("SuggestionPosted", 2)
        events = [item.event for item in suggested if isinstance(item.event, SuggestionPosted)]
        assert [event.bot for event in events] == ["greeter", "greeter"]
        assert events[0].content == TextContent("It ships today.")
        assert bot.received[0]["metadata"]["suggests"] is True
        assert spoken_by_bot(assisted, customer) == []
        assert "SuggestionPosted" not in [event["type"] for event in await customer.events()]
        (asked,) = await assisted.recorded("MessagePosted")
        assert suggested[0].record.causation_id == asked.record.event_id

    async def test_a_suggestion_hands_nothing_off(self, assisted: Centre, bot: StandInBot) -> None:
        bot.behaviour = replying({"custom": {"handoff": True}}, "You want a person.")
        customer, _ = await with_alice(assisted)
        await customer.write("A person, please")
        await assisted.recorded("SuggestionPosted")
        await customer.write("One more")
        await assisted.recorded("SuggestionPosted", 2)
        assert assisted.types(customer.stream).count("AgentRequested") == 1

    async def test_a_failed_suggestion_is_ignored(self, assisted: Centre, bot: StandInBot) -> None:
        bot.behaviour = fails
        customer, _ = await with_alice(assisted)
        await customer.write("Where is my order?")
        await bot.asked(3)
        bot.behaviour = echo
        await customer.write("Hello?")
        await assisted.recorded("SuggestionPosted")
        assert "BotFailed" not in assisted.types(customer.stream)
        assert (await customer.state())["status"] == "with_agent"

    async def test_a_bot_without_suggestions_is_not_asked(self, centre: Centre, bot: StandInBot) -> None:
        customer, _ = await with_alice(centre)
        await customer.write("to the agent")
        await Customer.start(centre, "web", text="to the bot")
        await bot.asked(1)
        assert bot.messages == ["to the bot"]

    async def test_no_suggestion_is_made_for_messages_of_agents(self, assisted: Centre, bot: StandInBot) -> None:
        customer, alice = await with_alice(assisted)
        await alice.write(customer, "Hello")
        await customer.write("Hello to you")
        await assisted.recorded("SuggestionPosted")
        assert bot.messages == ["Hello to you"]

    async def test_a_suggestion_is_dropped_after_the_end_of_the_conversation(
        self, assisted: Centre, bot: StandInBot
    ) -> None:
        release = asyncio.Event()
        bot.behaviour = waiting_for(release)
        customer, _ = await with_alice(assisted)
        await customer.write("Where is my order?")
        await bot.asked(1)
        await customer.end()
        release.set()
        bot.behaviour = echo
        other = await Customer.start(assisted, "web", text="another")
        await assisted.until(
            lambda: [item for item in assisted.committed if item.event in spoken_by_bot(assisted, other)], 1
        )
        assert "SuggestionPosted" not in assisted.types(customer.stream)


async def test_a_slow_bot_does_not_delay_other_bots(
    tmp_path: Path, quick_passwords: None, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.connectors.bots.bot_effect._MAX_AT_ONCE", 2)
    release = asyncio.Event()
    bot.behaviour = waiting_for(release)
    async with serve_bot() as quick:
        bots = {"greeter": HASTY, "quick": {**HASTY, "url": quick.url}}
        channels = {"quick": {"queue": "support", "bot": "quick"}}
        async with open_centre(tmp_path, bot.url, bots=bots, channels=channels) as centre:
            for _ in range(4):
                await Customer.start(centre, "web", text="slow")
            await bot.asked(2)
            await Customer.start(centre, "quick", text="quick")
            await quick.asked(1)
            await centre.recorded("MessagePosted", 6)
            assert len(bot.bodies) == 2
            release.set()
            await bot.asked(4)
            await centre.recorded("MessagePosted", 10)
