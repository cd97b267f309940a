"""A stand-in for the connector at the other end of the signed webhook, and the channel's line to it."""

import base64
import socket
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from config import Secrets
from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.inbound import WebhookRequest
from gateways.connectors.channels.pieces import MediaPiece, Piece
from gateways.connectors.standard_webhooks import signature_headers, verify_signature
from schemas.configuration.connectors import RestSettings

__all__ = [
    "CUSTOMER",
    "FORMER_KEY",
    "KEY",
    "MESSAGE",
    "SECRETS",
    "Files",
    "StandInConnector",
    "line_to",
    "piece_of",
    "request_of",
    "serve",
    "serve_connector",
]

KEY, FORMER_KEY = bytes(range(32)), bytes(range(1, 33))
SECRETS = Secrets(
    {
        "rest_signing": "whsec_" + base64.b64encode(KEY).decode(),
        "rest_former": "whsec_" + base64.b64encode(FORMER_KEY).decode(),
        "rest_malformed": "not a secret of this form",
    }
)
MESSAGE = "0193b2a0-0000-7000-8000-000000000001"
CUSTOMER = Recipient(customer_id="4711", conversation_id="0193b2a0-0000-7000-8000-000000000000", last_inbound_id="in-7")


class Files:
    """The files of a conversation, at an address if ``base`` is one."""

    def __init__(self, base: str | None = None) -> None:
        self._base = base

    async def read(self, piece: MediaPiece) -> bytes:
        return b"file"

    def public_url(self, piece: MediaPiece) -> str | None:
        return None if self._base is None else f"{self._base}/{piece.attachment_id}"


class StandInConnector:
    """It knows the calls by their ``webhook-id`` and shows each message once. Scripted responses come first. With a
    ``refusal``, of a status and a body, it takes nothing; of its first answers to messages, every
    ``lose_every``-th gets lost."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[dict[str, Any]] = []
        self.call_ids: list[str] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.scripted: deque[web.Response] = deque()
        self.lost_answers = 0
        self.lose_every = 0
        self.refusal: tuple[int, dict[str, Any]] | None = None

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        call_id = verify_signature([KEY], headers, body, int(headers["webhook-timestamp"]))
        call = msgspec.json.decode(body)
        self.calls.append(call)
        self.call_ids.append(call_id)
        if self.scripted:
            return self.scripted.popleft()
        if call["type"] != "message":
            return web.Response(status=204)
        if self.refusal is not None:
            status, answer = self.refusal
            return web.json_response(answer, status=status)
        is_new = call_id not in self.messages
        self.messages.setdefault(call_id, call)
        if is_new and self.lose_every and len(self.messages) % self.lose_every == 0:
            self.lost_answers = 1
        if self.lost_answers:
            self.lost_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"id": f"external-{list(self.messages).index(call_id)}"})

    def lose_answer(self) -> None:
        """The next message is taken, and its answer gets lost."""
        self.lost_answers += 1

    @property
    def pieces(self) -> list[dict[str, Any]]:
        return [call["piece"] for call in self.messages.values()]


@asynccontextmanager
async def serve(application: web.Application, listening: socket.socket | None = None) -> AsyncIterator[str]:
    """The address of an application on a socket of this machine, which may listen already."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        listening = listening or socket.create_server(("127.0.0.1", 0))
        await web.SockSite(runner, listening).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serve_connector() -> AsyncIterator[StandInConnector]:
    connector = StandInConnector()
    application = web.Application()
    application.router.add_post("/hybridchat", connector.take)
    async with serve(application) as url:
        connector.url = f"{url}/hybridchat"
        yield connector


def line_to(
    url: str,
    http: aiohttp.ClientSession,
    *,
    files: Files | None = None,
    public_url: str | None = "https://chat.example/connectors/v1/other",
    **settings: Any,
) -> Line[RestSettings]:
    written = {"signing_secret": "rest_signing", **settings}
    return Line(
        channel="other",
        settings=RestSettings(url=url, **written),
        secrets=SECRETS,
        http=http,
        media=files or Files(),
        public_url=public_url,
    )


def piece_of(piece: Piece, number: int = 0, *, by_human: bool = True) -> OutboundPiece:
    return OutboundPiece(message_id=MESSAGE, number=number, piece=piece, by_human=by_human)


def request_of(body: bytes, at: float, key: bytes = KEY, **changed: str) -> WebhookRequest:
    """A request as the connector signs it."""
    headers = signature_headers(key, "call-1", int(at), body) | {
        f"webhook-{name}": value for name, value in changed.items()
    }
    url = "https://chat.example/connectors/v1/other"
    return WebhookRequest(method="POST", url=url, query="", headers=headers, body=body)
