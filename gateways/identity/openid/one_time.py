"""What is kept for whoever holds its key, to be taken once and soon."""

import secrets
import time
from typing import Generic, TypeVar

from cachetools import TTLCache

__all__ = ["OneTime"]

T = TypeVar("T")


class OneTime(Generic[T]):
    """Kept for ``seconds`` at most; of more than ``capacity`` the oldest give way."""

    def __init__(self, seconds: float, capacity: int = 10_000) -> None:
        self._kept: TTLCache[str, T] = TTLCache(capacity, seconds, timer=lambda: time.monotonic())

    def keep(self, value: T) -> str:
        """The key, which nobody guesses."""
        key = secrets.token_urlsafe(32)
        self._kept[key] = value
        return key

    def take(self, key: str) -> T | None:
        """None when it was taken before, has expired or never was."""
        return self._kept.pop(key, None)
