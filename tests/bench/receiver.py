"""A receiver of webhooks. It needs few instructions a call, so that the measurement is of the server and not of the
receiver."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple, cast

from tests.bench.http_load import content_length

__all__ = ["Receiver", "Taken", "serve_receiver"]

_PATIENCE_SECONDS = 60.0
_TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


class Taken(NamedTuple):
    """A call as it came: its head without the empty line, and its body."""

    head: bytes
    body: bytes


class Receiver:
    """It takes every call and keeps it."""

    def __init__(self) -> None:
        self.url = ""
        self.taken: list[Taken] = []
        self._grown = asyncio.Event()

    def take(self, call: Taken) -> None:
        self.taken.append(call)
        self._grown.set()

    async def took(self, count: int) -> None:
        """Waits until so many calls have come."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while len(self.taken) < count:
                self._grown.clear()
                await self._grown.wait()


class _Connection(asyncio.Protocol):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator or len(body) < content_length(head):
            return
        self._received = b""
        self._receiver.take(Taken(head, body))
        self._transport.write(_TAKEN)


@asynccontextmanager
async def serve_receiver() -> AsyncIterator[Receiver]:
    """Serves on a free loopback port until the context is left."""
    receiver = Receiver()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(receiver), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    receiver.url = f"http://{host}:{port}/events"
    try:
        yield receiver
    finally:
        server.close()
