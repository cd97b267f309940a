"""Commands to an agent."""

from datetime import datetime
from typing import Literal

from schemas.agents import AgentSettings
from schemas.commands.command import Command
from schemas.commands.conversation import StartOutboundConversation
from schemas.queues import QueueSettings
from schemas.tasks import CloseReason, Direction

__all__ = [
    "AcceptTask",
    "AgentCommand",
    "Announce",
    "AssignTaskDirectly",
    "CloseTask",
    "ConfigureAgent",
    "Connect",
    "DeclineTask",
    "Disconnect",
    "ExpireConnection",
    "ExpireIdleness",
    "ExpireOffer",
    "ExpireWrapUp",
    "FinishTask",
    "LogIn",
    "LogOut",
    "OfferTask",
    "ReportActivity",
    "SetMrdState",
    "SetState",
    "StartOutboundTask",
    "WarnOfIdleness",
    "WithdrawOffer",
]


class LogIn(Command, frozen=True, kw_only=True):
    """Logs in as configured. An agent who is logged in already only takes over a changed configuration."""

    agent_id: str
    settings: AgentSettings
    idle_logout_seconds: float | None = None
    connection_grace_seconds: float = 30.0


class ConfigureAgent(Command, frozen=True, kw_only=True):
    """Changes the agent's configuration from now on. An agent who is logged out gets it at the next login."""

    settings: AgentSettings


class LogOut(Command, frozen=True, kw_only=True):
    """Logs out. ``tasks`` maps MRDs to the fate of their tasks: their conversations end, or go back to the line, as
    they do in an MRD without an entry."""

    reason: str = "logout"
    tasks: dict[str, Literal["close", "transfer"]] = {}


class Connect(Command, frozen=True, kw_only=True):
    """Reports that a feed of the agent is open."""


class Disconnect(Command, frozen=True, kw_only=True):
    """Reports that the last feed of the agent has closed."""


class ExpireConnection(Command, frozen=True, kw_only=True):
    pass


class WarnOfIdleness(Command, frozen=True, kw_only=True):
    pass


class ExpireIdleness(Command, frozen=True, kw_only=True):
    pass


class ReportActivity(Command, frozen=True, kw_only=True):
    pass


class SetState(Command, frozen=True, kw_only=True):
    state: Literal["ready", "not_ready"]
    reason: str | None = None


class SetMrdState(Command, frozen=True, kw_only=True):
    mrd: str
    state: Literal["ready", "not_ready"]
    reason: str | None = None


class OfferTask(Command, frozen=True, kw_only=True):
    """Offers the agent a task. It is ``accepted`` when the agent has picked the task."""

    task_id: str
    conversation_id: str
    queue: QueueSettings
    expires_at: datetime
    direction: Direction = "inbound"
    accepted: bool = False


class WithdrawOffer(Command, frozen=True, kw_only=True):
    task_id: str
    reason: str


class AcceptTask(Command, frozen=True, kw_only=True):
    task_id: str


class DeclineTask(Command, frozen=True, kw_only=True):
    task_id: str
    reason: str | None = None


class ExpireOffer(Command, frozen=True, kw_only=True):
    task_id: str


class AssignTaskDirectly(Command, frozen=True, kw_only=True):
    """Gives the agent a task without an offer: a conversation has taken the agent in."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    direction: Direction


class StartOutboundTask(Command, frozen=True, kw_only=True):
    """Gives the agent a task for a conversation that the agent wants to start, if there is room for it, and starts the
    conversation."""

    start: StartOutboundConversation


class FinishTask(Command, frozen=True, kw_only=True):
    """Finishes a task whose conversation has ended: the agent wraps up for so many seconds, or the task closes at
    once when that is 0."""

    task_id: str
    wrap_up_seconds: float


class ExpireWrapUp(Command, frozen=True, kw_only=True):
    task_id: str


class CloseTask(Command, frozen=True, kw_only=True):
    task_id: str
    reason: CloseReason = "done"


class Announce(Command, frozen=True, kw_only=True):
    announcement_id: str
    announced_by: str
    text: str


AgentCommand = (
    LogIn
    | LogOut
    | ConfigureAgent
    | Connect
    | Disconnect
    | ExpireConnection
    | WarnOfIdleness
    | ExpireIdleness
    | ReportActivity
    | SetState
    | SetMrdState
    | OfferTask
    | WithdrawOffer
    | AcceptTask
    | DeclineTask
    | ExpireOffer
    | AssignTaskDirectly
    | StartOutboundTask
    | FinishTask
    | ExpireWrapUp
    | CloseTask
    | Announce
)
