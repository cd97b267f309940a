"""Following a feed: history, then live, with no gap and no duplicate."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext

from actors.engine import Committed
from actors.journal import Journal
from gateways.feeds.hub import Listener, Signal
from gateways.feeds.sources import FeedEvent, Source

__all__ = ["HEARTBEAT_SECONDS", "follow"]

HEARTBEAT_SECONDS = 15.0
_BATCH = 500


async def follow(
    journal: Journal, listener: Listener, source: Source, after: int
) -> AsyncIterator[FeedEvent | Signal | None]:
    """The feed's events beyond the cursor, then what comes, and None now and then to show life.

    Ends when the listener is closed. Raises FeedOverflowError when the reader is too slow.
    """
    page = await asyncio.to_thread(source.read, journal, after, _BATCH)
    while not page.complete:
        for event in page.events:
            yield event
        page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
    for event in page.events:
        yield event
    # The hub hands out on this same event loop: from the last read to going live it must not get its turn.
    page = source.read(journal, page.next, _BATCH)
    while not page.complete:
        for event in page.events:
            yield event
        page = source.read(journal, page.next, _BATCH)
    source.attach(listener, page.next)
    for event in page.events:
        yield event
    async for item in _live(listener):
        if item is None or isinstance(item, Signal):
            yield item
        elif (taken := source.take(item)) is not None:
            yield taken


async def _live(listener: Listener) -> AsyncIterator[Committed | Signal | None]:
    while True:
        try:
            async with nullcontext() if listener.filled else asyncio.timeout(HEARTBEAT_SECONDS):
                items = await listener.take()
        except TimeoutError:
            yield None
            continue
        if not items:
            return
        for item in items:
            yield item
