"""What a client asks of a feed, and which feed a handler answers with."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from gateways.feeds.sources import Source

__all__ = ["FeedAnswer", "FeedRequest", "PageReader"]

PageReader = Callable[[int, int], Any]
"""Takes a cursor and the most events to answer; gives what goes back as JSON. May block; runs on another thread."""


class FeedRequest(msgspec.Struct, frozen=True):
    """``after`` is the cursor to go on from, ``limit`` the most events of a page."""

    form: Literal["page", "event_stream", "websocket"]
    after: int
    limit: int = 100
    subprotocols: tuple[str, ...] = ()


class FeedAnswer(msgspec.Struct, frozen=True):
    """``owner`` names on whose behalf the feed is open (see Hub.listen); ``page`` reads what a JSON answer holds where
    that is more than the events and the next cursor."""

    source: Source
    owner: str
    page: PageReader | None = None
