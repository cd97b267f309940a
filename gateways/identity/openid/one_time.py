"""What is kept for whoever holds its key, to be taken once and soon."""

import secrets
import time
from typing import Generic, TypeVar

__all__ = ["OneTime"]

T = TypeVar("T")


class OneTime(Generic[T]):
    """Kept for ``seconds`` at most; of more than ``capacity`` the oldest give way."""

    def __init__(self, seconds: float, capacity: int = 10_000) -> None:
        self._seconds = seconds
        self._capacity = capacity
        self._kept: dict[str, tuple[float, T]] = {}

    def keep(self, value: T) -> str:
        """The key, which nobody guesses."""
        self._make_room()
        key = secrets.token_urlsafe(32)
        self._kept[key] = (time.monotonic() + self._seconds, value)
        return key

    def take(self, key: str) -> T | None:
        """None when it was taken before, has expired or never was."""
        expires_at, value = self._kept.pop(key, (0.0, None))
        return value if time.monotonic() < expires_at else None

    def _make_room(self) -> None:
        """The oldest come first and expire first."""
        now = time.monotonic()
        while self._kept:
            oldest = next(iter(self._kept))
            if len(self._kept) < self._capacity and now < self._kept[oldest][0]:
                break
            del self._kept[oldest]
