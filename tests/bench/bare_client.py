"""The baseline of deliveries: the HTTP client of webhooks, posting what was delivered before to the same receiver,
without the journal and the outbox and with nothing left to sign."""

import asyncio
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import msgspec
import uvloop

__all__ = ["AT_ONCE", "Post", "Posted"]

AT_ONCE = 10
"""As many calls at once as a webhook's receiver gets."""


class Post(msgspec.Struct, array_like=True):
    headers: dict[str, str]
    body: bytes


class Posted(msgspec.Struct):
    """How many seconds it took, and how many of processor time."""

    seconds: float
    cpu_seconds: float


async def _post_all(url: str, posts: list[Post]) -> Posted:
    remaining = iter(posts)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        started, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(_post_in_turn(http, url, remaining) for _ in range(AT_ONCE)))
        return Posted(time.perf_counter() - started, time.process_time() - used)


async def _post_in_turn(http: aiohttp.ClientSession, url: str, remaining: Iterator[Post]) -> None:
    for post in remaining:
        async with http.post(url, data=post.body, headers=post.headers) as answer:
            answer.raise_for_status()
            await answer.read()


def main() -> None:
    url, file = sys.argv[1:]
    posts = msgspec.msgpack.decode(Path(file).read_bytes(), type=list[Post])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(msgspec.json.encode(runner.run(_post_all(url, posts))).decode())


if __name__ == "__main__":
    main()
