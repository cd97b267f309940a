"""Commands to an agent."""

from datetime import datetime
from typing import Literal

from schemas.agents import AgentSettings
from schemas.commands.command import Command
from schemas.queues import QueueSettings

__all__ = [
    "AcceptTask",
    "AgentCommand",
    "CloseTask",
    "ConfigureAgent",
    "DeclineTask",
    "ExpireOffer",
    "ExpireWrapUp",
    "FinishTask",
    "LogIn",
    "LogOut",
    "OfferTask",
    "SetMrdState",
    "SetState",
    "WithdrawOffer",
]


class LogIn(Command, frozen=True, kw_only=True):
    """``mrds`` maps each media routing domain to the most tasks the agent holds in it."""

    agent_id: str
    name: str
    mrds: dict[str, int]


class LogOut(Command, frozen=True, kw_only=True):
    reason: str = "logout"


class SetState(Command, frozen=True, kw_only=True):
    state: Literal["ready", "not_ready"]
    reason: str | None = None


class SetMrdState(Command, frozen=True, kw_only=True):
    mrd: str
    state: Literal["ready", "not_ready"]
    reason: str | None = None


class OfferTask(Command, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    queue: QueueSettings
    expires_at: datetime


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


class FinishTask(Command, frozen=True, kw_only=True):
    """The conversation ended: wrap up for so many seconds, or close at once when that is 0."""

    task_id: str
    wrap_up_seconds: float


class ExpireWrapUp(Command, frozen=True, kw_only=True):
    task_id: str


class CloseTask(Command, frozen=True, kw_only=True):
    task_id: str


class ConfigureAgent(Command, frozen=True, kw_only=True):
    """From now on the agent is configured so. Who is logged out learns it at the next login."""

    settings: AgentSettings


AgentCommand = (
    LogIn
    | LogOut
    | SetState
    | SetMrdState
    | OfferTask
    | WithdrawOffer
    | AcceptTask
    | DeclineTask
    | ExpireOffer
    | FinishTask
    | ExpireWrapUp
    | CloseTask
    | ConfigureAgent
)
