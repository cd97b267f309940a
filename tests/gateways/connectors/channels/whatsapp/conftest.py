"""Fixtures for the tests of WhatsApp."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from gateways.connectors.channels.connector import Line
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.graph.lines import NAMES, line_of
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph, serve_graph
from tests.gateways.connectors.channels.whatsapp.payloads import NUMBER


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[StandInGraph]:
    async with serve_graph(NUMBER) as served:
        yield served


@pytest_asyncio.fixture
async def line(graph: StandInGraph) -> AsyncIterator[Line[WhatsAppSettings]]:
    """A number of WhatsApp at the stand-in."""
    settings = WhatsAppSettings(phone_number_id=NUMBER, base_url=graph.url, **NAMES)
    async with aiohttp.ClientSession() as http:
        yield line_of(settings, http)
