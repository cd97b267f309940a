"""The whole path of a channel. A channel's tests subclass ``WholePath`` and give the fixture ``provider``."""

import asyncio
import io
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from gateways.conversations.requests import end_by_customer, request_agent
from gateways.outbox.listing import list_deliveries, target_figures
from schemas.events import AttributesChanged, ConversationStarted, MessagePosted, ReceiptRecorded
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent
from tests.gateways.connectors.bots.bots import HASTY, StandInBot, serve_bot
from tests.gateways.connectors.channels.whole_path.provider import CHANNEL, Provider

__all__ = ["WholePath", "events", "started", "written"]

_MANY = 10


class WholePath:
    """Nothing that a customer writes is lost or taken twice, and nothing that is written to one is repeated in
    silence."""

    @pytest_asyncio.fixture
    async def bot(self) -> AsyncIterator[StandInBot]:
        async with serve_bot() as served:
            yield served

    @pytest_asyncio.fixture
    async def centre(
        self, tmp_path: Path, quick_passwords: None, bot: StandInBot, provider: Provider
    ) -> AsyncIterator[Centre]:
        channel = {"kind": "connector", "queue": "support", "bot": "greeter", "connector": provider.connector}
        sections: dict[str, Any] = {"channels": {CHANNEL: channel}, "secrets": provider.secrets}
        async with open_centre(tmp_path, bot.url, bots={"greeter": HASTY}, **sections) as opened:
            yield opened

    @pytest.fixture
    def url(self, centre: Centre) -> str:
        return f"{centre.url}/connectors/v1/{CHANNEL}"

    async def test_a_customer_writes_and_the_bot_answers_over_the_channel(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        assert await provider.write(url, customer, "m1", "Hello") in (200, 204)
        await eventually(lambda: provider.texts == [(customer, "You said: Hello")])
        assert written(centre) == ["Hello"]

    async def test_a_message_that_comes_often_and_at_once_is_taken_once(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        statuses = await asyncio.gather(*(provider.write(url, customer, "m1", "Hello") for _ in range(_MANY)))
        assert set(statuses) <= {200, 204}
        await provider.write(url, customer, "m2", "Again")
        await provider.write(url, customer, "m1", "Hello")
        assert written(centre) == ["Hello", "Again"]

    async def test_two_first_messages_at_once_begin_one_conversation(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        await asyncio.gather(*(provider.write(url, customer, f"m{number}", f"text {number}") for number in range(5)))
        assert sorted(written(centre)) == [f"text {number}" for number in range(5)]
        assert len(started(centre)) == 1

    async def test_a_message_that_is_repeated_after_the_end_begins_nothing(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        await provider.write(url, customer, "m1", "Hello")
        await provider.write(url, customer, "m2", "Goodbye")
        (first,) = started(centre)
        await end_by_customer(centre.services, first)
        assert await provider.write(url, customer, "m2", "Goodbye") in (200, 204)
        assert started(centre) == [first]
        await provider.write(url, customer, "m3", "Hello again")
        assert len(started(centre)) == 2

    async def test_what_is_not_proven_is_refused_and_nothing_is_stored(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        before = centre.services.hub.position
        assert await provider.forge(url, "Hello") in (401, 403)
        garbled = await provider.garble(url)
        assert garbled in (200, 204, 400, 422), garbled
        async with aiohttp.ClientSession() as http:
            for body in (b"", b"{", b"\xff\x00", b"[" * 10_000, b"x" * 100_000):
                async with http.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
                    assert answer.status in (400, 401, 403)
            async with http.post(url, data=io.BytesIO(b"x" * 5_000_000)) as answer:
                assert answer.status == 413
            async with http.get(url) as answer:
                assert answer.status in (400, 401, 403, 404)
        assert centre.services.hub.position == before

    async def test_answers_keep_their_order(self, centre: Centre, url: str, provider: Provider) -> None:
        customers = [provider.customer(number) for number in range(3)]
        for turn in range(4):
            await asyncio.gather(*(provider.write(url, each, f"{each} {turn}", f"{turn}") for each in customers))
        await eventually(lambda: len(provider.texts) == 12)
        for each in customers:
            assert [text for to, text in provider.texts if to == each] == [f"You said: {turn}" for turn in range(4)]

    async def test_a_provider_that_is_down_gets_everything_later(
        self, centre: Centre, url: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateways.effects.target._with_chance", lambda seconds: min(seconds, 0.01))
        provider.be_down(down=True)
        customer = provider.customer(1)
        for number in range(3):
            await provider.write(url, customer, f"m{number}", f"{number}")
        await eventually(lambda: any(each.tries for each in list_deliveries(centre.services.outbox)))
        provider.be_down(down=False)
        await eventually(lambda: len(provider.texts) == 3)
        assert [text for _, text in provider.texts] == [f"You said: {number}" for number in range(3)]

    async def test_a_lost_answer_is_never_followed_by_a_second_message_in_silence(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        provider.lose_answers(3)
        customers = [provider.customer(number) for number in range(4)]
        for turn in range(3):
            for each in customers:
                await provider.write(url, each, f"{each} {turn}", f"{turn} of {each}")
        expected = {(each, f"You said: {turn} of {each}") for each in customers for turn in range(3)}
        await eventually(lambda: set(provider.texts) == expected)
        await eventually(lambda: not any(figures.waiting for figures in target_figures(centre.services.outbox, 0.0)))
        assert max(Counter(provider.texts).values()) == 1
        parked = list_deliveries(centre.services.outbox, states=("parked",))
        assert bool(parked) is not provider.recovers_lost_answers
        assert {each.outcome for each in parked} <= {"unknown"}
        fates = [event.status for event in events(centre, ReceiptRecorded) if event.by.type == "system"]
        assert fates == ["unknown"] * len(parked)

    async def test_a_customer_who_cannot_be_reached_is_known_to_the_agent(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        provider.block(customer)
        await provider.write(url, customer, "m1", "Hello")
        await centre.recorded("AttributesChanged")
        assert provider.texts == []
        (failed,) = [event for event in events(centre, ReceiptRecorded) if event.by.type == "system"]
        assert failed.status == "failed"
        (view,) = centre.services.conversations
        assert view.attributes["unreachable"]
        outbox = centre.services.outbox
        await eventually(lambda: [each.outcome for each in list_deliveries(outbox)] == ["recipient_refused"])
        await provider.write(url, customer, "m2", "Are you there?")
        changes = [item.event for item in await centre.recorded("AttributesChanged", 3)]
        known = [bool(change.attributes["unreachable"]) for change in changes if isinstance(change, AttributesChanged)]
        assert known == [True, False, True], "a customer who writes can be reached, until that fails again"

    async def test_revoked_credentials_stop_the_channel_and_lose_nothing(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        provider.revoke()
        customer = provider.customer(1)
        await provider.write(url, customer, "m1", "Hello")
        target = f"channel:{CHANNEL}"
        await eventually(lambda: f"deliveries to {target}" in centre.services.supervision.impediments)
        assert await provider.write(url, customer, "m2", "Still there?") in (200, 204)
        await centre.recorded("MessagePosted", 4)
        await eventually(lambda: [figures.waiting for figures in target_figures(centre.services.outbox, 0.0)] == [2])
        assert provider.texts == []

    @pytest.mark.parametrize("status", ["delivered", "read"])
    async def test_receipts_are_recorded_for_the_message_that_they_are_about(
        self, centre: Centre, url: str, provider: Provider, status: str
    ) -> None:
        customer = provider.customer(1)
        await provider.write(url, customer, "m1", "Hello")
        await eventually(lambda: len(provider.texts) == 1)
        try:
            await provider.report(url, customer, 0, status)
        except NotImplementedError:
            return
        await centre.recorded("ReceiptRecorded")
        (receipt,) = events(centre, ReceiptRecorded)
        answer = next(event for event in events(centre, MessagePosted) if event.sender.type == "bot")
        assert (receipt.message_id, receipt.status, receipt.by.type) == (answer.message_id, status, "customer")

    async def test_an_agent_answers_over_the_channel(self, centre: Centre, url: str, provider: Provider) -> None:
        customer = provider.customer(1)
        await provider.write(url, customer, "m1", "I want a person")
        await provider.write(url, customer, "m2", "Please")
        alice = await Agent.ready(centre, "alice")
        (view,) = centre.services.conversations
        await hand_over(centre, view.conversation_id)
        await eventually(lambda: view.task_id is not None)
        await accept_offer(centre, alice)
        said = {"content": {"type": "text", "text": "Hello, this is Alice"}}
        (await alice.post(f"/agent/v1/conversations/{view.conversation_id}/messages", said)).of(201)
        await eventually(lambda: (customer, "Hello, this is Alice") in provider.texts)

    async def test_an_agent_writes_first_and_hears_when_the_customer_is_not_reached(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        await provider.write(url, customer, "m1", "Hello")
        (first,) = started(centre)
        await end_by_customer(centre.services, first)
        alice = await Agent.on_shift(centre)
        said = {"type": "text", "text": "Your parcel is here"}
        outbound = {"channel": CHANNEL, "customer": {"id": customer}, "content": said}
        second = (await alice.post("/agent/v1/conversations", outbound)).of(201)["conversation_id"]
        await eventually(lambda: (customer, "Your parcel is here") in provider.texts)
        await provider.write(url, customer, "m2", "Thank you")
        assert started(centre) == [first, second]
        provider.block(customer)
        async with alice.follow(await alice.position()) as feed:
            again = {"content": {"type": "text", "text": "Will you come?"}}
            path = f"/agent/v1/conversations/{second}/messages"
            message_id = (await alice.post(path, again)).of(201)["message_id"]
            receipt = (await feed.until("ReceiptRecorded"))["data"]
        assert (receipt["message_id"], receipt["status"]) == (message_id, "failed")
        assert not receipt["by"].get("id")


def events(centre: Centre, type_: type[Any]) -> list[Any]:
    return [item.event for item in centre.committed if isinstance(item.event, type_)]


def written(centre: Centre) -> list[str]:
    """What customers wrote, in the order of the journal."""
    return [event.content.text for event in events(centre, MessagePosted) if event.sender.type == "customer"]


def started(centre: Centre) -> list[str]:
    return [event.conversation_id for event in events(centre, ConversationStarted)]


async def hand_over(centre: Centre, conversation_id: str) -> None:
    await request_agent(centre.services, conversation_id, None, None)


async def accept_offer(centre: Centre, agent: Agent) -> None:
    await centre.recorded("TaskOffered")
    await agent.accept_only_offer()
