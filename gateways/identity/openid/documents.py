"""The documents that an OpenID provider publishes, fetched when first needed and kept for a while."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

__all__ = ["Document"]

_MAX_AGE_SECONDS = 3600.0

T = TypeVar("T")


class Document(Generic[T]):
    """A document of a provider. All callers who ask while it is being fetched get the same answer, or the same failure.
    A failure is not kept."""

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        self._fetch = fetch
        self._fetching: asyncio.Future[T] | None = None
        self._stale_at = 0.0

    async def get(self, other_than: T | None = None) -> T:
        """The document. It is fetched anew when the kept one is old, or is ``other_than``. Raises what fetching
        raises."""
        if self._fetching is None or self._is_stale(self._fetching, other_than):
            self._fetching = asyncio.ensure_future(self._fetch())
            self._fetching.add_done_callback(_retrieve)
            self._stale_at = time.monotonic() + _MAX_AGE_SECONDS
        return await asyncio.shield(self._fetching)

    def _is_stale(self, fetching: "asyncio.Future[T]", other_than: T | None) -> bool:
        if not fetching.done():
            return False
        if fetching.cancelled() or fetching.exception() is not None or time.monotonic() >= self._stale_at:
            return True
        return other_than is not None and fetching.result() is other_than


def _retrieve(fetched: "asyncio.Future[T]") -> None:
    """Takes the exception of a failed fetch, so that asyncio does not log it when nobody waits any more."""
    if not fetched.cancelled():
        fetched.exception()
