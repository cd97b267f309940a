"""That an agent types, and has read what a customer wrote, is shown to customers elsewhere."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from gateways.connectors.channels.signalling import ChannelSignals
from schemas.content import Sender
from schemas.records import conversation_stream
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector, serve_connector

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

ALICE = Sender("agent", "alice", "Alice")


@pytest_asyncio.fixture
async def other_end() -> AsyncIterator[StandInConnector]:
    async with serve_connector() as served:
        yield served


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, other_end: StandInConnector) -> AsyncIterator[Centre]:
    connector = {"type": "rest", "url": other_end.url, "signing_secret": "rest_signing"}
    channels = {"other": {"kind": "connector", "queue": "support", "connector": connector}}
    async with open_centre(tmp_path, channels=channels, secrets=RestProvider.secrets) as opened:
        yield opened


class Chat:
    """A customer of the channel ``other``, who is with alice."""

    def __init__(self, centre: Centre, other_end: StandInConnector) -> None:
        self._centre = centre
        self._provider = RestProvider(other_end, centre.http)
        self.other_end = other_end

    async def begin(self) -> "Chat":
        await self.write("m1", "Hello")
        self.alice = await Agent.ready(self._centre)
        await self._centre.recorded("TaskOffered")
        await self.alice.accept_only_offer()
        return self

    async def write(self, message_id: str, text: str) -> None:
        url = f"{self._centre.url}/connectors/v1/other"
        assert await self._provider.write(url, "c-7", message_id, text) == 200

    @property
    def id(self) -> str:
        (view,) = self._centre.services.conversations
        return view.conversation_id

    @property
    def message_ids(self) -> list[str]:
        events = [item.event for item in self._centre.committed if item.record.type == "MessagePosted"]
        return [getattr(event, "message_id", "") for event in events]

    async def types(self, active: bool = True) -> None:
        (await self.alice.post(f"/agent/v1/conversations/{self.id}/typing", {"active": active})).of(204)

    async def reads(self, agent: Agent, message_id: str) -> None:
        receipt = {"message_id": message_id, "status": "read"}
        (await agent.post(f"/agent/v1/conversations/{self.id}/receipts", receipt)).of(200)

    @property
    def signals(self) -> list[tuple[str, Any]]:
        """What the connector was told but messages: the types of its calls, with the message that was read."""
        calls = [call for call in self.other_end.calls if call["type"] != "message"]
        return [(call["type"], call.get("id")) for call in calls]


@pytest_asyncio.fixture
async def chat(centre: Centre, other_end: StandInConnector) -> Chat:
    return await Chat(centre, other_end).begin()


async def test_an_agents_typing_is_shown_once_in_a_while(centre: Centre, chat: Chat) -> None:
    now = [0.0]
    centre.services.typing.watch = ChannelSignals(centre.services, lambda: now[0]).notice_typing
    await chat.types()
    now[0] = 3.9
    await chat.types()
    await chat.types(active=False)
    await eventually(lambda: chat.signals == [("typing", None)])
    now[0] = 4.1
    await chat.types()
    await eventually(lambda: chat.signals == [("typing", None)] * 2)
    assert {call["customer_id"] for call in chat.other_end.calls} == {"c-7"}


async def test_the_customers_own_typing_does_not_come_back(centre: Centre, chat: Chat) -> None:
    signals, stream = ChannelSignals(centre.services), conversation_stream(chat.id)
    signals.notice_typing(stream, Sender("customer", "c-7"))
    signals.notice_typing("conversation-of-nobody", ALICE)
    await idle(centre)
    assert chat.signals == []
    signals.notice_typing(stream, ALICE)
    await eventually(lambda: chat.signals == [("typing", None)])


async def test_the_last_message_is_marked_once_an_agent_has_read_it(centre: Centre, chat: Chat) -> None:
    await chat.write("m2", "Are you there?")
    await chat.write("m3", "Hello?")
    _, second, third = chat.message_ids
    await chat.reads(chat.alice, second)
    await chat.reads(chat.alice, third)
    await eventually(lambda: chat.signals == [("read", "m3")])
    await chat.reads(chat.alice, third)
    await idle(centre)
    assert chat.signals == [("read", "m3")]


async def test_a_supervisor_who_listens_in_is_not_noticed(centre: Centre, chat: Chat) -> None:
    sue = await Agent.on_shift(centre, "sue")
    (await sue.post(f"/agent/v1/conversations/{chat.id}/monitor")).of(200)
    await chat.write("m2", "Are you there?")
    await chat.reads(sue, chat.message_ids[-1])
    await idle(centre)
    assert chat.signals == []


async def test_a_channel_that_cannot_be_reached_disturbs_nobody(
    centre: Centre, chat: Chat, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(centre.services.settings.secrets, "_texts", {})
    await chat.types()
    await chat.reads(chat.alice, chat.message_ids[-1])
    await idle(centre)
    assert chat.signals == []
    assert caplog.records == []


async def idle(centre: Centre) -> None:
    """Waits until nothing is on its way to a channel any more."""
    await eventually(lambda: not centre.services.background.busy)
