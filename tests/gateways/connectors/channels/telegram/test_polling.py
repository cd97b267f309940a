"""Updates that the server asks for."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import aiohttp
import pytest

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.inbound import Inbound, InboundMessage
from gateways.connectors.channels.telegram import TelegramConnector
from gateways.connectors.channels.telegram.polling import poll
from schemas.configuration.connectors import TelegramSettings
from schemas.posting import PostedText
from tests.gateways.connectors.channels.telegram.lines import line_to
from tests.gateways.connectors.channels.telegram.stand_in import StandInTelegram

pytestmark = pytest.mark.asyncio


@pytest.fixture
def polling(telegram: StandInTelegram, http: aiohttp.ClientSession) -> Line[TelegramSettings]:
    return line_to(telegram.url, http, updates="polling")


@asynccontextmanager
async def _polled(line: Line[TelegramSettings]) -> AsyncIterator[AsyncIterator[list[Inbound]]]:
    async with aclosing(poll(line, first_pause=0.001, max_pause=0.01)) as lists:
        yield lists


def _texts(inbounds: list[Inbound]) -> list[str]:
    items = [item for inbound in inbounds for item in inbound.items]
    return [
        item.content.text for item in items if isinstance(item, InboundMessage) and isinstance(item.content, PostedText)
    ]


async def test_updates_are_confirmed_when_the_next_are_asked_for(
    telegram: StandInTelegram, polling: Line[TelegramSettings]
) -> None:
    telegram.write("one")
    telegram.write("two")
    async with _polled(polling) as lists:
        assert _texts(await anext(lists)) == ["one", "two"]
        assert len(telegram.pending) == 2
        telegram.write("three")
        assert _texts(await anext(lists)) == ["three"]
        assert len(telegram.pending) == 1


async def test_updates_that_were_not_confirmed_come_again(
    telegram: StandInTelegram, polling: Line[TelegramSettings]
) -> None:
    telegram.write("one")
    async with _polled(polling) as lists:
        assert _texts(await anext(lists)) == ["one"]
    async with aclosing(TelegramConnector().poll(polling)) as again:
        assert _texts(await anext(again)) == ["one"]


async def test_telegram_answers_when_somebody_writes(
    telegram: StandInTelegram, polling: Line[TelegramSettings]
) -> None:
    async with _polled(polling) as lists:
        asked = asyncio.ensure_future(anext(lists))
        await telegram.until(lambda: telegram.calls == ["getUpdates"])
        assert not asked.done()
        telegram.write("Hello")
        assert _texts(await asked) == ["Hello"]


async def test_when_nobody_writes_the_server_asks_again(
    telegram: StandInTelegram, polling: Line[TelegramSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.connectors.channels.telegram.polling._WAIT_SECONDS", 0)
    async with _polled(polling) as lists:
        asked = asyncio.ensure_future(anext(lists))
        await telegram.until(lambda: len(telegram.calls) >= 3)
        telegram.write("Hello")
        assert _texts(await asked) == ["Hello"]


async def test_what_cannot_be_used_is_confirmed_too(telegram: StandInTelegram, polling: Line[TelegramSettings]) -> None:
    telegram.update(poll_answer={})
    async with _polled(polling) as lists:
        [inbound] = await anext(lists)
        assert inbound.items == []
        telegram.write("Hello")
        assert _texts(await anext(lists)) == ["Hello"]


async def test_a_webhook_keeps_the_server_waiting_and_is_logged_once(
    telegram: StandInTelegram, polling: Line[TelegramSettings], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.webhook = {"url": "https://other.example.org/", "secret_token": None}
    async with _polled(polling) as lists:
        asked = asyncio.ensure_future(anext(lists))
        await telegram.until(lambda: len(telegram.calls) == 3)
        telegram.webhook = {}
        telegram.write("Hello")
        assert _texts(await asked) == ["Hello"]
    words = "a webhook is set for the bot, and Telegram refuses to be polled as well: set up the channel"
    assert caplog.messages == [f"channel telegram waits: {words}", "channel telegram goes on"]


async def test_another_program_that_polls_is_named(
    telegram: StandInTelegram, polling: Line[TelegramSettings], caplog: pytest.LogCaptureFixture
) -> None:
    async with _polled(polling) as lists:
        asked = asyncio.ensure_future(anext(lists))
        await telegram.until(lambda: telegram.calls == ["getUpdates"])
        other = asyncio.ensure_future(polling.http.post(f"{telegram.url}/bot{_token(polling)}/getUpdates"))
        await other
        await telegram.until(lambda: len(telegram.calls) >= 3)
        telegram.write("Hello")
        assert _texts(await asked) == ["Hello"]
    assert "another program polls with the bot's token" in caplog.messages[0]


def _token(line: Line[TelegramSettings]) -> str:
    return line.secrets.named(line.settings.token)


async def test_failures_pass(
    telegram: StandInTelegram, polling: Line[TelegramSettings], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 0")
    telegram.answer_as_proxy(502)
    telegram.refuse(401, "Unauthorized")
    telegram.lose_answers()
    telegram.write("Hello")
    async with _polled(polling) as lists:
        assert _texts(await anext(lists)) == ["Hello"]
    assert len(telegram.calls) == 5
    assert all(_token(polling) not in message for message in caplog.messages)


async def test_an_answer_that_is_too_large_is_asked_for_in_single_updates(
    telegram: StandInTelegram, polling: Line[TelegramSettings]
) -> None:
    for number in range(20):
        telegram.write(f"{number}", entities=["x" * 100_000])
    async with _polled(polling) as lists:
        assert _texts(await anext(lists)) == ["0"]
        assert _texts(await anext(lists)) == ["1"]


async def test_updates_that_are_not_as_documented_are_asked_for_again(
    telegram: StandInTelegram, polling: Line[TelegramSettings], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.pending.append({"update_id": "x", "_chat": 1})
    async with _polled(polling) as lists:
        asked = asyncio.ensure_future(anext(lists))
        await telegram.until(lambda: len(telegram.calls) == 2)
        telegram.pending.clear()
        telegram.write("Hello")
        assert _texts(await asked) == ["Hello"]
    assert "not as documented" in caplog.messages[0]
