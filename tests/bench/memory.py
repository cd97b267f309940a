"""Memory: the bytes by which the whole server grows for each open conversation."""

import asyncio

import aiohttp

from tests.bench.message_path import open_conversation
from tests.bench.servers import ServedProcess

__all__ = ["measure_memory"]

_CONVERSATIONS = 10_000
_AT_ONCE = 50


async def measure_memory(server: ServedProcess) -> dict[str, float]:
    """Measures waiting conversations with one message each. Engine, actors, views and token cache are included."""
    async with aiohttp.ClientSession(f"http://{server.host}:{server.port}") as http:
        await _open(http, _AT_ONCE)
        before = server.resident_bytes()
        await _open(http, _CONVERSATIONS)
        after = server.resident_bytes()
    return {"bytes_per_conversation": round((after - before) / _CONVERSATIONS)}


async def _open(http: aiohttp.ClientSession, count: int) -> None:
    for _ in range(count // _AT_ONCE):
        await asyncio.gather(*(open_conversation(http, "Hello, is anybody there?") for _ in range(_AT_ONCE)))
