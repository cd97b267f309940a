"""The connector of WhatsApp keeps what every connector promises."""

from collections.abc import AsyncIterator
from functools import partial

import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.conformance import ConnectorConformance, OtherEnd
from tests.gateways.connectors.channels.graph.lines import customer
from tests.gateways.connectors.channels.graph.stand_in import APP_SECRET, TOKEN, VERIFY_TOKEN, StandInGraph
from tests.gateways.connectors.channels.whatsapp.payloads import NUMBER, USER_ID, body_with, message

pytestmark = pytest.mark.asyncio


class TestWhatsApp(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, graph: StandInGraph, line: Line[WhatsAppSettings]) -> AsyncIterator[OtherEnd]:
        graph.wrote(NUMBER, USER_ID)
        nowhere = msgspec.structs.replace(line.settings, base_url="http://127.0.0.1:9")
        yield OtherEnd(
            connector=WhatsAppConnector(),
            line=line,
            away=msgspec.structs.replace(line, settings=nowhere),
            recipient=customer(USER_ID, "wamid.1", 60.0),
            message=msgspec.json.encode(body_with(message("text", {"body": "Hello"}))),
            signed=graph.request,
            secrets=[TOKEN, APP_SECRET, VERIFY_TOKEN],
            seen=lambda: len(graph.sent),
            be_busy=partial(graph.refuse, 130429, "Rate limit hit", status=429),
            lose_answer=graph.lose_answer,
        )
