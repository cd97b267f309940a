"""A task in the line: its place, and the conditions under which an agent may take it."""

from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from schemas.tasks import Direction

__all__ = ["LetGo", "Place", "RoutedTask"]


class Place(NamedTuple):
    """The order of places: a task that lost its agent, the task's priority, the queue's priority, the longest wait."""

    ahead_rank: int
    task_rank: int
    queue_rank: int
    queued_at: datetime
    task_id: str

    @classmethod
    def of(cls, task_id: str, queued_at: datetime, *, ahead: bool, priority: int, queue_priority: int) -> "Place":
        return cls(0 if ahead else 1, -priority, -queue_priority, queued_at, task_id)


class LetGo(NamedTuple):
    """The way in which an agent let the task go. Until ``until``, or until the agent returns to ready, the task is
    offered to others, if there are any. An agent who asked for help is never offered that request."""

    reason: Literal["rona", "declined", "gave_away"]
    until: datetime | None

    def is_final(self, direction: Direction) -> bool:
        """True if the agent is never offered a task of this direction again."""
        return self.reason == "gave_away" and direction in ("consult", "conference")


class RoutedTask(msgspec.Struct):
    """A task in the line or offered.

    ``step`` is the step of its queue in force. Before ``not_before`` nobody may take it; until ``preferred_until``
    only the preferred agent may. ``excluded`` maps agents that let it go to how they did. ``due`` is the instant at
    which any of this changes by itself.
    """

    task_id: str
    conversation_id: str
    queue: str
    place: Place
    priority: int
    direction: Direction
    entered_at: datetime
    ahead: bool = False
    step: int = 0
    not_before: datetime | None = None
    preferred_agent: str | None = None
    preferred_until: datetime | None = None
    preferred_only: bool = False
    estimated_wait_seconds: float | None = None
    offered_to: str | None = None
    excluded: dict[str, LetGo] = {}
    due: datetime | None = None

    def place_in(self, queue_priority: int) -> Place:
        """The task's place in a queue of this priority."""
        return self.place._replace(queue_rank=-queue_priority)

    def takes_back(self, agent_id: str) -> bool:
        """True if the agent who let the task go may be offered it again after a return to ready."""
        return not self.excluded[agent_id].is_final(self.direction)
