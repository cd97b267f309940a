"""The live view of the waiting lines."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from actors.entities import decider_of
from actors.router import (
    ROUTER,
    Place,
    PlaceInLine,
    RoutedTask,
    Router,
    WaitingLine,
    estimated_wait,
    estimated_wait_of,
)
from actors.snapshots import Changes, SnapshotReader
from projections.live.changed import Changed
from schemas.events import Event, TaskAssigned, TaskCancelled, TaskExpired, TaskOffered, TaskRequeued
from schemas.records import Record, entity_id_of, is_router_stream
from schemas.tasks import Direction

__all__ = ["PickableTask", "QueueDirectory", "QueueView"]


_ANSWERS = TaskRequeued | TaskAssigned | TaskCancelled | TaskExpired
"""The events after which a task is offered no more."""
_records = msgspec.json.Decoder(Record)

_ANY_PRIORITY = 5
"""The priority of a customer who has just come."""


class PickableTask(NamedTuple):
    """A task that an agent may pick; ``position`` counts from 1 within the queue."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    position: int
    queued_at: datetime
    direction: Direction


class QueueView(NamedTuple):
    """The numbers of a queue's tasks: those that wait, those that are offered to an agent, and those ``scheduled`` for
    later, which do not wait yet. ``oldest`` is the instant since which the first waiting task has waited."""

    queue: str
    mrd: str
    waiting: int
    offered: int
    scheduled: int
    oldest: datetime | None = None


