"""The connectors of Messenger and Instagram keep what every connector promises."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.messenger.connector import InstagramConnector, MessengerConnector
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from tests.gateways.connectors.channels.conformance import ConnectorConformance, OtherEnd
from tests.gateways.connectors.channels.graph.lines import customer
from tests.gateways.connectors.channels.graph.stand_in import APP_SECRET, TOKEN, VERIFY_TOKEN, StandInGraph
from tests.gateways.connectors.channels.messenger.payloads import CUSTOMER, PAGE, body_with, message

pytestmark = pytest.mark.asyncio


def _end(graph: StandInGraph, connector: Connector[Any], line: Line[Any], object_: str) -> OtherEnd:
    graph.wrote(PAGE, CUSTOMER)
    nowhere = msgspec.structs.replace(line.settings, base_url="http://127.0.0.1:9")
    return OtherEnd(
        connector=connector,
        line=line,
        away=msgspec.structs.replace(line, settings=nowhere),
        recipient=customer(CUSTOMER, "m_1", 60.0),
        message=msgspec.json.encode(body_with(message(text="Hello"), object_=object_)),
        signed=graph.request,
        secrets=[TOKEN, APP_SECRET, VERIFY_TOKEN],
        seen=lambda: len(graph.sent),
        be_busy=partial(graph.refuse, 613, "Calls to this api have exceeded the rate limit"),
        lose_answer=graph.lose_answer,
    )


class TestMessenger(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, graph: StandInGraph, page: Line[MessengerSettings]) -> AsyncIterator[OtherEnd]:
        yield _end(graph, MessengerConnector(), page, "page")


class TestInstagram(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, graph: StandInGraph, instagram: Line[InstagramSettings]) -> AsyncIterator[OtherEnd]:
        yield _end(graph, InstagramConnector(), instagram, "instagram")
