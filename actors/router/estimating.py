"""The estimated wait of a task: from who is there, how much they have room for, and how long they work on a task."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from actors.router.exclusion import barred
from actors.router.line import WaitingLine
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


class _Other(NamedTuple):
    """Another queue with tasks that come before: the agents who work for it, as bits, and the share of those tasks that
    falls to each of them."""

    working: int
    share: float


def estimated_wait(state: Router, wanted: PlaceInLine, at: datetime) -> float | None:
    """The seconds until an agent takes a task at this place, as far as can be said from those who work now: the soonest
    over the step in force and all later ones. It is None while nobody works who may take the task, or while nobody has
    closed a task of the queue."""
    ahead, others = wanted.line.rivals(wanted.place), _others(state, wanted)
    waits = (_wait_in(state, wanted, step, at, ahead, others) for step in range(wanted.step, len(wanted.line.steps)))
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
    state: Router, wanted: PlaceInLine, step: int, at: datetime, in_line: int, others: Sequence[_Other]
) -> float | None:
    """The wait for one of the agents whom the step admits, not before the step begins. ``in_line`` tasks of the same
    queue come before."""
    line = wanted.line
    able = line.eligible[step] & state.pool.accepting & ~wanted.without
    if not able:
        return None
    begins = max(line.begins(wanted.place.queued_at, step), wanted.preferred_until or at)
    soonest = max((begins - at).total_seconds(), 0.0)
    free = (able & state.pool.free).bit_count() if line.pushed else 0
    ahead = in_line + sum(other.share * (other.working & able).bit_count() for other in others)
    if ahead < free:
        return soonest
    interval = line.interval(state.pool.slots_of(able), at)
    return None if interval is None else max(soonest, (ahead + 1 - free) * interval)


def _others(state: Router, wanted: PlaceInLine) -> list[_Other]:
    found = []
    for line in state.lines.values():
        if line is wanted.line or not line.pushed or not (before := line.rivals(wanted.place)):
            continue
        if working := line.eligible[-1] & state.pool.accepting:
            found.append(_Other(working, before / working.bit_count()))
    return found