class QueueDirectory:
    """The routers' lines, folded by the routers' own code so that there is one truth."""

    def __init__(self) -> None:
        self._routers: dict[str, Router] = {}
        self._offers: dict[str, Record] = {}
        self._changed_offers = Changed()

    def apply(self, record: Record, event: Event) -> None:
        if is_router_stream(record.stream):
            mrd = entity_id_of(record.stream)
            state = self._routers.setdefault(mrd, ROUTER.initial(mrd))
            decider_of(record.stream).evolve(state, event)
            self._follow_offer(record, event)

    def _follow_offer(self, record: Record, event: Event) -> None:
        if isinstance(event, TaskOffered):
            self._offers[event.task_id] = record
        elif not isinstance(event, _ANSWERS) or self._offers.pop(event.task_id, None) is None:
            return
        self._changed_offers.note(event.task_id)

    def restore(self, reader: SnapshotReader) -> None:
        """Takes over the snapshot, into a view that has seen no event yet."""
        self._routers = {entity_id_of(found.stream): found.state for found in reader.entities_of(ROUTER)}
        self._offers = {task_id: _records.decode(data) for task_id, data in reader.view("offers")}

    def take_changes(self) -> Changes:
        return {"offers": self._changed_offers.take(self._offer_row)}

    def _offer_row(self, task_id: str) -> bytes | None:
        record = self._offers.get(task_id)
        return None if record is None else msgspec.json.encode(record)

    def offer(self, task_id: str) -> Record | None:
        """The record of the decision by which the task is offered to an agent; None while it is not offered."""
        return self._offers.get(task_id)

    def router(self, mrd: str) -> Router | None:
        return self._routers.get(mrd)

    def task(self, mrd: str, task_id: str) -> RoutedTask | None:
        router = self._routers.get(mrd)
        return router.tasks.get(task_id) if router else None

    def position(self, mrd: str, task_id: str) -> int | None:
        """The task's place in its queue, from 1. It is 1 while the task is offered, and None when the task is in no
        queue or is not due yet."""
        router = self._routers.get(mrd)
        task = router.tasks.get(task_id) if router else None
        if router is None or task is None or task.not_before is not None:
            return None
        if task.offered_to is not None:
            return 1
        return 1 + router.lines[task.queue].ahead_of(task.place)

    def waiting_tasks(self, mrd: str) -> Iterator[tuple[str, str]]:
        """The tasks of all queues of the MRD that wait for an agent or are offered to one, each with its
        conversation."""
        router = self._routers.get(mrd)
        for task in router.tasks.values() if router is not None else ():
            if task.not_before is None:
                yield task.task_id, task.conversation_id

    def waiting(self, mrd: str, queue: str) -> int:
        """The number of tasks that wait in the queue: that are due, and not offered to an agent."""
        line = self._line(mrd, queue)
        return line.waiting if line is not None else 0

    def agents_ready(self, mrd: str, queue: str) -> int:
        """The number of agents who have room for a task, among those to whom the queue's tasks may ever be offered."""
        router = self._routers.get(mrd)
        if router is None:
            return 0
        line = router.lines.get(queue)
        return (router.pool.free & line.eligible[-1] if line is not None else router.pool.free).bit_count()

    def free_slots(self, mrd: str, queue: str) -> int:
        """For how many tasks these agents have room."""
        router, line = self._routers.get(mrd), self._line(mrd, queue)
        if router is None or line is None:
            return 0
        return router.pool.free_slots_of(router.pool.free & line.eligible[-1])

    def mrd_of(self, task_id: str) -> str | None:
        """The MRD in which the task waits or is offered."""
        return next((mrd for mrd, router in self._routers.items() if task_id in router.tasks), None)

    def is_pulled(self, mrd: str, task_id: str) -> bool:
        """True if agents pick the task, and are not offered it."""
        router = self._routers[mrd]
        return not router.lines[router.tasks[task_id].queue].pushed

    def steps(self, queue: str) -> int | None:
        """The number of the queue's steps; None while it is unknown."""
        lines = (router.lines[queue] for router in self._routers.values() if queue in router.lines)
        return next((len(line.steps) for line in lines), None)

    def pickable(self, agent_id: str, queue: str | None = None) -> list[PickableTask]:
        """The tasks that the agent may pick now, in all queues or in one; the first in line comes first."""
        tasks = [
            (task, mrd, router)
            for mrd, router in self._routers.items()
            for task in _pickable(router, agent_id)
            if queue in (None, task.queue)
        ]
        tasks.sort(key=lambda found: found[0].place)
        return [
            _pickable_task(task, mrd, 1 + router.lines[task.queue].ahead_of(task.place)) for task, mrd, router in tasks
        ]

    def estimated_wait(self, mrd: str, queue: str, at: datetime) -> float | None:
        """The seconds until a customer who comes now gets an agent; None while there is nothing to base an estimate
        on."""
        router, line = self._routers.get(mrd), self._line(mrd, queue)
        if router is None or line is None:
            return None
        place = Place.of("", at, ahead=False, priority=_ANY_PRIORITY, queue_priority=line.queue.priority)
        return estimated_wait(router, PlaceInLine(line, place, 0), at)

    def estimated_wait_of(self, mrd: str, task_id: str, at: datetime) -> float | None:
        """The seconds until an agent takes the task, none while it is offered to one; None while there is nothing to
        base an estimate on, or the task is for later."""
        router, task = self._routers.get(mrd), self.task(mrd, task_id)
        return estimated_wait_of(router, task, at) if router is not None and task is not None else None

    def view(self, queue: str, mrd: str) -> QueueView:
        router, line = self._routers.get(mrd), self._line(mrd, queue)
        tasks = [task for task in router.tasks.values() if task.queue == queue] if router else []
        since = [router.tasks[place.task_id].entered_at for place in line] if router and line else []
        return QueueView(
            queue=queue,
            mrd=mrd,
            waiting=line.waiting if line is not None else 0,
            offered=sum(task.offered_to is not None for task in tasks),
            scheduled=sum(task.not_before is not None for task in tasks),
            oldest=min(since, default=None),
        )

    def _line(self, mrd: str, queue: str) -> WaitingLine | None:
        router = self._routers.get(mrd)
        return router.lines.get(queue) if router is not None else None


def _pickable(router: Router, agent_id: str) -> Iterator[RoutedTask]:
    """The tasks that the agent may pick, by the router's own rules."""
    agent = router.pool.get(agent_id)
    if agent is None or agent.free_slots <= 0:
        return
    for line in router.lines.values():
        if line.pushed:
            continue
        for eligible, places in zip(line.eligible, line.steps, strict=True):
            if eligible >> agent.number & 1:
                yield from (router.tasks[place.task_id] for place in places)


def _pickable_task(task: RoutedTask, mrd: str, position: int) -> PickableTask:
    return PickableTask(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        mrd=mrd,
        queue=task.queue,
        position=position,
        queued_at=task.place.queued_at,
        direction=task.direction,
    )
