"""The estimated wait of a task: from who is there, how much they have room for, and how long they work on a task."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from actors.router.exclusion import barred
from actors.router.line import WaitingLine
from actors.router.sharing import count_shared
from actors.router.state import Router
from actors.router.task import Place, RoutedTask

__all__ = ["PlaceInLine", "estimated_wait", "estimated_wait_of"]


class PlaceInLine(NamedTuple):
    """A place in a line at one of its steps. The task is for nobody of ``without``, who are agents as bits, and until
    ``preferred_until`` for one agent alone."""

    line: WaitingLine
    place: Place
    step: int
    without: int = 0
    preferred_until: datetime | None = None


class _Others(NamedTuple):
    """The tasks of other queues that come before: for each such queue, the share of its tasks that falls to each agent
    who works for it, and how many of these agents each step of the line admits. ``admitted`` is how many agents each
    step admits at all."""

    admitted: Sequence[int]
    loads: list[tuple[float, Sequence[int]]]

    def ahead(self, step: int) -> float:
        """The tasks that fall to the agents whom the step admits."""
        return sum([share * shared[step] for share, shared in self.loads])


def estimated_wait(state: Router, wanted: PlaceInLine, at: datetime) -> float | None:
    """The seconds until an agent takes a task at this place, as far as can be said from those who work now: the soonest
    over the step in force and all later ones. It is None while nobody works who may take the task, or while nobody has
    closed a task of the queue."""
    line = wanted.line
    if not line.working or (line.service_seconds is None and not line.eligible[-1] & state.pool.free):
        return None
    ahead, others = line.rivals(wanted.place), _others(state, wanted)
    waits = (_wait_in(state, wanted, step, at, ahead, others) for step in range(wanted.step, len(line.steps)))
    return min((wait for wait in waits if wait is not None), default=None)


def estimated_wait_of(state: Router, task: RoutedTask, at: datetime) -> float | None:
    """The same for a task that the router has. A task that is offered to an agent waits no longer, as far as can be
    said; one for later, or for one agent alone, has no estimate."""
    if task.offered_to is not None:
        return 0.0
    if task.not_before is not None or task.preferred_only:
        return None
    line = state.lines[task.queue]
    wanted = PlaceInLine(line, task.place, task.step, barred(state.pool, line, task), task.preferred_until)
    return estimated_wait(state, wanted, at)


def _wait_in(
    state: Router, wanted: PlaceInLine, step: int, at: datetime, in_line: int, others: _Others
) -> float | None:
    """The wait for one of the agents whom the step admits, not before the step begins. ``in_line`` tasks of the same
    queue come before."""
    line, admitted = wanted.line, others.admitted[step]
    if not admitted:
        return None
    begins = max(line.begins(wanted.place.queued_at, step), wanted.preferred_until or at)
    soonest = max((begins - at).total_seconds(), 0.0)
    free = (line.eligible[step] & state.pool.free & ~wanted.without).bit_count() if line.pushed else 0
    ahead = in_line + others.ahead(step)
    if ahead < free:
        return soonest
    interval = line.interval(state.pool.slots_of(admitted), at)
    return None if interval is None else max(soonest, (ahead + 1 - free) * interval)


def _others(state: Router, wanted: PlaceInLine) -> _Others:
    line, loads = wanted.line, []
    shared = _shared(state, wanted)
    for queue, counts in shared.items():
        other = state.lines[queue]
        if counts[-1] and other is not line and (before := other.rivals(wanted.place)) and other.pushed:
            loads.append((before / other.working, counts))
    return _Others(shared[line.name], loads)


def _shared(state: Router, wanted: PlaceInLine) -> Mapping[str, Sequence[int]]:
    """How many agents who may take the task each step of the line shares with each queue, its own among them."""
    line, queues = wanted.line, {name: each.eligible[-1] for name, each in state.lines.items()}
    if wanted.without:
        return count_shared(line.eligible, queues, state.pool.accepting & ~wanted.without)
    return line.shared_agents.counts(line.name, line.eligible, queues, state.pool)
