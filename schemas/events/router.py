"""Events of a router, in stream ``router-<mrd>``: the waiting line and every routing decision."""

from typing import Literal

import msgspec

from schemas.events.event import Event
from schemas.instants import Instant
from schemas.queues import QueueSettings

__all__ = [
    "AgentAvailabilityChanged",
    "Candidate",
    "Exclusion",
    "RequeueReason",
    "RouterEvent",
    "TaskAssigned",
    "TaskCancelled",
    "TaskOffered",
    "TaskQueued",
    "TaskRequeued",
]

RequeueReason = Literal["rona", "declined", "agent_not_ready", "agent_logout", "agent_unavailable"]


class Candidate(msgspec.Struct, frozen=True):
    agent_id: str
    available_since: Instant
    free_slots: int


class Exclusion(msgspec.Struct, frozen=True):
    agent_id: str
    reason: Literal["rona", "declined"]


class AgentAvailabilityChanged(Event, frozen=True, kw_only=True):
    """What the agent reported: whether tasks are wanted, how many are held beyond offers, and since when free.

    ``returned`` is true when the agent came back to ready, which lifts the exclusions from earlier offers.
    """

    agent_id: str
    accepting: bool
    max_tasks: int
    active_tasks: int
    available_since: Instant
    returned: bool


class TaskQueued(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    queue: QueueSettings
    priority: int
    queued_at: Instant


class TaskOffered(Event, frozen=True, kw_only=True):
    """A routing decision: who was chosen, by which rule, among whom.

    ``candidates`` lists the best of them in the rule's order, the chosen one first; ``candidate_count`` counts all.
    """

    task_id: str
    conversation_id: str
    agent_id: str
    offered_at: Instant
    expires_at: Instant
    rule: Literal["longest_available"]
    candidates: list[Candidate]
    candidate_count: int
    excluded: list[Exclusion]


class TaskRequeued(Event, frozen=True, kw_only=True):
    """The task is back at its old place. ``rona`` and ``declined`` exclude the agent from it."""

    task_id: str
    conversation_id: str
    agent_id: str
    reason: RequeueReason


class TaskAssigned(Event, frozen=True, kw_only=True):
    """The agent accepted; the router is done with the task."""

    task_id: str
    conversation_id: str
    agent_id: str


class TaskCancelled(Event, frozen=True, kw_only=True):
    """The task left the line without an agent."""

    task_id: str
    conversation_id: str
    reason: str


RouterEvent = AgentAvailabilityChanged | TaskQueued | TaskOffered | TaskRequeued | TaskAssigned | TaskCancelled
