"""The request for a feed, and the feed that a handler answers with."""

from collections.abc import Callable
from typing import Literal

import msgspec

from gateways.feeds.hub import Listener, Signal
from gateways.feeds.sources import Source

__all__ = ["FeedAnswer", "FeedRequest", "PageReader"]

PageReader = Callable[[int, int], object]
"""Takes a cursor and the largest number of events, and returns the answer to encode as JSON. It may block, and runs on
another thread."""


class FeedRequest(msgspec.Struct, frozen=True):
    """A client's request for a feed. ``after`` is the cursor to go on from, ``limit`` the largest number of events on a
    page."""

    form: Literal["page", "event_stream", "websocket"]
    after: int
    limit: int = 100
    subprotocols: tuple[str, ...] = ()


class FeedAnswer(msgspec.Struct, frozen=True):
    """The feed to serve. ``owner`` names the caller on whose behalf it is open (see Hub.listen). ``page`` reads a JSON
    answer that holds more than the events and the next cursor. ``heartbeat`` makes the signal by which a live feed
    shows that it is alive; without it an event stream does so by a comment, and a WebSocket by its pings alone.
    ``opened`` is called with the listener of a live feed before it delivers anything."""

    source: Source
    owner: str
    page: PageReader | None = None
    heartbeat: Callable[[], Signal] | None = None
    opened: Callable[[Listener], None] | None = None
