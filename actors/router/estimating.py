"""The estimated wait of a task: from who is there, how much they have room for, and how long they work on a task."""

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


def estimated_wait(state: Router, wanted: PlaceInLine, at: datetime) -> float | None:
    """The seconds until an agent takes a task at this place, as far as can be said from those who work now: the soonest
    over the step in force and all later ones. It is None while nobody works who may take the task, or while nobody has
    closed a task of the queue."""
    waits = (_wait_in(state, wanted, step, at) for step in range(wanted.step, len(wanted.line.steps)))
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


def _wait_in(state: Router, wanted: PlaceInLine, step: int, at: datetime) -> float | None:
    """The wait for one of the agents whom the step admits, not before the step begins."""
    line = wanted.line
    able = line.eligible[step] & state.pool.accepting & ~wanted.without
    if not able:
        return None
    begins = max(line.begins(wanted.place.queued_at, step), wanted.preferred_until or at)
    soonest = max((begins - at).total_seconds(), 0.0)
    free = (able & state.pool.free).bit_count() if line.pushed else 0
    ahead = _ahead(state, wanted, able)
    if ahead < free:
        return soonest
    interval = line.interval(state.pool.slots_of(able), at)
    return None if interval is None else max(soonest, (ahead + 1 - free) * interval)


def _ahead(state: Router, wanted: PlaceInLine, able: int) -> float:
    """The tasks that these agents take before. Of another queue it is the share that falls to those of its agents who
    work for both."""
    ahead: float = wanted.line.rivals(wanted.place)
    for other in state.lines.values():
        if other is not wanted.line and other.pushed and other.is_contested:
            working = other.eligible[-1] & state.pool.accepting
            if shared := (working & able).bit_count():
                ahead += other.rivals(wanted.place) * shared / working.bit_count()
    return ahead
