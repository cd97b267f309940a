"""Events of an agent, in stream ``agent-<id>``."""

from typing import Annotated, Literal

from schemas.events.event import Event
from schemas.instants import Instant
from schemas.personal import Personal

__all__ = [
    "AgentEvent",
    "AgentLoggedIn",
    "AgentLoggedOut",
    "AgentMrdStateChanged",
    "AgentMrdStateRequested",
    "AgentStateChanged",
    "MrdState",
    "OfferExpired",
    "OfferWithdrawn",
    "TaskAccepted",
    "TaskClosed",
    "TaskDeclined",
    "TaskReserved",
    "WrapUpStarted",
]

MrdState = Literal["not_ready", "ready", "reserved", "active", "busy", "pending_not_ready"]


class AgentLoggedIn(Event, frozen=True, kw_only=True):
    """``mrds`` maps each media routing domain of the agent to the most tasks held in it at once."""

    agent_id: str
    name: Annotated[str, Personal]
    mrds: dict[str, int]


class AgentLoggedOut(Event, frozen=True, kw_only=True):
    reason: str


class AgentStateChanged(Event, frozen=True, kw_only=True):
    state: Literal["ready", "not_ready"]
    reason: str | None


class AgentMrdStateRequested(Event, frozen=True, kw_only=True):
    mrd: str
    state: Literal["ready", "not_ready"]
    reason: str | None


class AgentMrdStateChanged(Event, frozen=True, kw_only=True):
    """The state derived from what the agent asked for and the tasks held, after it changed."""

    mrd: str
    state: MrdState
    previous: MrdState
    reason: str | None


class TaskReserved(Event, frozen=True, kw_only=True):
    """The agent is offered a task; the event shows the task as the API does."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["reserved"] = "reserved"
    reserved_at: Instant
    expires_at: Instant


class TaskAccepted(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str


class TaskDeclined(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    reason: Annotated[str, Personal] | None


class OfferExpired(Event, frozen=True, kw_only=True):
    """Redirect on no answer: the offer was not accepted in time."""

    task_id: str
    conversation_id: str


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    reason: str


class WrapUpStarted(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    expires_at: Instant


class TaskClosed(Event, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    reason: Literal["done", "agent_logout"]


AgentEvent = (
    AgentLoggedIn
    | AgentLoggedOut
    | AgentStateChanged
    | AgentMrdStateRequested
    | AgentMrdStateChanged
    | TaskReserved
    | TaskAccepted
    | TaskDeclined
    | OfferExpired
    | OfferWithdrawn
    | WrapUpStarted
    | TaskClosed
)
