"""The live view of the waiting lines."""

from bisect import bisect_left

from actors.entities import decider_of
from actors.router import Router
from schemas.api.agent import QueueState
from schemas.events import Event
from schemas.records import Record, entity_id_of

__all__ = ["QueueDirectory"]


class QueueDirectory:
    """The routers' lines, folded by the routers' own code so that there is one truth."""

    def __init__(self) -> None:
        self._routers: dict[str, Router] = {}

    def apply(self, record: Record, event: Event) -> None:
        if record.stream.startswith("router-"):
            mrd = entity_id_of(record.stream)
            decider = decider_of(record.stream)
            decider.evolve(self._routers.setdefault(mrd, decider.initial(mrd)), event)

    def position(self, mrd: str, task_id: str) -> int | None:
        """The task's place in its domain's line, from 1; 1 too while it is offered; None when it is in none."""
        router = self._routers.get(mrd)
        task = router.tasks.get(task_id) if router else None
        if router is None or task is None:
            return None
        if task.offered_to is not None:
            return 1
        return 1 + bisect_left(router.line, task.place)

    def view(self, queue: str, mrd: str) -> QueueState:
        router = self._routers.get(mrd)
        tasks = [task for task in router.tasks.values() if task.queue.name == queue] if router else []
        waiting = [task for task in tasks if task.offered_to is None]
        oldest = min((task.place.queued_at for task in waiting), default=None)
        return QueueState(queue, mrd, len(waiting), len(tasks) - len(waiting), oldest)
