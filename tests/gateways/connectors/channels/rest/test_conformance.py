"""The connector over the signed webhook keeps what every connector promises."""

import time
from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import msgspec
import pytest
import pytest_asyncio
from aiohttp import web

from gateways.connectors.channels.inbound import WebhookRequest
from gateways.connectors.channels.rest import RestConnector
from tests.gateways.connectors.channels.conformance import ConnectorConformance, OtherEnd
from tests.gateways.connectors.channels.rest.stand_in import (
    CUSTOMER,
    SECRETS,
    Files,
    StandInConnector,
    line_to,
    request_of,
)

pytestmark = pytest.mark.asyncio

MESSAGE = {
    "type": "message",
    "id": "m-1",
    "customer": {"id": "4711", "name": "Ada", "language": "de"},
    "content": {"type": "text", "text": "Hello"},
    "sent_at": "2026-12-01T12:00:00Z",
}


class TestRest(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, other_end: StandInConnector, http: aiohttp.ClientSession) -> AsyncIterator[OtherEnd]:
        files = Files("https://chat.example/files")
        yield OtherEnd(
            connector=RestConnector(),
            line=line_to(other_end.url, http, files=files),
            away=line_to("http://127.0.0.1:9", http, files=files),
            recipient=CUSTOMER,
            message=msgspec.json.encode({"events": [MESSAGE]}),
            signed=_signed,
            secrets=[SECRETS.named("rest_signing")],
            seen=lambda: len(other_end.messages),
            be_busy=partial(other_end.scripted.append, web.Response(status=429)),
            lose_answer=other_end.lose_answer,
        )


def _signed(body: bytes) -> WebhookRequest:
    return request_of(body, time.time())
