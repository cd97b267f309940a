"""The receivers in docs/clients take what is sent once, and nothing that is forged, old or altered."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import signature_headers
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import PATIENCE, Centre
from tests.gateways.clients import Customer
from tests.gateways.connectors.webhooks.conftest import FORMER_SECRET, SECRET
from tests.node import node_program

pytestmark = pytest.mark.asyncio

CLIENTS = Path(__file__).parents[4] / "docs" / "clients"
KEY, FORMER_KEY = signing_key(SECRET), signing_key(FORMER_SECRET)
BODY = b'{"id": "event-1", "type": "ConversationEnded"}'
RECEIVERS = {"python": "webhook_receiver.py", "node": "webhook-receiver.mjs"}


class RunningReceiver:
    def __init__(self, lines: asyncio.StreamReader, url: str) -> None:
        self.url = url
        self._lines = lines

    async def event(self) -> dict[str, Any]:
        """The next event that it has taken."""
        async with asyncio.timeout(PATIENCE):
            found: dict[str, Any] = msgspec.json.decode(await self._lines.readline())
        return found

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        async with aiohttp.ClientSession() as http, http.post(self.url, data=body, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def running(language: str) -> AsyncIterator[RunningReceiver]:
    program = sys.executable if language == "python" else str(node_program())
    receiver = await asyncio.create_subprocess_exec(
        program,
        str(CLIENTS / RECEIVERS[language]),
        "0",
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "WEBHOOK_SECRET": SECRET},
    )
    assert receiver.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            port = (await receiver.stdout.readline()).split()[-1].decode()
        yield RunningReceiver(receiver.stdout, f"http://127.0.0.1:{port}/")
    finally:
        receiver.kill()
        await receiver.wait()


@pytest.mark.parametrize("language", RECEIVERS)
async def test_it_takes_the_events_of_a_conversation(centre: Centre, language: str) -> None:
    async with running(language) as receiver:
        root = await Administrator.come(centre)
        hook = {"url": receiver.url, "events": ["ConversationStarted", "ConversationEnded"], "signing_secret": "hook"}
        (await root.configure("webhooks/example", hook)).of(201)
        customer = await Customer.start(centre, "web-direct", text="Hello")
        await customer.end()
        events = [await receiver.event() for _ in range(2)]
    assert [event["type"] for event in events] == ["ConversationStarted", "ConversationEnded"]
    assert {event["subject"] for event in events} == {customer.stream}


@pytest.mark.parametrize("language", RECEIVERS)
async def test_it_takes_a_signed_event_once_and_nothing_else(language: str) -> None:
    now = int(time.time())
    good = signature_headers(KEY, "event-1", now, BODY)
    rotating = signature_headers(FORMER_KEY, "event-2", now, b'{"id": "event-2"}', KEY)
    async with running(language) as receiver:
        assert await receiver.post(BODY, good) == 204
        assert await receiver.post(BODY, signature_headers(KEY, "event-1", now + 1, BODY)) == 204
        assert await receiver.post(b'{"id": "event-2"}', rotating) == 204
        taken = [(await receiver.event())["id"] for _ in range(2)]
        for body, headers in (
            (BODY + b" ", good),
            (BODY, {}),
            (BODY, {**good, "webhook-id": "event-3"}),
            (BODY, {**good, "webhook-signature": "v1,é garbage v1a,xx"}),
            (BODY, {**good, "webhook-timestamp": "soon"}),
            (BODY, signature_headers(KEY, "event-4", now - 600, BODY)),
            (BODY, signature_headers(FORMER_KEY, "event-5", now, BODY)),
        ):
            assert await receiver.post(body, headers) == 401
    assert taken == ["event-1", "event-2"]
