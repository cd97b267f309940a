"""An HTTP/1.1 load client. It needs few instructions a request, so that the measurement is of the server and not of
the client."""

import asyncio
import time
from collections.abc import Callable
from typing import NamedTuple, cast

from tests.bench.busyness import measured_busyness
from tests.bench.servers import ServedProcess

__all__ = ["Load", "Prepared", "content_length", "run_load"]

Prepared = Callable[[], bytes]
"""A function that makes the whole next request of a connection."""


class Load(NamedTuple):
    """Times in seconds, one for each answered request; ``failures`` counts answers that were no 2xx. ``server_busy``
    and ``client_busy`` are the shares of a core that each side used."""

    per_second: float
    latencies: list[float]
    failures: int
    server_busy: float
    client_busy: float


class _Connection(asyncio.Protocol):
    """A connection that sends the next request as soon as the last one is answered."""

    def __init__(self, prepared: Prepared, latencies: list[float], until: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.failures = 0
        self._prepared = prepared
        self._latencies = latencies
        self._until = until
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator or len(body) < content_length(head):
            return
        self._received = b""
        now = time.perf_counter()
        self._latencies.append(now - self._sent_at)
        if head[9:10] != b"2":
            self.failures += 1
        if now < self._until:
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._prepared())


def content_length(head: bytes) -> int:
    """The length that a head states for its body."""
    start = head.lower().index(b"content-length:") + 15
    end = head.find(b"\r\n", start)
    return int(head[start : end if end > 0 else len(head)])


async def run_load(server: ServedProcess, prepared: list[Prepared], seconds: float) -> Load:
    """Keeps one connection busy for each of ``prepared`` and counts what is answered."""
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    with measured_busyness(server) as busyness:
        started = time.perf_counter()
        connections = []
        for prepare in prepared:
            _, connection = await loop.create_connection(
                lambda prepare=prepare: _Connection(prepare, latencies, started + seconds),  # type: ignore[misc]
                server.host,
                server.port,
            )
            connections.append(connection)
        await asyncio.gather(*(connection.done for connection in connections))
        elapsed = time.perf_counter() - started
    failures = sum(connection.failures for connection in connections)
    return Load(len(latencies) / elapsed, latencies, failures, busyness.server, busyness.client)
