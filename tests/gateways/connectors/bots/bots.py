"""A stand-in for a bot behind Rasa's REST channel."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web

from tests.gateways.centre import PATIENCE

__all__ = ["HASTY", "PATH", "Reply", "StandInBot", "says", "serve_bot"]

HASTY = {"timeout_seconds": 5.0, "tries": 3, "backoff_seconds": 0.01}
"""A bot that is tried again soon."""

PATH = "/webhooks/rest/webhook"

Reply = list[Any] | web.Response
"""Answers as Rasa gives them, or a response made by hand."""


class StandInBot:
    """Keeps what it is sent. Answers as ``behaviour`` says; at first with an echo."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.behaviour: Callable[[dict[str, Any]], Awaitable[Reply]] = echo
        self._grown = asyncio.Event()

    @property
    def received(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body) for body in self.bodies]

    @property
    def messages(self) -> list[str]:
        return [received["message"] for received in self.received]

    async def asked(self, count: int) -> None:
        """Waits until it has been asked so many times."""
        async with asyncio.timeout(PATIENCE):
            while len(self.bodies) < count:
                self._grown.clear()
                await self._grown.wait()

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self._grown.set()
        reply = await self.behaviour(msgspec.json.decode(body))
        if isinstance(reply, web.Response):
            return reply
        return web.Response(body=msgspec.json.encode(reply), content_type="application/json")


def says(*answers: Any) -> Callable[[dict[str, Any]], Awaitable[Reply]]:
    """A bot that always answers this; a text stands for a text."""

    async def behaviour(asked: dict[str, Any]) -> Reply:
        said = [{"text": answer} if isinstance(answer, str) else answer for answer in answers]
        return [{"recipient_id": asked["sender"], **answer} for answer in said]

    return behaviour


async def echo(asked: dict[str, Any]) -> Reply:
    return [{"recipient_id": asked["sender"], "text": f"You said: {asked['message']}"}]


@asynccontextmanager
async def serve_bot() -> AsyncIterator[StandInBot]:
    bot = StandInBot()
    application = web.Application()
    application.router.add_post(PATH, bot.answer)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        bot.url = f"http://{host}:{port}"
        yield bot
    finally:
        await runner.cleanup()
