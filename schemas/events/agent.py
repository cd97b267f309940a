"""Events of an agent, in stream ``agent-<id>``."""

from typing import Annotated, ClassVar, Literal

from schemas.agents import MrdSettings
from schemas.configuration.items import AttributeValue
from schemas.events.event import Event
from schemas.instants import Instant
from schemas.personal import Personal
from schemas.tasks import CloseReason, Direction

__all__ = [
    "AgentActivityReported",
    "AgentConfigured",
    "AgentConnected",
    "AgentDisconnected",
    "AgentEvent",
    "AgentIdleWarned",
    "AgentLoggedIn",
    "AgentLoggedOut",
    "AgentMrdStateChanged",
    "AgentMrdStateRequested",
    "AgentStateChanged",
    "AnnouncementReceived",
    "MrdState",
    "OfferExpired",
    "OfferWithdrawn",
    "TaskAccepted",
    "TaskAssignedDirectly",
    "TaskClosed",
    "TaskDeclined",
    "TaskReserved",
    "WrapUpStarted",
]

MrdState = Literal["not_ready", "ready", "reserved", "active", "busy", "pending_not_ready", "interrupted"]


class AgentLoggedIn(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent's shift has begun. ``mrds`` are the agent's MRDs (media routing domains). An agent who is not ready and
    without tasks for ``idle_logout_seconds`` is logged out; one whose last feed closed, after
    ``connection_grace_seconds``."""

    VERSION: ClassVar[int] = 2

    agent_id: str
    name: Annotated[str, Personal]
    mrds: dict[str, MrdSettings]
    attributes: dict[str, AttributeValue] = {}
    logged_in_at: Instant | None = None
    idle_logout_seconds: float | None = None
    connection_grace_seconds: float = 30.0


class AgentConfigured(Event, frozen=True, kw_only=True):
    """The configuration changed while the agent was logged in. Tasks that are held stay."""

    name: Annotated[str, Personal]
    mrds: dict[str, MrdSettings]
    attributes: dict[str, AttributeValue]


class AgentLoggedOut(Event, frozen=True, kw_only=True):
    """The agent's shift has ended; ``reason`` is the agent's, a supervisor's or the system's."""

    reason: str


class AgentConnected(Event, frozen=True, kw_only=True):
    """The agent follows the feed: the lease on the agent's presence is held."""


class AgentDisconnected(Event, frozen=True, kw_only=True):
    """The agent's last feed closed. Unless one opens before, the agent is logged out at ``expires_at``."""

    expires_at: Instant


class AgentIdleWarned(Event, frozen=True, kw_only=True):
    """Unless the agent does something, the agent is logged out at ``expires_at``."""

    expires_at: Instant


class AgentActivityReported(Event, frozen=True, kw_only=True):
    """A sign of life after the warning."""

    reported_at: Instant


class AgentStateChanged(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent is ready or not ready from now on, as asked for, or because an offer was not answered."""

    state: Literal["ready", "not_ready"]
    reason: str | None
    changed_at: Instant | None = None


class AgentMrdStateRequested(Event, frozen=True, kw_only=True):
    """The agent has asked to be ready or not ready in one MRD (media routing domain)."""

    mrd: str
    state: Literal["ready", "not_ready"]
    reason: str | None


class AgentMrdStateChanged(Event, frozen=True, kw_only=True):
    """The agent's state in an MRD has changed. It is derived from what the agent asked for and the tasks held."""

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
    direction: Direction = "inbound"


class TaskAccepted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent has accepted the offer, or has picked the task. ``mrd`` and ``queue`` are those of the offer."""

    task_id: str
    conversation_id: str
    mrd: str | None = None
    queue: str | None = None


class TaskAssignedDirectly(Event, frozen=True, kw_only=True):
    """The agent takes part in a conversation without having been offered a task: as its supervisor, or
    because the agent has started it."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    direction: Direction


class TaskDeclined(Event, frozen=True, kw_only=True):
    """The agent has declined the offer."""

    task_id: str
    conversation_id: str
    reason: Annotated[str, Personal] | None


class OfferExpired(Event, frozen=True, kw_only=True):
    """Redirect on no answer: the offer was not accepted in time."""

    task_id: str
    conversation_id: str


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    """The offer is gone before the agent answered it."""

    task_id: str
    conversation_id: str
    reason: str


class WrapUpStarted(Event, frozen=True, kw_only=True):
    """The conversation has ended, and the agent has until ``expires_at`` to wrap it up."""

    task_id: str
    conversation_id: str
    expires_at: Instant


class TaskClosed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent is done with a task that was accepted."""

    task_id: str
    conversation_id: str
    reason: CloseReason
    closed_at: Instant | None = None


class AnnouncementReceived(Event, frozen=True, kw_only=True):
    """A supervisor announces something to the agents."""

    announcement_id: str
    announced_by: str
    text: Annotated[str, Personal]


AgentEvent = (
    AgentLoggedIn
    | AgentConfigured
    | AgentLoggedOut
    | AgentConnected
    | AgentDisconnected
    | AgentIdleWarned
    | AgentActivityReported
    | AgentStateChanged
    | AgentMrdStateRequested
    | AgentMrdStateChanged
    | TaskReserved
    | TaskAccepted
    | TaskAssignedDirectly
    | TaskDeclined
    | OfferExpired
    | OfferWithdrawn
    | WrapUpStarted
    | TaskClosed
    | AnnouncementReceived
)
