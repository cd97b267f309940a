"""Feeds that are cut in the middle, on purpose: to see them resumed without a loss."""

import contextlib
import os
import random
import socket

import aiohttp

__all__ = ["Interruptions"]


class Interruptions:
    """Cuts each feed about once in ``every`` seconds, whatever it is at; never when that is None.

    ``made`` counts the cuts.
    """

    def __init__(self, every: float | None = None) -> None:
        self.made = 0
        self._every = every

    def next_in(self) -> float | None:
        """In how many seconds a feed that has just been opened is to be cut."""
        return None if self._every is None else random.expovariate(1 / self._every)

    def cut(self, feed: aiohttp.ClientWebSocketResponse) -> None:
        """Takes the connection away: the server is told no goodbye, and what is on its way is lost."""
        connection = feed.get_extra_info("socket")
        if connection is None:
            return
        self.made += 1
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as same:
            same.shutdown(socket.SHUT_RDWR)
