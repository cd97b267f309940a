"""Following a feed: history, then live, with no gap and no duplicate."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import nullcontext

from actors.journal import Journal
from gateways.feeds.hub import Item, Listener, Signal
from gateways.feeds.sources import Shown, Source

__all__ = ["HEARTBEAT_SECONDS", "follow"]

HEARTBEAT_SECONDS = 15.0
_BATCH = 500


async def follow(
    journal: Journal, listener: Listener, source: Source, after: int
) -> AsyncIterator[Shown | Signal | None]:
    """The feed's events beyond the cursor, then what comes, and None now and then to show life.

    Ends when the listener is closed, in the middle of history too. Raises FeedOverflowError when the reader is too
    slow.
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
        # Attached first, read then: what is handed out stands in the journal, so the two overlap and leave no gap.
        source.attach(listener, page.next)
        page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
        while not page.complete:
            for event in page.events:
                yield event
            page = await asyncio.to_thread(source.read, journal, page.next, _BATCH)
    else:
        # The hub hands out on this same event loop: from the last read to going live it must not get its turn.
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
        shown = _shown(source, items)
        for item in await asyncio.to_thread(list, shown) if source.slow else shown:
            yield item


def _shown(source: Source, items: Iterable[Item]) -> Iterator[Shown | Signal]:
    for item in items:
        if isinstance(item, Signal):
            yield item
        elif (taken := source.take(item)) is not None:
            yield taken


async def _live(listener: Listener) -> AsyncIterator[list[Item] | None]:
    while True:
        try:
            async with nullcontext() if listener.filled else asyncio.timeout(HEARTBEAT_SECONDS):
                items = await listener.take()
        except TimeoutError:
            yield None
            continue
        if not items:
            return
        yield items
