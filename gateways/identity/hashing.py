"""The queue in which passwords wait to be hashed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from gateways.exceptions import RefusedError
from schemas.replies import RefusalCode

__all__ = ["Hashing"]

P = ParamSpec("P")
T = TypeVar("T")

_THREADS = 2
"""Each hash takes 64 MiB, and a whole shift may log in at once."""
_MAX_WAITING = 200
"""At 0.05 to 0.2 s a password and two threads, the last one waits for 5 to 20 s."""


class Hashing:
    """Runs what hashes passwords on threads of its own, a few at a time, so that many logins hold up nothing else."""

    def __init__(self, threads: int = _THREADS, max_waiting: int = _MAX_WAITING) -> None:
        self._threads = ThreadPoolExecutor(threads, "hashing")
        self._free = asyncio.Semaphore(threads)
        self._at_once = threads
        self._max = threads + max_waiting
        self._admitted = 0

    @property
    def waiting(self) -> int:
        """The number of those who wait for a place."""
        return max(0, self._admitted - self._at_once)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Waits for a free thread and keeps it until the context ends. Raises RefusedError when too many wait, because
        one more would wait longer than its caller does."""
        if self._admitted >= self._max:
            raise RefusedError(RefusalCode.OVERLOADED, "too many passwords wait to be checked; try again shortly")
        self._admitted += 1
        try:
            async with self._free:
                yield
        finally:
            self._admitted -= 1

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs the work on a thread. The caller has a place."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *args, **kwargs))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
