"""Fixtures for the tests of bots."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.connectors.bots.bots import HASTY, StandInBot, serve_bot


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[StandInBot]:
    async with serve_bot() as served:
        yield served


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, bot: StandInBot) -> AsyncIterator[Centre]:
    """The contact centre of the demo, with the stand-in for its bot."""
    async with open_centre(tmp_path, bot.url, bots={"greeter": HASTY}) as opened:
        yield opened
