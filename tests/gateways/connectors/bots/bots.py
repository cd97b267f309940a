"""A stand-in for a bot behind Rasa's REST channel."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web

from tests.gateways.centre import PATIENCE

__all__ = ["HASTY", "PATH", "Behaviour", "Reply", "StandInBot", "replying", "serve_bot"]

HASTY = {"timeout_seconds": 5.0, "tries": 3, "backoff_seconds": 0.01}
"""The settings of a bot that is tried again soon."""

PATH = "/webhooks/rest/webhook"

Reply = list[Any] | web.Response  # a list of JSON values
"""Answers as Rasa gives them, or a response made by hand."""

Behaviour = Callable[[dict[str, Any]], Awaitable[Reply]]  # takes a JSON object
"""Takes the body of a request, and returns the bot's reply."""


class StandInBot:
    """A bot that keeps the requests that it gets, and answers them with ``behaviour``, which is an echo at first."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.behaviour: Behaviour = echo
        self._grown = asyncio.Event()

    @property
    def received(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body) for body in self.bodies]

    @property
    def messages(self) -> list[str]:
        return [received["message"] for received in self.received]

    async def asked(self, count: int) -> None:
        """Waits until the bot has been asked ``count`` times."""
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


def replying(*answers: str | dict[str, Any]) -> Behaviour:
    """The behaviour of a bot that always gives these answers; a string becomes a text answer."""

    async def behaviour(asked: dict[str, Any]) -> Reply:
        replies = [{"text": answer} if isinstance(answer, str) else answer for answer in answers]
        return [{"recipient_id": asked["sender"], **reply} for reply in replies]

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
