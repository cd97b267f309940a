"""Serves a feed as a JSON page, as an event stream or over a WebSocket, as the client asks."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import TypeAlias

import msgspec
from starlette.types import Receive, Send

from actors.journal import Journal, JournalUnavailableError
from gateways.exceptions import invalid_field
from gateways.feeds.closings import FAILED, MESSAGE_SENT, TOO_SLOW, Closing, closing_for
from gateways.feeds.exceptions import FeedOverflowError
from gateways.feeds.following import follow
from gateways.feeds.hub import Hub, Listener, Signal
from gateways.feeds.lease import leased
from gateways.feeds.request import FeedAnswer, FeedRequest, PageReader
from gateways.feeds.sources import FeedEvent, FeedItem, Source
from gateways.http.principal import Principal
from gateways.http.problems import RUNS_NOTHING

__all__ = ["STREAM_HEADERS", "SUBPROTOCOL", "FeedPage", "serve_feed"]

SUBPROTOCOL = "hybridchat.v1"
STREAM_HEADERS = {
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
}
"""A proxy that gathers or compresses a stream keeps its events back. nginx and others heed X-Accel-Buffering."""
_SEND_SECONDS = 30.0
_LiveFeed: TypeAlias = AsyncGenerator[FeedItem | Signal | None, None]
_encoder = msgspec.json.Encoder()
_logger = logging.getLogger(__name__)


class FeedPage(msgspec.Struct, frozen=True):
    """One page of a feed. ``next`` is the cursor to go on from."""

    events: list[FeedEvent]
    next: int


async def serve_feed(
    request: FeedRequest,
    principal: Principal,
    receive: Receive,
    send: Send,
    journal: Journal,
    hub: Hub,
    answer: FeedAnswer,
) -> None:
    """Answers with a feed in the form that the client asked for; a live one ends with the caller's token or session.
    Raises RefusedError for a cursor that the feed has not reached."""
    source = answer.source
    if request.form == "page":
        await _check_cursor(journal, source, request.after)
        await _serve_page(send, request, answer.page or partial(_feed_page, journal, source))
        return
    # The listener exists before anything is awaited, while the owner is known to be logged in: a logout that comes
    # next closes this feed too.
    with leased(hub, answer.owner, principal) as listener:
        if answer.opened is not None:
            answer.opened(listener)
        feed = _with_heartbeats(follow(journal, listener, source, request.after), answer.heartbeat)
        try:
            await _check_cursor(journal, source, request.after)
            if request.form == "websocket":
                await _serve_websocket(request, receive, send, feed, listener)
            else:
                await _serve_event_stream(receive, send, feed, listener)
        except OSError:
            pass  # the client has gone, or does not read any more


async def _with_heartbeats(feed: _LiveFeed, heartbeat: Callable[[], Signal] | None) -> _LiveFeed:
    """The feed with a signal in place of each sign of life, where the feed has one."""
    async with aclosing(feed) as items:
        async for item in items:
            yield heartbeat() if item is None and heartbeat is not None else item


async def _check_cursor(journal: Journal, source: Source, after: int) -> None:
    """Refuses a cursor of the future: it belongs to another feed, or to a journal that was lost."""
    if not await asyncio.to_thread(source.reaches, journal, after):
        raise invalid_field("after", f"the feed has not come as far as {after}; begin at 0")


async def _serve_page(send: Send, request: FeedRequest, page: PageReader) -> None:
    body = await asyncio.to_thread(lambda: _encoder.encode(page(request.after, request.limit)))
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    headers += [(b"cache-control", b"no-store"), RUNS_NOTHING]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _feed_page(journal: Journal, source: Source, after: int, limit: int) -> FeedPage:
    """Skips the events that the feed does not deliver, so that a page is short only at the end of the history."""
    page = source.read(journal, after, limit)
    events = list(page.events)
    while len(events) < limit and not page.complete:
        page = source.read(journal, page.next, limit - len(events))
        events += page.events
    return FeedPage(events, page.next)  # type: ignore[arg-type] # sources of other items come with a PageReader


async def _serve_event_stream(receive: Receive, send: Send, feed: _LiveFeed, listener: Listener) -> None:
    async def write(chunk: bytes) -> None:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    headers = [(name.encode(), value.encode()) for name, value in STREAM_HEADERS.items()]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await write(b": hello\n\n")
    if await _first(_pump(feed, listener, _event_stream_chunk, write), gone()) is not None:
        async with asyncio.timeout(_SEND_SECONDS):
            await send({"type": "http.response.body", "body": b""})


async def _serve_websocket(
    request: FeedRequest, receive: Receive, send: Send, feed: _LiveFeed, listener: Listener
) -> None:
    async def write(frame: bytes) -> None:
        await send({"type": "websocket.send", "text": frame.decode()})

    async def gone() -> Closing | None:
        message = await receive()
        return None if message["type"] == "websocket.disconnect" else MESSAGE_SENT

    await receive()
    chosen = SUBPROTOCOL if SUBPROTOCOL in request.subprotocols else None
    await send({"type": "websocket.accept", "subprotocol": chosen})
    closing = await _first(_pump(feed, listener, _frame, write), gone())
    if closing is not None:
        async with asyncio.timeout(_SEND_SECONDS):
            await send({"type": "websocket.close", "code": closing.code, "reason": closing.reason})


async def _pump(
    feed: _LiveFeed,
    listener: Listener,
    encode: Callable[[FeedItem | Signal | None], bytes],
    write: Callable[[bytes], Awaitable[None]],
) -> Closing | None:
    """Writes the feed until it ends, and gives up on a client that reads nothing for ``_SEND_SECONDS``. Returns how to
    close it, or None when the client has gone."""
    try:
        async with aclosing(feed) as events:
            async for event in events:
                chunk = encode(event)
                if chunk:
                    async with asyncio.timeout(_SEND_SECONDS):
                        await write(chunk)
    except (FeedOverflowError, TimeoutError):
        return TOO_SLOW
    except OSError:
        return None
    except JournalUnavailableError as error:
        _logger.error("a feed ends, the journal failed: %s", error)  # noqa: TRY400 - no news but the message
        return FAILED
    except Exception:
        _logger.exception("a feed failed")
        return FAILED
    return closing_for(listener.ending)


async def _first(*endings: Awaitable[Closing | None]) -> Closing | None:
    """The result of the one that ends first; the other is cancelled."""
    tasks = [asyncio.ensure_future(ending) for ending in endings]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _event_stream_chunk(event: FeedItem | Signal | None) -> bytes:
    if event is None:
        return b": alive\n\n"
    cursor = None if isinstance(event, Signal) else event.cursor
    identifier = b"" if cursor is None else b"id: %d\n" % cursor
    return b"%sevent: %s\ndata: %s\n\n" % (identifier, event.type.encode(), _frame(event))


def _frame(event: FeedItem | Signal | None) -> bytes:
    """The item as JSON. A sign of life is not sent over a WebSocket, which has pings of its own."""
    match event:
        case None:
            return b""
        case Signal(type=name, at=at, data=data, conversation_id=None):
            return _encoder.encode({"type": name, "at": at, "data": data})
        case Signal(type=name, at=at, data=data, conversation_id=conversation_id):
            return _encoder.encode({"type": name, "at": at, "conversation_id": conversation_id, "data": data})
        case _:
            return _encoder.encode(event)
