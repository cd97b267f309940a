"""How busy each side's core was during a measurement. A figure is the server's only if the server had no time left: a
server that idles waits for its client, and then the figure is the client's."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["BUSY", "Busyness", "measured_busyness"]

BUSY = 0.95
"""The share of a core from which on a server is taken to have had no time left."""


class HasProcessorTime(Protocol):
    def cpu_seconds(self) -> float: ...


class Busyness:
    """The shares of a core that the server and the client have used, known at the end of the measurement. What other
    programs use is in neither: a server that has to share its core is not busy."""

    server: float = 0.0
    client: float = 0.0


@contextmanager
def measured_busyness(server: HasProcessorTime) -> Iterator[Busyness]:
    """Measures the server and this process, which is its client, while the context lasts."""
    busyness = Busyness()
    started, used, used_here = time.perf_counter(), server.cpu_seconds(), time.process_time()
    yield busyness
    elapsed = time.perf_counter() - started
    busyness.server = round((server.cpu_seconds() - used) / elapsed, 3)
    busyness.client = round((time.process_time() - used_here) / elapsed, 3)
