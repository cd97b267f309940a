"""The clock that commands are stamped with."""

from datetime import datetime

from schemas.instants import Clock, utc_now

__all__ = ["MonotonicClock"]


class MonotonicClock:
    """Wall-clock time that never goes back: not when the machine's clock does, nor behind what is recorded."""

    def __init__(self, source: Clock = utc_now) -> None:
        self._source = source
        self._latest = source()

    def __call__(self) -> datetime:
        self._latest = max(self._latest, self._source())
        return self._latest

    def advance_to(self, instant: datetime) -> None:
        self._latest = max(self._latest, instant)
