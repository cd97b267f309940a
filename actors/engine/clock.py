"""The clock that commands are stamped with."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from schemas.instants import Clock, format_instant, utc_now

__all__ = ["MonotonicClock"]

_NOTABLE_SECONDS = 5.0

_logger = logging.getLogger(__name__)


class MonotonicClock:
    """Wall-clock time that never goes back: not when the machine's clock does, nor behind the journal's last event.

    Where wall-clock time is behind, this one runs on from the latest instant, so that deadlines still fall due; that
    is logged. Events and deadlines go by this clock. What is agreed with people goes by ``machine``: opening hours,
    times that a customer asks for, the expiry of tokens. ``elapsed`` counts seconds at an even pace, from anywhere. May
    be read on any thread.
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
                self._run_on(now)
            return self._latest

    def advance_to(self, instant: datetime) -> None:
        with self._lock:
            self._latest = max(self._latest, instant)

    def machine(self) -> datetime:
        """The time of the machine's clock, which may be behind."""
        return self._source()

    def ahead(self) -> timedelta:
        """How far this clock is ahead of the machine's, in whole seconds."""
        return timedelta(seconds=max(round((self() - self.machine()).total_seconds()), 0))

    def when_machine_reads(self, instant: datetime) -> datetime:
        """The time of this clock when the machine's clock reads the instant, unless the machine's is set meanwhile."""
        return instant + self.ahead()

    def machine_when(self, instant: datetime) -> datetime:
        """The time of the machine's clock when this one reads the instant, unless the machine's is set meanwhile."""
        return instant - self.ahead()

    def _run_on(self, machine: datetime) -> None:
        """Lets time pass while the machine's clock is behind."""
        elapsed = self._elapsed()
        if self._ahead_since is None:
            self._warn(machine)
        else:
            self._latest += timedelta(seconds=elapsed - self._ahead_since)
        self._ahead_since = elapsed

    def _warn(self, machine: datetime) -> None:
        behind = (self._latest - machine).total_seconds()
        if behind >= _NOTABLE_SECONDS:
            _logger.warning(
                "the machine's clock is %.0f seconds behind the newest event, of %s: events go on from there; check "
                "the clock, or wait with the server stopped until it has caught up",
                behind,
                format_instant(self._latest),
            )
