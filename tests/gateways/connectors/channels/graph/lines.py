"""Channels that are connected to the stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from config import Secrets
from gateways.connectors.channels.connector import Connector, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import Inbound, WebhookRequest
from gateways.connectors.channels.pieces import MediaPiece, Piece
from schemas.configuration.connectors.graph import GraphSettings
from tests.gateways.centre import eventually
from tests.gateways.connectors.channels.graph.stand_in import APP_SECRET, TOKEN, VERIFY_TOKEN, StandInGraph

__all__ = ["NAMES", "SECRETS", "Attachments", "Receiver", "customer", "line_of", "out", "serve_receiver"]

S = TypeVar("S", bound=GraphSettings)

NAMES: dict[str, Any] = {"access_token": "page_token", "app_secret": "app_secret", "verify_token": "verify_token"}
"""The settings that name secrets."""

SECRETS = Secrets({"page_token": TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN})


class Attachments:
    """Every attachment has these bytes, and an address if there is one."""

    def __init__(self, content: bytes = b"some bytes", url: str | None = None) -> None:
        self._content, self._url = content, url

    async def read(self, piece: MediaPiece) -> bytes:
        return self._content

    def public_url(self, piece: MediaPiece) -> str | None:
        return self._url


def line_of(
    settings: S,
    http: aiohttp.ClientSession,
    *,
    secrets: Secrets = SECRETS,
    media: Attachments | None = None,
    public_url: str | None = None,
) -> Line[S]:
    return Line(
        channel="line",
        settings=settings,
        secrets=secrets,
        http=http,
        media=media or Attachments(),
        public_url=public_url,
    )


def out(piece: Piece, *, by_human: bool = False) -> OutboundPiece:
    return OutboundPiece(message_id="0199a0b2-7c1e-7000-8000-0000000000a1", number=0, piece=piece, by_human=by_human)


def customer(customer_id: str, last_inbound_id: str | None = None, seconds_since: float | None = None) -> Recipient:
    return Recipient(
        customer_id=customer_id,
        conversation_id="c-1",
        last_inbound_id=last_inbound_id,
        seconds_since=seconds_since,
    )


class Receiver:
    """A webhook that keeps what the connector has read of the requests."""

    def __init__(self, connector: Connector[Any], line: Line[Any]) -> None:
        self.url = ""
        self.inbounds: list[Inbound] = []
        self._connector, self._line = connector, line

    @property
    def items(self) -> list[Any]:
        return [item for inbound in self.inbounds for item in inbound.items]

    async def received(self, count: int) -> list[Any]:
        """The items, once there are so many."""
        await eventually(lambda: len(self.items) >= count)
        return self.items

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        method: Any = request.method
        asked = WebhookRequest(
            method=method, url=str(request.url), query=request.query_string, headers=headers, body=await request.read()
        )
        try:
            answer = self._connector.answer_handshake(self._line, asked)
            if answer is None:
                self.inbounds += self._connector.receive(self._line, asked)
                answer = self._connector.answer(self._line, asked)
        except ForgedRequestError:
            return web.Response(status=403)
        return web.Response(status=answer.status, body=answer.body, headers={"Content-Type": answer.media_type})


@asynccontextmanager
async def serve_receiver(graph: StandInGraph, connector: Connector[Any], line: Line[Any]) -> AsyncIterator[Receiver]:
    """A webhook to which the stand-in posts."""
    receiver = Receiver(connector, line)
    application = web.Application()
    application.router.add_route("*", "/hook", receiver.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        receiver.url = graph.webhook_url = f"http://{host}:{port}/hook"
        yield receiver
    finally:
        await runner.cleanup()
