"""The policy of saving snapshots."""

import time
from collections.abc import Callable

__all__ = ["SavePolicy"]


class SavePolicy:
    """Saves after so many events, or so many seconds since the last time, so that little is left to fold at a start.
    If no event has come, there is nothing to save."""

    def __init__(
        self, events: int = 10_000, seconds: float = 5.0, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._events = events
        self._seconds = seconds
        self._elapsed = elapsed
        self._saved_at = elapsed()

    def due(self, unsaved: int) -> bool:
        """True if it is time to save, with so many events applied since the last time."""
        return unsaved >= self._events or (unsaved > 0 and self.seconds_left() <= 0)

    def seconds_left(self) -> float:
        return self._saved_at + self._seconds - self._elapsed()

    def saved(self) -> None:
        self._saved_at = self._elapsed()
