"""A server that answers with a handler of the test, and a client for it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from gateways.client.client import Client

__all__ = ["Handler", "scripted"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def scripted(handler: Handler, keep_trying: float = 10.0) -> AsyncIterator[Client]:
    """Starts a server that answers every call with ``handler``, and yields a client of it."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with Client(f"http://127.0.0.1:{runner.addresses[0][1]}", keep_trying) as client:
            yield client
    finally:
        await runner.cleanup()
