"""Telegram in a running server."""

import aiohttp
import pytest

from tests.gateways.connectors.channels.telegram.provider import TelegramProvider
from tests.gateways.connectors.channels.telegram.stand_in import StandInTelegram
from tests.gateways.connectors.channels.whole_path.provider import Provider
from tests.gateways.connectors.channels.whole_path.suite import WholePath

pytestmark = pytest.mark.asyncio


class TestTheWholePath(WholePath):
    @pytest.fixture
    def provider(self, telegram: StandInTelegram, http: aiohttp.ClientSession) -> Provider:
        return TelegramProvider(telegram, http)
