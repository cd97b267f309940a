"""Commands to a router."""

from datetime import datetime

from schemas.commands.command import Command
from schemas.configuration import Queue
from schemas.events.router import RequeueReason
from schemas.queues import QueueSettings

__all__ = [
    "CancelTask",
    "ConfigureQueue",
    "ConfirmTask",
    "EnqueueTask",
    "MatchTask",
    "ReportAvailability",
    "ReturnTask",
    "RouterCommand",
]


class EnqueueTask(Command, frozen=True, kw_only=True):
    """``priority`` is the task's own, 1 to 10; ``queued_at`` is its place in the line."""

    task_id: str
    conversation_id: str
    queue: QueueSettings
    queued_at: datetime
    priority: int = 5


class CancelTask(Command, frozen=True, kw_only=True):
    task_id: str
    reason: str


class ConfirmTask(Command, frozen=True, kw_only=True):
    task_id: str
    agent_id: str


class ReturnTask(Command, frozen=True, kw_only=True):
    task_id: str
    agent_id: str
    reason: RequeueReason


class ReportAvailability(Command, frozen=True, kw_only=True):
    """``active_tasks`` counts what the agent holds beyond pending offers, which the router counts itself."""

    agent_id: str
    accepting: bool
    max_tasks: int
    active_tasks: int
    returned: bool = False


class MatchTask(Command, frozen=True, kw_only=True):
    """The router's note to itself: a task or an agent has become free, see whether they fit."""


class ConfigureQueue(Command, frozen=True, kw_only=True):
    """From now on the queue of this name is so; tasks that wait in it keep their places."""

    name: str
    queue: Queue


RouterCommand = EnqueueTask | CancelTask | ConfirmTask | ReturnTask | ReportAvailability | MatchTask | ConfigureQueue
