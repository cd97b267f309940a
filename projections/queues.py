"""The live view of the waiting lines."""

from actors.entities import decider_of
from actors.router import RoutedTask, Router
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

    def router(self, mrd: str) -> Router | None:
        return self._routers.get(mrd)

    def task(self, mrd: str, task_id: str) -> RoutedTask | None:
        router = self._routers.get(mrd)
        return router.tasks.get(task_id) if router else None

    def position(self, mrd: str, task_id: str) -> int | None:
        """The task's place in its queue, from 1; 1 too while it is offered; None when it is in none, or its time has
        not come."""
        router = self._routers.get(mrd)
        task = router.tasks.get(task_id) if router else None
        if router is None or task is None or task.not_before is not None:
            return None
        if task.offered_to is not None:
            return 1
        return 1 + router.lines[task.queue].ahead_of(task.place)

    def waiting(self, mrd: str, queue: str) -> int:
        """How many anybody may take now."""
        router = self._routers.get(mrd)
        line = router.lines.get(queue) if router else None
        return line.waiting if line is not None else 0

    def agents_ready(self, mrd: str, queue: str) -> int:
        """How many have room for a task, of those to whom the queue's tasks may ever go."""
        router = self._routers.get(mrd)
        if router is None:
            return 0
        line = router.lines.get(queue)
        return (router.pool.free & line.eligible[-1] if line is not None else router.pool.free).bit_count()

    def estimated_wait(self, mrd: str, queue: str, position: int | None = None) -> float | None:
        """Seconds until who stands there, or who comes now, gets an agent; None while there is nothing to go by."""
        router = self._routers.get(mrd)
        line = router.lines.get(queue) if router else None
        if router is None or line is None:
            return 0.0 if router is not None and router.pool.free else None
        if position is None:
            if not line.waiting and line.eligible[0] & router.pool.free:
                return 0.0
            position = line.waiting + 1
        return line.estimate(position - 1)

    def view(self, queue: str, mrd: str) -> QueueState:
        router = self._routers.get(mrd)
        tasks = [task for task in router.tasks.values() if task.queue == queue] if router else []
        waiting = [task for task in tasks if task.offered_to is None]
        oldest = min((task.place.queued_at for task in waiting), default=None)
        return QueueState(queue, mrd, len(waiting), len(tasks) - len(waiting), oldest)
