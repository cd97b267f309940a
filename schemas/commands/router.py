"""Commands to a router."""

from datetime import datetime

from schemas.commands.command import Command
from schemas.configuration import Queue
from schemas.configuration.items import AttributeValue
from schemas.queues import QueueSettings
from schemas.tasks import Direction, RequeueReason

__all__ = [
    "AdvanceLine",
    "CancelTask",
    "ConfigureQueue",
    "ConfirmTask",
    "EnqueueTask",
    "FlushQueue",
    "MatchAgent",
    "MatchQueue",
    "MatchTask",
    "PickTask",
    "ReportAvailability",
    "ReturnTask",
    "RouterCommand",
]


class EnqueueTask(Command, frozen=True, kw_only=True):
    """Puts a task into the line. ``priority`` is the task's own, 1 to 10; ``queued_at`` is its place in the line,
    ``ahead`` before all others. Only ``preferred_agent`` gets the task for ``preferred_seconds``, or without them
    for as long as the queue waits for the agent who served last; with ``preferred_only`` no other agent ever gets
    it. No agent gets it before ``not_before``. ``without_agent`` gave it away and does not get it back for a while,
    or before a return to ready; an agent who asked for help never gets it."""

    task_id: str
    conversation_id: str
    queue: QueueSettings
    queued_at: datetime
    priority: int = 5
    direction: Direction = "inbound"
    ahead: bool = False
    preferred_agent: str | None = None
    preferred_seconds: float | None = None
    preferred_only: bool = False
    not_before: datetime | None = None
    without_agent: str | None = None


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
    """``active_tasks`` counts what the agent holds beyond pending offers, which the router counts itself. ``closed``
    names the tasks that the agent has closed since the last report."""

    agent_id: str
    accepting: bool
    max_tasks: int
    active_tasks: int
    returned: bool = False
    closed: list[str] = []
    attributes: dict[str, AttributeValue] = {}


class PickTask(Command, frozen=True, kw_only=True):
    """An agent takes a waiting task of a pull queue."""

    task_id: str
    agent_id: str


class ConfigureQueue(Command, frozen=True, kw_only=True):
    """Sets the rules of the queue of this name from now on. Tasks that wait in it keep their places."""

    name: str
    queue: Queue


class FlushQueue(Command, frozen=True, kw_only=True):
    """Empties the queue, up to ``most`` tasks: into another queue of the MRD, or the tasks are closed."""

    queue: str
    to: str | None = None
    most: int = 5_000


class AdvanceLine(Command, frozen=True, kw_only=True):
    """Fires the router's deadline: tasks that have waited long enough are widened, moved or given up. ``round``
    counts from 0 how often the router has returned to the remaining ones."""

    round: int = 0


class MatchTask(Command, frozen=True, kw_only=True):
    """The router's message to itself: a task may have become free for an agent."""

    task_id: str


class MatchAgent(Command, frozen=True, kw_only=True):
    """The router's message to itself: an agent may have become free for a task."""

    agent_id: str


class MatchQueue(Command, frozen=True, kw_only=True):
    """The router's message to itself: the rules of a queue have changed."""

    queue: str


RouterCommand = (
    EnqueueTask
    | CancelTask
    | ConfirmTask
    | ReturnTask
    | ReportAvailability
    | PickTask
    | ConfigureQueue
    | FlushQueue
    | AdvanceLine
    | MatchTask
    | MatchAgent
    | MatchQueue
)
