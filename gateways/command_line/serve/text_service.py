"""The demo's service for text messages: phones on one side, a connector's signed webhook on the other.

It is how any channel is connected that this server does not carry itself; ``docs/channels/rest.md`` has the contract.
"""

import asyncio
import base64
import json
import secrets
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

import msgspec
from aiohttp import ClientError, ClientSession, web

from config.demo import DEMO_TEXTS
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.standard_webhooks import signature_headers, verify_signature

__all__ = ["TextService", "serve_text_service"]

_MAX_TEXTS = 10_000
_WAIT_SECONDS = 10.0


class _Written(msgspec.Struct):
    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = msgspec.field(name="from")
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class TextService:
    """``POST /texts`` with ``from`` and ``text`` is what somebody writes on a phone. ``GET /texts?phone=…&after=N`` are
    the texts of a phone, in order, once they are more than N, or after some seconds. It knows the server's texts by
    the ids of their calls, and shows each once."""

    def __init__(self, url: str, http: ClientSession) -> None:
        self.url = url
        self.chat_url = ""
        self._key = secrets.token_bytes(32)
        self._http = http
        self._texts: list[dict[str, str]] = []
        self._calls: dict[str, str] = {}
        self._grown = asyncio.Condition()

    @property
    def settings(self) -> dict[str, Any]:
        """What the server has to know to be connected."""
        secret = "whsec_" + base64.b64encode(self._key).decode()
        connector = {"type": "rest", "url": f"{self.url}/hybridchat", "signing_secret": DEMO_TEXTS, "buttons": 0}
        channel = {"kind": "connector", "queue": "support", "bot": "greeter", "connector": connector}
        return {"channels": {DEMO_TEXTS: channel}, "secrets": {DEMO_TEXTS: secret}}

    async def write(self, request: web.Request) -> web.Response:
        try:
            written = msgspec.json.decode(await request.read(), type=_Written)
        except msgspec.DecodeError as error:
            return web.json_response({"detail": f"send a phone as from, and a text: {error}"}, status=422)
        phone, text = written.phone, written.text
        number = await self._keep(phone, "customer", text)
        event = {
            "type": "message",
            "id": f"text-{number}",
            "customer": {"id": phone, "phone": phone},
            "content": {"type": "text", "text": text},
        }
        body = json.dumps(event).encode()
        headers = signature_headers(self._key, f"text-{number}", int(time.time()), body)
        try:
            async with self._http.post(self.chat_url, data=body, headers=headers) as answer:
                return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")
        except ClientError:
            return web.json_response({"detail": "the server does not serve yet"}, status=503)

    async def read(self, request: web.Request) -> web.Response:
        phone, after = request.query.get("phone", ""), request.query.get("after", "0")
        wanted = int(after) if after.isascii() and after.isdigit() else 0
        with suppress(TimeoutError):
            async with asyncio.timeout(_WAIT_SECONDS), self._grown:
                await self._grown.wait_for(lambda: len(self._texts_of(phone)) > wanted)
        return web.json_response({"texts": self._texts_of(phone)})

    async def take(self, request: web.Request) -> web.Response:
        """What a customer shall read."""
        body = await request.read()
        try:
            call_id = verify_signature([self._key], _lower(request.headers), body, time.time())
        except ForgedRequestError:
            return web.Response(status=401)
        event = json.loads(body)
        if event["type"] != "message":
            return web.Response(status=204)
        if call_id not in self._calls:
            number = await self._keep(event["customer_id"], "hybridchat", _words(event["piece"]))
            self._calls[call_id] = f"text-{number}"
        return web.json_response({"id": self._calls[call_id]})

    async def _keep(self, phone: str, sender: str, text: str) -> str:
        """Returns an id for the text."""
        async with self._grown:
            self._texts.append({"phone": phone, "from": sender, "text": text})
            del self._texts[:-_MAX_TEXTS]
            self._grown.notify_all()
        return secrets.token_hex(8)

    def _texts_of(self, phone: str) -> list[dict[str, str]]:
        return [text for text in self._texts if text["phone"] == phone]


@asynccontextmanager
async def serve_text_service(port: int) -> AsyncIterator[TextService]:
    """Serves on loopback, on this port if it is free and else on any."""
    with _listen(port) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with ClientSession() as http:
            service = TextService(url, http)
            application = web.Application()
            application.router.add_post("/texts", service.write)
            application.router.add_get("/texts", service.read)
            application.router.add_post("/hybridchat", service.take)
            runner = web.AppRunner(application, access_log=None)
            await runner.setup()
            try:
                await web.SockSite(runner, listening).start()
                yield service
            finally:
                await runner.cleanup()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except (OSError, OverflowError):
        return socket.create_server(("127.0.0.1", 0))


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _words(piece: Mapping[str, Any]) -> str:
    """A phone of this kind knows only texts."""
    lines = [piece.get(name) for name in ("text", "caption", "name", "address", "phone", "email", "url")]
    return "\n".join(line for line in lines if line) or f"[{piece['type']}]"
