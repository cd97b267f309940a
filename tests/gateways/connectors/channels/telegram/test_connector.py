"""The connector of Telegram as every channel has one, called by the stand-in over real sockets."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import Inbound, InboundMessage, WebhookAnswer, WebhookRequest
from gateways.connectors.channels.telegram import TelegramConnector
from schemas.configuration.connectors import TelegramSettings
from schemas.posting import PostedText
from tests.gateways.connectors.channels.telegram.lines import line_to, recipient, webhook_request
from tests.gateways.connectors.channels.telegram.stand_in import ALICE, StandInTelegram

pytestmark = pytest.mark.asyncio

_CONNECTOR: Connector[TelegramSettings] = TelegramConnector()
_BOB = 5550002


class _Webhook:
    """A server that answers as the connector does, once the inbound is kept. Fails as often as ``failures`` says."""

    def __init__(self, line: Line[TelegramSettings]) -> None:
        self.line = line
        self.url = ""
        self.kept: list[Inbound] = []
        self.fails: Callable[[Inbound], bool] = lambda inbound: False

    async def answer(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        called = WebhookRequest(method="POST", url=self.url, query="", headers=headers, body=await request.read())
        try:
            [inbound] = _CONNECTOR.receive(self.line, called)
        except ForgedRequestError:
            return web.Response(status=401)
        if self.fails(inbound):
            return web.Response(status=503)
        self.kept.append(inbound)
        given = _CONNECTOR.answer(self.line, called)
        return web.Response(status=given.status, body=given.body, headers={"Content-Type": given.media_type})

    @property
    def texts(self) -> list[str]:
        items = [item for inbound in self.kept for item in inbound.items if isinstance(item, InboundMessage)]
        return [item.content.text for item in items if isinstance(item.content, PostedText)]


@asynccontextmanager
async def _webhook(telegram: StandInTelegram, http: aiohttp.ClientSession) -> AsyncIterator[_Webhook]:
    webhook = _Webhook(line_to(telegram.url, http))
    application = web.Application()
    application.router.add_post("/", webhook.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        webhook.url = f"http://{host}:{port}/"
        [found] = await _CONNECTOR.set_up(line_to(telegram.url, http, public_url=webhook.url))
        assert found.status == "ok"
        yield webhook
    finally:
        await runner.cleanup()


async def test_updates_come_to_the_webhook_and_are_answered_with_nothing(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    telegram.write("before")
    async with _webhook(telegram, http) as webhook:
        telegram.write("after")
        await telegram.until(lambda: not telegram.pending)
        assert webhook.texts == ["before", "after"]
        assert [(call.status, call.body) for call in telegram.webhook_calls] == [(200, b""), (200, b"")]


async def test_an_update_that_comes_twice_has_the_same_id(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    telegram.deliveries = 2
    async with _webhook(telegram, http) as webhook:
        telegram.write("Hello")
        await telegram.until(lambda: not telegram.pending)
        first, second = webhook.kept
        assert first == second


async def test_while_an_update_fails_those_after_it_in_the_chat_wait(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    async with _webhook(telegram, http) as webhook:
        webhook.fails = lambda inbound: (
            isinstance(inbound.items[0], InboundMessage) and (inbound.items[0].content == PostedText("one"))
        )
        telegram.write("one")
        telegram.write("two")
        telegram.write("of another", _BOB)
        await telegram.until(lambda: len([call for call in telegram.webhook_calls if call.status == 503]) == 2)
        await telegram.until(lambda: webhook.texts == ["of another"])
        webhook.fails = lambda inbound: False
        await telegram.until(lambda: not telegram.pending)
        assert webhook.texts == ["of another", "one", "two"]


async def test_calls_with_another_secret_are_refused(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    async with _webhook(telegram, http) as webhook:
        telegram.webhook["secret_token"] = "another-secret"
        telegram.write("Hello")
        await telegram.until(lambda: telegram.webhook_calls)
        assert {call.status for call in telegram.webhook_calls} == {401}
        assert webhook.kept == []
        [_, _, failed] = await _CONNECTOR.check(line_to(telegram.url, http, public_url=webhook.url))
        assert "401" in failed.words


async def test_what_telegram_has_not(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    request = webhook_request(b"")
    assert _CONNECTOR.account(line.settings) is None
    assert _CONNECTOR.answer_handshake(line, request) is None
    assert _CONNECTOR.answer(line, request) == WebhookAnswer()
    await _CONNECTOR.mark_read(line, recipient(str(ALICE)))
    assert telegram.calls == []


async def test_what_telegram_can_carry(line: Line[TelegramSettings]) -> None:
    capabilities = _CONNECTOR.capabilities(line.settings)
    assert _CONNECTOR.type == "telegram"
    assert (capabilities.text_limit, capabilities.text_unit) == (4096, "code_points")
    assert capabilities.receipts == []
    assert capabilities.window_seconds is None
