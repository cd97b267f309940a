"""A channel loses nothing and repeats nothing while the server is killed and the provider's answers get lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.crash.crashed_channel import write_through_crashes
from tests.gateways.connectors.bots.bots import StandInBot, serve_bot
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import serve_connector
from tests.gateways.connectors.channels.telegram.provider import TelegramProvider
from tests.gateways.connectors.channels.telegram.stand_in import serve_telegram

pytestmark = pytest.mark.asyncio

KILLS = 3


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[StandInBot]:
    async with serve_bot() as served:
        yield served


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_channel_that_knows_pieces_again_gets_everything_once(
    tmp_path: Path, bot: StandInBot, http: aiohttp.ClientSession
) -> None:
    async with serve_connector() as other_end:
        report = await write_through_crashes(
            tmp_path, RestProvider(other_end, http), bot.url, customers=6, turns=6, kills=KILLS, seed=1
        )
    assert report.is_sound, report
    assert (report.kills, report.missing, report.unknown) == (KILLS, [], 0)


async def test_a_channel_that_does_not_gets_nothing_twice_and_what_is_unknown_is_known(
    tmp_path: Path, bot: StandInBot, http: aiohttp.ClientSession
) -> None:
    async with serve_telegram() as telegram:
        report = await write_through_crashes(
            tmp_path, TelegramProvider(telegram, http), bot.url, customers=6, turns=6, kills=KILLS, seed=2
        )
    assert report.is_sound, report
    assert report.kills == KILLS
    assert report.unknown > 0
