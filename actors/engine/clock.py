"""The clock that commands are stamped with."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from schemas.instants import Clock, utc_now

__all__ = ["MonotonicClock"]


class MonotonicClock:
    """Wall-clock time that never goes back: not when the machine's clock does, nor behind the journal's last event.

    Where wall-clock time is behind, this one runs on from the latest instant, so that deadlines still fall due.
    ``elapsed`` counts seconds at an even pace, from anywhere. May be read on any thread.
    """

    def __init__(self, source: Clock = utc_now, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._latest = source()
        self._ahead_since: float | None = None

    def __call__(self) -> datetime:
        with self._lock:
            now = self._source()
            if now >= self._latest:
                self._latest, self._ahead_since = now, None
            else:
                self._run_on()
            return self._latest

    def advance_to(self, instant: datetime) -> None:
        with self._lock:
            self._latest = max(self._latest, instant)

    def _run_on(self) -> None:
        """Lets time pass while the machine's clock is behind."""
        elapsed = self._elapsed()
        if self._ahead_since is not None:
            self._latest += timedelta(seconds=elapsed - self._ahead_since)
        self._ahead_since = elapsed
