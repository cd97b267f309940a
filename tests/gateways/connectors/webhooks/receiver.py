"""A receiver of webhooks that keeps what comes and answers as the test says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web

from tests.gateways.centre import PATIENCE

__all__ = ["Answering", "Call", "Receiver", "answering", "serve_receiver"]

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Call(msgspec.Struct, frozen=True):
    """One call: its headers in lower case, and its body as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.json.decode(self.body)
        return found


class Receiver:
    """It takes every event, until ``behaviour`` is another one."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.behaviour: Answering = answering(204)
        self._grown = asyncio.Event()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [call.event for call in self.calls]

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]

    async def called(self, count: int) -> list[Call]:
        """The first so many calls. Waits until they have come."""
        async with asyncio.timeout(PATIENCE):
            while len(self.calls) < count:
                self._grown.clear()
                await self._grown.wait()
        return self.calls[:count]

    async def took(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """The first so many events of a type. Waits until they have come."""
        while len(found := [event for event in self.events if event["type"] == kind]) < count:
            await self.called(len(self.calls) + 1)
        return found[:count]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.calls.append(Call(headers, await request.read()))
        self._grown.set()
        return await self.behaviour(request)


def answering(status: int, text: str = "", **headers: str) -> Answering:
    async def behaviour(request: web.Request) -> web.StreamResponse:
        return web.Response(
            status=status, text=text, headers={name.replace("_", "-"): headers[name] for name in headers}
        )

    return behaviour


@asynccontextmanager
async def serve_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.answer)
    runner = web.AppRunner(application, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()
