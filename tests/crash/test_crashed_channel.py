"""A channel loses nothing and repeats nothing while the server is killed and the provider's answers get lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.crash.channels import open_provider
from tests.crash.crashed_channel import ChannelReport, write_through_crashes
from tests.gateways.connectors.bots.bots import StandInBot, serve_bot

pytestmark = pytest.mark.asyncio

KILLS = 3


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[StandInBot]:
    async with serve_bot() as served:
        yield served


async def crashed(tmp_path: Path, bot: StandInBot, kind: str, seed: int) -> ChannelReport:
    async with aiohttp.ClientSession() as http, open_provider(kind, http) as provider:
        return await write_through_crashes(tmp_path, provider, bot.url, customers=6, turns=6, kills=KILLS, seed=seed)


async def test_a_channel_that_knows_pieces_again_gets_everything_once(tmp_path: Path, bot: StandInBot) -> None:
    report = await crashed(tmp_path, bot, "rest", 1)
    assert report.is_sound, report
    assert (report.kills, report.missing, report.unknown) == (KILLS, [], 0)


async def test_a_channel_that_does_not_gets_nothing_twice_and_what_is_unknown_is_known(
    tmp_path: Path, bot: StandInBot
) -> None:
    report = await crashed(tmp_path, bot, "telegram", 2)
    assert report.is_sound, report
    assert report.kills == KILLS
    assert report.unknown > 0
