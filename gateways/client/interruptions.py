"""Cutting feeds in the middle on purpose, so that a test sees them resumed without a loss."""

import contextlib
import os
import random
import socket

import aiohttp

__all__ = ["Interruptions"]


class Interruptions:
    """Cuts each feed about once in ``every`` seconds, at any moment. If ``every`` is None, no feed is cut.

    ``made`` counts the cuts.
    """

    def __init__(self, every: float | None = None) -> None:
        self.made = 0
        self._every = every

    def next_in(self) -> float | None:
        """Draws the number of seconds after which a feed that has just been opened is cut."""
        return None if self._every is None else random.expovariate(1 / self._every)

    def cut(self, feed: aiohttp.ClientWebSocketResponse) -> None:
        """Shuts the connection down without a closing frame. Frames that are on their way are lost."""
        connection = feed.get_extra_info("socket")
        if connection is None:
            return
        self.made += 1
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as same:
            same.shutdown(socket.SHUT_RDWR)
