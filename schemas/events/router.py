"""Events of a router, in stream ``router-<mrd>``: the waiting line and every routing decision."""

from typing import Literal

import msgspec

from schemas.configuration import Queue
from schemas.configuration.items import AttributeValue
from schemas.events.event import Event
from schemas.instants import Instant
from schemas.queues import QueueSettings
from schemas.tasks import CloseReason, Direction, RequeueReason

__all__ = [
    "AgentAttributesLearned",
    "AgentAvailabilityChanged",
    "Candidate",
    "EligibilityWidened",
    "Exclusion",
    "ExclusionLifted",
    "QueueConfigured",
    "RouterEvent",
    "RoutingRule",
    "ServedTask",
    "TaskAssigned",
    "TaskCancelled",
    "TaskExpired",
    "TaskMoved",
    "TaskOffered",
    "TaskQueued",
    "TaskRequeued",
]

RoutingRule = Literal["longest_available", "preferred_agent", "picked"]


class Candidate(msgspec.Struct, frozen=True):
    agent_id: str
    available_since: Instant
    free_slots: int


class Exclusion(msgspec.Struct, frozen=True):
    agent_id: str
    reason: Literal["rona", "declined", "gave_away"]


class QueueConfigured(Event, frozen=True, kw_only=True):
    """The queue's rules from now on. Tasks that wait in it keep their places."""

    name: str
    queue: Queue


class AgentAttributesLearned(Event, frozen=True, kw_only=True):
    """The agent's attributes, by which queues choose, are others than the router knew."""

    agent_id: str
    attributes: dict[str, AttributeValue]


class ServedTask(msgspec.Struct, frozen=True):
    """A task that an agent has closed: its queue, and the time from its assignment to the end of its wrap-up."""

    task_id: str
    queue: str
    seconds: float


class AgentAvailabilityChanged(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent's report: whether tasks are wanted, how many are held beyond offers, and since when the agent is free.

    ``returned`` is true when the agent came back to ready, which lifts the exclusions from earlier offers. ``served``
    are the tasks that the agent has closed since the last report.
    """

    agent_id: str
    accepting: bool
    max_tasks: int
    active_tasks: int
    available_since: Instant
    returned: bool
    served: list[ServedTask] = []


class TaskQueued(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A task enters the line.

    ``queued_at`` is its place, which may lie before ``entered_at``; ``ahead`` puts it before all others. Until
    ``preferred_until`` only ``preferred_agent`` may take it; then all agents that step ``step`` admits, or nobody when
    ``preferred_only``. Before ``not_before`` nobody may; ``without_agent`` gave it away and is excluded,
    until ``excluded_until`` if there is such an end. ``position`` counts from 1 within the queue. The estimated wait
    is None while there is nothing to base it on; a task for later has neither.
    """

    task_id: str
    conversation_id: str
    queue: QueueSettings
    priority: int
    queued_at: Instant
    entered_at: Instant | None = None
    direction: Direction = "inbound"
    ahead: bool = False
    step: int = 0
    preferred_agent: str | None = None
    preferred_until: Instant | None = None
    preferred_only: bool = False
    not_before: Instant | None = None
    without_agent: str | None = None
    excluded_until: Instant | None = None
    position: int | None = None
    estimated_wait_seconds: float | None = None


class EligibilityWidened(Event, frozen=True, kw_only=True):
    """More agents may take the task: its time has come, the wait for one agent is over, or a step has passed."""

    task_id: str
    conversation_id: str
    queue: str
    step: int
    reason: Literal["due", "preference_over", "step"]


class TaskOffered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A routing decision: the chosen agent, the rule and the candidates. ``candidates`` lists the best of them in
    the rule's order, the chosen one first; ``candidate_count`` counts all. ``excluded`` names the agents who let the
    task go and are left out; ``nobody_else`` means that the chosen agent let it go too, and nobody else may take it.
    ``excluded_counts`` counts the agents of the MRD who were no candidates: ``not_ready``, ``busy``,
    ``criterion``. ``decided_for`` is the side that looked for the other: a task that looked for an agent, or an
    agent who was free for the first fitting of ``waiting`` tasks."""

    task_id: str
    conversation_id: str
    agent_id: str
    offered_at: Instant
    expires_at: Instant
    rule: RoutingRule
    candidates: list[Candidate]
    candidate_count: int
    excluded: list[Exclusion]
    rule_version: int = 1
    queue: str = ""
    step: int = 0
    criterion: str = ""
    excluded_counts: dict[str, int] = {}
    decided_for: Literal["task", "agent"] = "task"
    waiting: int = 0
    nobody_else: bool = False


class TaskRequeued(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The task is back at its old place. ``rona`` excludes the agent from it until the agent returns to ready,
    ``declined`` until ``excluded_until`` at the latest."""

    task_id: str
    conversation_id: str
    agent_id: str
    reason: RequeueReason
    step: int = 0
    excluded_until: Instant | None = None


class ExclusionLifted(Event, frozen=True, kw_only=True):
    """The task may be offered again to the agent who declined it, since no other agent has taken it meanwhile."""

    task_id: str
    conversation_id: str
    agent_id: str


class TaskMoved(Event, frozen=True, kw_only=True):
    """The task waits in another queue of the MRD, by its old age."""

    task_id: str
    conversation_id: str
    from_queue: str
    queue: QueueSettings
    reason: Literal["overflow", "flush"]
    moved_at: Instant
    step: int


class TaskAssigned(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent accepted, and the task leaves the router. ``estimated_wait_seconds`` is the estimate given when the
    task was queued."""

    task_id: str
    conversation_id: str
    agent_id: str
    queue: str = ""
    assigned_at: Instant | None = None
    waited_seconds: float | None = None
    estimated_wait_seconds: float | None = None


class TaskCancelled(Event, frozen=True, kw_only=True):
    """The task left the line without an agent."""

    task_id: str
    conversation_id: str
    reason: str


class TaskExpired(Event, frozen=True, kw_only=True):
    """The task left the line because nobody took it in time, or because the queue was flushed."""

    task_id: str
    conversation_id: str
    queue: str
    reason: CloseReason


RouterEvent = (
    QueueConfigured
    | AgentAttributesLearned
    | AgentAvailabilityChanged
    | TaskQueued
    | EligibilityWidened
    | TaskOffered
    | TaskRequeued
    | ExclusionLifted
    | TaskMoved
    | TaskAssigned
    | TaskCancelled
    | TaskExpired
)
