"""Virtual clocks: the machine's, which can be set, and the engine's, which only runs forward."""

from datetime import datetime, timedelta

from actors.engine.clock import MonotonicClock
from tests.examples import NOW

__all__ = ["Clocks"]


class Clocks:
    def __init__(self) -> None:
        self.machine: datetime = NOW
        self._passed = timedelta(0)
        self._clock = self._start()

    def now(self) -> datetime:
        """The time of the engine's clock."""
        return self._clock()

    def run(self, time: timedelta) -> None:
        """Lets so many seconds pass on both clocks."""
        self._clock()
        self.machine += time
        self._passed += time

    def jump(self, seconds: float) -> None:
        """Sets the machine's clock forward or back, while no time passes."""
        self.machine += timedelta(seconds=seconds)

    def restart(self, after: float) -> None:
        """Lets another process begin so many seconds later. It knows only the time that the engine's clock had
        reached."""
        recorded = self._clock()
        self.run(timedelta(seconds=after))
        self._clock = self._start()
        self._clock.advance_to(recorded)

    def _start(self) -> MonotonicClock:
        return MonotonicClock(lambda: self.machine, lambda: self._passed.total_seconds())
