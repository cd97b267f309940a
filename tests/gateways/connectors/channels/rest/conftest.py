"""A session for calls, and the stand-in for a connector."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from tests.gateways.connectors.channels.rest.stand_in import StandInConnector, serve_connector


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def other_end() -> AsyncIterator[StandInConnector]:
    async with serve_connector() as connector:
        yield connector
