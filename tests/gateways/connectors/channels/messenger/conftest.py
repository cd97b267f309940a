"""Fixtures for the tests of Messenger and Instagram."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from gateways.connectors.channels.connector import Line
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from tests.gateways.connectors.channels.graph.lines import NAMES, line_of
from tests.gateways.connectors.channels.graph.stand_in import APP_ID, StandInGraph, serve_graph
from tests.gateways.connectors.channels.messenger.payloads import PAGE


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[StandInGraph]:
    async with serve_graph(PAGE) as served:
        yield served


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def page(graph: StandInGraph, http: aiohttp.ClientSession) -> Line[MessengerSettings]:
    """A page at the stand-in."""
    return line_of(MessengerSettings(page_id=PAGE, app_id=APP_ID, base_url=graph.url, **NAMES), http)


@pytest_asyncio.fixture
async def instagram(graph: StandInGraph, http: aiohttp.ClientSession) -> Line[InstagramSettings]:
    """An account on Instagram at the stand-in."""
    graph.instagram = True
    return line_of(InstagramSettings(account_id=PAGE, app_id=APP_ID, base_url=graph.url, **NAMES), http)
