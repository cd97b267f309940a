"""A store of values, each of which is taken once, by the holder of its key, and in time."""

import secrets
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from cachetools import TTLCache

__all__ = ["OneTime"]

T = TypeVar("T")


class OneTime(Generic[T]):
    """Keeps each value for ``seconds`` at most. When it is full, the oldest value gives way."""

    def __init__(self, seconds: float, capacity: int = 10_000) -> None:
        self._kept: TTLCache[str, T] = TTLCache(capacity, seconds, timer=lambda: time.monotonic())

    def keep(self, value: T) -> str:
        """Keeps the value. The key that it returns cannot be guessed."""
        key = secrets.token_urlsafe(32)
        self._kept[key] = value
        return key

    def discard(self, unwanted: Callable[[T], bool]) -> None:
        """Forgets the unwanted values."""
        for key in [key for key, value in self._kept.items() if unwanted(value)]:
            del self._kept[key]

    def take(self, key: str) -> T | None:
        """The value of this key; None when it was taken before, has expired or never existed."""
        return self._kept.pop(key, None)
