"""Follows a feed: first its history and then its live events, with no gap and no duplicate."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from contextlib import nullcontext

from actors.journal import Journal
from gateways.feeds.hub import Item, Listener, Signal
from gateways.feeds.sources import FeedItem, Source

__all__ = ["follow"]

_BATCH = 500


async def follow(
    journal: Journal, listener: Listener, source: Source, after: int
) -> AsyncGenerator[FeedItem | Signal | None, None]:
    """Yields the feed's events beyond the cursor, then live events, and None now and then as a sign of life: while it
    is live every ``listener.heartbeat_seconds``, however much there is to deliver.

    It ends when the listener is closed, even in the middle of the history. Raises FeedOverflowError when the reader is
    too slow.
    """
    page = await asyncio.to_thread(source.read, journal, after, _BATCH)
    while not page.complete:
        for event in page.events:
            yield event
        if not page.events:
            yield None
        if listener.closed:
            return
        page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
    for event in page.events:
        yield event
    if source.slow:
        # The source is attached before the rest is read. The hub hands out only what stands in the journal, so the two
        # overlap and leave no gap.
        source.attach(listener, page.next)
        page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
        while not page.complete:
            for event in page.events:
                yield event
            page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
    else:
        # The hub hands out on this same event loop. It must not get its turn between the last read and going live.
        page = source.read(journal, page.next, _BATCH)
        while not page.complete:
            for event in page.events:
                yield event
            page = source.read(journal, page.next, _BATCH)
        source.attach(listener, page.next)
    for event in page.events:
        yield event
    async for items in _live(listener):
        if items is None:
            yield None
            continue
        admitted = _admit(source, items)
        for item in await asyncio.to_thread(list, admitted) if source.slow else admitted:
            yield item


def _admit(source: Source, items: Iterable[Item]) -> Iterator[FeedItem | Signal]:
    for item in items:
        if isinstance(item, Signal):
            yield item
        elif (taken := source.take(item)) is not None:
            yield taken


async def _live(listener: Listener) -> AsyncIterator[list[Item] | None]:
    """The items as they come, and None whenever a heartbeat is due."""
    loop = asyncio.get_running_loop()
    due = loop.time() + listener.heartbeat_seconds
    while True:
        if loop.time() >= due:
            due = loop.time() + listener.heartbeat_seconds
            yield None
        try:
            async with nullcontext() if listener.filled else asyncio.timeout_at(due):
                items = await listener.take()
        except TimeoutError:
            continue
        if not items:
            return
        yield items
