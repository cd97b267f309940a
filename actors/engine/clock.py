"""The clock that commands are stamped with."""

import threading
from datetime import datetime

from schemas.instants import Clock, utc_now

__all__ = ["MonotonicClock"]


class MonotonicClock:
    """Wall-clock time that never goes back: not when the machine's clock does, nor behind what is recorded."""

    def __init__(self, source: Clock = utc_now) -> None:
        self._source = source
        self._latest = source()
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        return self.advance_to(self._source())

    def advance_to(self, instant: datetime) -> datetime:
        with self._lock:
            self._latest = max(self._latest, instant)
            return self._latest
