"""The figures of the days: the queues, and how often each thing happened."""

from collections import Counter
from dataclasses import dataclass

from schemas.events import Event, TaskAssigned, TaskCancelled, TaskExpired, TaskMoved, TaskQueued
from schemas.records import Record

__all__ = ["Figures"]


@dataclass
class _Queue:
    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    waited: float = 0.0


class Figures:
    """Counts the events that it is given. A task counts in the queue in which its wait ended."""

    def __init__(self) -> None:
        self.types: Counter[str] = Counter()
        self._queues: dict[str, _Queue] = {}
        self._waiting: dict[str, str] = {}

    def count(self, record: Record, event: Event) -> None:
        self.types[record.type] += 1
        match event:
            case TaskQueued() if event.direction == "inbound":
                self._waiting[event.task_id] = event.queue.name
            case TaskMoved() if event.task_id in self._waiting:
                self._waiting[event.task_id] = event.queue.name
            case TaskAssigned(task_id=task_id) if task_id in self._waiting:
                queue = self._ended(task_id)
                queue.answered += 1
                queue.waited += event.waited_seconds or 0.0
            case TaskCancelled(task_id=task_id) | TaskExpired(task_id=task_id) if task_id in self._waiting:
                self._ended(task_id).abandoned += 1

    def as_text(self) -> str:
        """The figures as tables for people."""
        lines = [f"{'queue':<12}{'offered':>10}{'answered':>10}{'abandoned':>11}{'mean wait':>11}"]
        for name, queue in sorted(self._queues.items()):
            wait = queue.waited / queue.answered if queue.answered else 0.0
            lines.append(f"{name:<12}{queue.offered:>10,}{queue.answered:>10,}{queue.abandoned:>11,}{wait:>9.1f} s")
        lines.append("")
        lines += [f"{name:<28}{count:>10,}" for name, count in self.types.most_common()]
        return "\n".join(lines)

    def _ended(self, task_id: str) -> _Queue:
        queue = self._queues.setdefault(self._waiting.pop(task_id), _Queue())
        queue.offered += 1
        return queue
