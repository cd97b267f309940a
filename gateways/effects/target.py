"""One target of deliveries: how many calls it may get now."""

import random

from gateways.outbox import Outcome, TargetPolicy

__all__ = ["Target"]

_TOLERATED = 3
"""After so many failed calls in a row, the target itself is taken to be down, not single deliveries to be bad."""
_MAX_PAUSE = 60.0
_NEVER = float("inf")
# One of its own, so that tests that fix the global one are not disturbed. It decides no secret.
_random = random.Random()  # noqa: S311


class Target:
    """While a target is down, one call at a time tries whether it is back. A target at which no call can succeed is
    ``stopped`` until somebody mends it, and one that is ``held`` gets no calls while its deliveries are changed.
    ``next_due`` is when the next lane is due; None when none waits. Times are Unix times in seconds."""

    def __init__(self, name: str, policy: TargetPolicy, stopped: str | None = None) -> None:
        self.name = name
        self.policy = policy
        self.stopped = stopped
        self.next_due: float | None = 0.0
        self.in_flight = 0
        self.held = False
        self._failures = 0
        self._paused_until = 0.0

    @property
    def is_down(self) -> bool:
        return self._failures >= _TOLERATED

    def room(self, now: float) -> int:
        """How many lanes may be claimed now."""
        if self.held or self.next_action > now:
            return 0
        return max((1 if self.is_down else self.policy.at_once) - self.in_flight, 0)

    @property
    def next_action(self) -> float:
        """When lanes may be claimed again."""
        if self.stopped is not None or self.next_due is None:
            return _NEVER
        return max(self.next_due, self._paused_until)

    def is_due(self, at: float) -> None:
        """A lane is due then."""
        self.next_due = at if self.next_due is None else min(self.next_due, at)

    def note(self, outcome: Outcome, now: float) -> None:
        """Learns from a call that has ended."""
        if outcome.kind not in ("try_again", "unknown"):
            self._failures, self._paused_until = 0, 0.0
            return
        self._failures += 1
        if self.is_down:
            self._paused_until = now + _with_chance(min(2.0 ** (self._failures - _TOLERATED), _MAX_PAUSE))
        if outcome.retry_after is not None:
            self._paused_until = max(self._paused_until, now + outcome.retry_after)

    def pause_after(self, tries: int) -> float:
        """How long a lane waits after so many failed tries of its first delivery."""
        pauses = self.policy.pauses
        return _with_chance(pauses[min(tries, len(pauses)) - 1])


def _with_chance(seconds: float) -> float:
    """A fifth more or less, so that those who failed together do not come back together."""
    return seconds * _random.uniform(0.8, 1.2)
