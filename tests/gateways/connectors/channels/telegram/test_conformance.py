"""The connector of Telegram keeps what every connector promises."""

from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.telegram import TelegramConnector
from tests.gateways.connectors.channels.conformance import FILE, ConnectorConformance, OtherEnd
from tests.gateways.connectors.channels.telegram.lines import SECRET, line_to, recipient, webhook_request
from tests.gateways.connectors.channels.telegram.stand_in import ALICE, TOKEN, StandInTelegram

pytestmark = pytest.mark.asyncio

PUBLIC_URL = "https://chat.example.org/connectors/v1/telegram"
FILES = {FILE: b"file"}


class TestTelegram(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, telegram: StandInTelegram, http: aiohttp.ClientSession) -> AsyncIterator[OtherEnd]:
        telegram.known(ALICE)
        yield OtherEnd(
            connector=TelegramConnector(),
            line=line_to(telegram.url, http, FILES, PUBLIC_URL),
            away=line_to("http://127.0.0.1:9", http, FILES, PUBLIC_URL),
            recipient=recipient(),
            message=msgspec.json.encode(telegram.write("Hello")),
            signed=webhook_request,
            secrets=[TOKEN, SECRET],
            seen=lambda: len(telegram.sent),
            be_busy=partial(telegram.refuse, 429, "Too Many Requests: retry after 5", retry_after=5),
            lose_answer=telegram.lose_answers,
        )
