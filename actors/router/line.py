"""The waiting line of one queue: its rules, its tasks, and the agents whom each of its steps admits."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec
from sortedcontainers import SortedList

from actors.router.pool import Availability
from actors.router.task import Place, RoutedTask
from schemas.configuration import Queue
from schemas.criteria import Criterion, parse_criterion
from schemas.queues import QueueSettings

__all__ = ["WaitingLine"]

_SMOOTHING = 0.2
"""The weight of the newest interval between assignments in their moving average."""

_parsed = lru_cache(maxsize=4_096)(parse_criterion)


class WaitingLine(msgspec.Struct):
    """``steps`` holds for each step the places of the tasks that wait in it, in order; ``eligible`` the numbers of
    the agents that it admits, as bits. Agents that a step admits are admitted by all later steps. ``busy_since`` is
    the instant since which some task has always waited."""

    name: str
    queue: Queue
    criteria: list[Criterion]
    eligible: list[int]
    steps: list["SortedList[Place]"]
    busy_since: datetime | None = None
    last_assigned_at: datetime | None = None
    interval_seconds: float | None = None

    @classmethod
    def of(cls, name: str, queue: Queue) -> "WaitingLine":
        criteria = [_parsed(step.criterion) for step in queue.steps] or [_parsed("")]
        return cls(name, queue, criteria, [0] * len(criteria), [SortedList() for _ in criteria])

    @property
    def waiting(self) -> int:
        return sum(map(len, self.steps))

    @property
    def pushed(self) -> bool:
        return self.queue.distribution == "push"

    def __iter__(self) -> Iterator[Place]:
        for places in self.steps:
            yield from places

    def settings(self) -> QueueSettings:
        return self.queue.carried(self.name)

    def describe(self) -> dict[str, Any]:
        """The line for people: its rules, and the tasks in each step, in order."""
        return {
            "queue": self.queue,
            "waiting": [[place.task_id for place in places] for places in self.steps],
            "busy_since": self.busy_since,
            "last_assigned_at": self.last_assigned_at,
            "interval_seconds": self.interval_seconds,
        }

    def learn(self, agents: Iterable[Availability]) -> None:
        """Works out anew which steps admit these agents."""
        for agent in agents:
            bit = 1 << agent.number
            first = self._first_step(agent)
            for step, eligible in enumerate(self.eligible):
                self.eligible[step] = eligible | bit if step >= first else eligible & ~bit
            if first < len(self.steps):
                agent.reach[self.name] = first
            else:
                agent.reach.pop(self.name, None)

    def _first_step(self, agent: Availability) -> int:
        admitting = (step for step, criterion in enumerate(self.criteria) if criterion.admits(agent.attributes))
        return next(admitting, len(self.criteria))

    def criterion(self, step: int) -> str:
        return self.criteria[step].text

    def begins(self, queued_at: datetime, step: int) -> datetime:
        """The instant at which the step begins for a task that is in line since ``queued_at``."""
        passed = sum(before.seconds for before in self.queue.steps[:step])
        return queued_at + timedelta(seconds=passed)

    def step_at(self, queued_at: datetime, at: datetime) -> int:
        """The step that is in force at an instant for a task that is in line since ``queued_at``."""
        step = 0
        while step + 1 < len(self.criteria) and self.begins(queued_at, step + 1) <= at:
            step += 1
        return step

    def expires_at(self, task: RoutedTask) -> datetime | None:
        return _after(task.not_before or task.entered_at, self.queue.time_to_live_seconds)

    def overflows_at(self, task: RoutedTask) -> datetime | None:
        overflow = self.queue.overflow
        return _after(task.not_before or task.entered_at, overflow.after_seconds if overflow else None)

    def next_change(self, task: RoutedTask) -> datetime | None:
        """The instant of the next change of a waiting task that happens by itself."""
        if task.not_before is not None:
            return task.not_before
        instants = [self.expires_at(task), None if task.preferred_only else self.overflows_at(task)]
        instants += [let_go.until for let_go in task.excluded.values()]
        if task.preferred_until is not None:
            instants.append(task.preferred_until)
        elif task.step + 1 < len(self.criteria):
            instants.append(self.begins(task.place.queued_at, task.step + 1))
        return min((instant for instant in instants if instant is not None), default=None)

    def ahead_of(self, place: Place) -> int:
        """The number of tasks that wait before this place."""
        return sum(places.bisect_left(place) for places in self.steps)

    def estimate(self, ahead: int) -> float | None:
        """The wait in seconds of a task behind so many others: each assignment takes the average interval."""
        return None if self.interval_seconds is None else (ahead + 1) * self.interval_seconds

    def interval_at(self, at: datetime) -> float | None:
        """The seconds since the last assignment, or since a task waits, whichever is later."""
        if self.busy_since is None:
            return None
        since = max(self.busy_since, self.last_assigned_at or self.busy_since)
        return (at - since).total_seconds()

    def note_assignment(self, at: datetime, interval: float | None) -> None:
        self.last_assigned_at = at
        if interval is not None:
            before = self.interval_seconds if self.interval_seconds is not None else interval
            self.interval_seconds = before + _SMOOTHING * (interval - before)


def _after(instant: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else instant + timedelta(seconds=seconds)
