"""The waiting line of one queue: its rules, its tasks, and the agents whom each of its steps admits."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from sortedcontainers import SortedList

from actors.router.pool import Availability
from actors.router.sharing import SharedAgents
from actors.router.task import Place, RoutedTask
from schemas.configuration import Queue
from schemas.configuration.items import AttributeValue
from schemas.criteria import Criterion, parse_criterion
from schemas.queues import QueueSettings

__all__ = ["WaitingLine"]

_LEAST_WEIGHT = 0.02
"""The least weight of the newest task in the moving average of how long agents work on the queue's tasks."""

_IMPROBABLE = 5.0
"""By chance alone, a line hardly ever stands still for longer than five mean intervals between departures, in one case
of 150. A longer standstill contradicts the mean."""

_parsed = lru_cache(maxsize=4_096)(parse_criterion)


class WaitingLine(msgspec.Struct, dict=True):
    """``places`` holds the places of all tasks that wait, in order: of those that are due and not offered to an agent;
    ``alone`` those of them that wait for one agent alone. ``steps`` holds for each step the places of those that wait
    in it for any agent whom it admits, ``eligible`` the numbers of these agents, as bits. Agents that a step admits are
    admitted by all later steps; ``working`` is how many of all these accept tasks. ``busy_since`` is the instant since
    which some task has always waited for any agent. ``service_seconds`` is how long agents work on a task of the queue,
    a moving average over ``served`` tasks."""

    name: str
    queue: Queue
    criteria: list[Criterion]
    eligible: list[int]
    steps: list["SortedList[Place]"]
    places: "SortedList[Place]" = msgspec.field(default_factory=SortedList)
    alone: "SortedList[Place]" = msgspec.field(default_factory=SortedList)
    working: int = 0
    busy_since: datetime | None = None
    last_assigned_at: datetime | None = None
    service_seconds: float | None = None
    served: int = 0

    @classmethod
    def of(cls, name: str, queue: Queue) -> "WaitingLine":
        criteria = [_parsed(step.criterion) for step in queue.steps] or [_parsed("")]
        return cls(name, queue, criteria, [0] * len(criteria), [SortedList() for _ in criteria])

    @property
    def waiting(self) -> int:
        """The number of tasks that wait: that are due, and not offered to an agent. Every figure of waiting tasks is
        this one."""
        return len(self.places)

    @property
    def is_contested(self) -> bool:
        """True while a task waits for any agent, and not for one alone."""
        return len(self.places) > len(self.alone)

    @cached_property
    def shared_agents(self) -> SharedAgents:
        return SharedAgents()

    @property
    def pushed(self) -> bool:
        return self.queue.distribution == "push"

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def settings(self) -> QueueSettings:
        return self.queue.carried(self.name)

    def describe(self) -> dict[str, Any]:
        """The line for people: its rules, and the tasks in each step, in order."""
        return {
            "queue": self.queue,
            "waiting": [[place.task_id for place in places] for places in self.steps],
            "busy_since": self.busy_since,
            "last_assigned_at": self.last_assigned_at,
            "service_seconds": self.service_seconds,
        }

    def learn(self, agents: Iterable[Availability]) -> None:
        """Works out anew which steps admit these agents."""
        for agent in agents:
            bit = 1 << agent.number
            first = self.first_step(agent.attributes)
            if agent.accepting:
                self.working += (first < len(self.steps)) - bool(self.eligible[-1] & bit)
            for step, eligible in enumerate(self.eligible):
                self.eligible[step] = eligible | bit if step >= first else eligible & ~bit
            if first < len(self.steps):
                agent.reach[self.name] = first
            else:
                agent.reach.pop(self.name, None)

    def first_step(self, attributes: Mapping[str, AttributeValue]) -> int:
        """The first step that admits an agent with these attributes; the number of steps if none does."""
        admitting = (step for step, criterion in enumerate(self.criteria) if criterion.admits(attributes))
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
        return self.places.bisect_left(place)

    def rivals(self, place: Place) -> int:
        """The number of tasks that wait before this place for any agent."""
        ahead: int = self.places.bisect_left(place)
        return ahead - self.alone.bisect_left(place) if ahead and self.alone else ahead

    def interval(self, slots: float, at: datetime) -> float | None:
        """The expected seconds from one departure of the line to the next while agents work on so many tasks at once.
        It is None while no agent has worked on a task of the queue. A line that has stood still for longer than the
        mean explains is expected to go on more slowly."""
        if self.service_seconds is None or slots <= 0:
            return None
        return max(self.service_seconds / slots, self._standstill(at) / _IMPROBABLE)

    def _standstill(self, at: datetime) -> float:
        """The seconds since the last assignment, or since a task waits, whichever is later."""
        if self.busy_since is None:
            return 0.0
        since = max(self.busy_since, self.last_assigned_at or self.busy_since)
        return (at - since).total_seconds()

    def note_service(self, seconds: float) -> None:
        """An agent has closed a task of the queue and worked on it for so long."""
        self.served += 1
        before = self.service_seconds if self.service_seconds is not None else seconds
        self.service_seconds = before + max(1 / self.served, _LEAST_WEIGHT) * (seconds - before)


def _after(instant: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else instant + timedelta(seconds=seconds)
