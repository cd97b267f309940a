"""Fixtures for the tests of Telegram."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from gateways.connectors.channels.connector import Line
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.lines import line_to
from tests.gateways.connectors.channels.telegram.stand_in import StandInTelegram, serve_telegram


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[StandInTelegram]:
    async with serve_telegram() as served:
        yield served


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def line(telegram: StandInTelegram, http: aiohttp.ClientSession) -> Line[TelegramSettings]:
    return line_to(telegram.url, http)
