"""An agent's state: the requested states, the tasks held, and the states that follow from both."""

from datetime import datetime
from typing import Annotated, Literal, assert_never

import msgspec

from schemas.agents import AgentSettings, MrdSettings
from schemas.configuration.items import AttributeValue
from schemas.events import (
    AgentActivityReported,
    AgentConfigured,
    AgentConnected,
    AgentDisconnected,
    AgentEvent,
    AgentIdleWarned,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
    AnnouncementReceived,
    MrdState,
    OfferExpired,
    OfferWithdrawn,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.personal import Personal
from schemas.tasks import Direction

__all__ = ["Agent", "HeldTask", "Membership", "evolve", "mrd_state"]

_MAX_DECLINED = 100
_SUPERVISING: tuple[Direction, ...] = ("monitor", "barge_in")


class Membership(msgspec.Struct, frozen=True):
    """The agent's part in one MRD; ``wanted`` is what the agent asked for in it, for ``reason``.

    A membership that is ``leaving`` is no longer configured and lasts as long as its tasks.
    """

    max_tasks: int
    wanted: bool = True
    reason: str | None = None
    interruptible: bool = True
    leaving: bool = False


class HeldTask(msgspec.Struct, frozen=True):
    """``expires_at`` ends an offer or a wrap-up; an active task has none."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["reserved", "active", "wrap_up"]
    expires_at: datetime | None
    direction: Direction = "inbound"

    @property
    def counts(self) -> bool:
        """Supervising takes none of an agent's capacity."""
        return self.direction not in _SUPERVISING


class Agent(msgspec.Struct):
    """``declined`` maps the last declined tasks to their conversations, to recognise a repetition.

    ``connected`` is None until the agent follows a feed; ``logs_out_at`` is the end of the grace after the last feed
    closed. ``idle_since`` is the last sign of life.
    """

    agent_id: str
    version: int = 0
    name: Annotated[str, Personal] = ""
    state: Literal["logged_out", "not_ready", "ready"] = "logged_out"
    reason: str | None = None
    mrds: dict[str, Membership] = {}
    attributes: dict[str, AttributeValue] = {}
    tasks: dict[str, HeldTask] = {}
    declined: dict[str, str] = {}
    connected: bool | None = None
    logs_out_at: datetime | None = None
    grace_seconds: float = 30.0
    idle_seconds: float | None = None
    idle_since: datetime | None = None
    warned: bool = False

    def configured(self) -> AgentSettings:
        """The configuration that the agent works by."""
        mrds = {
            mrd: MrdSettings(membership.max_tasks, membership.interruptible)
            for mrd, membership in self.mrds.items()
            if not membership.leaving
        }
        return AgentSettings(name=self.name, mrds=mrds, attributes=self.attributes)

    def wants(self, mrd: str) -> bool:
        membership = self.mrds.get(mrd)
        return self.state == "ready" and membership is not None and membership.wanted and not membership.leaving

    def accepting(self, mrd: str) -> bool:
        return self.wants(mrd) and not self.interrupted(mrd)

    def interrupted(self, mrd: str) -> bool:
        """True if the agent works on a task of another MRD that may not be interrupted."""
        return any(
            task.mrd != mrd and task.state != "reserved" and task.counts and self._undisturbed(task.mrd)
            for task in self.tasks.values()
        )

    def held(self, mrd: str) -> list[HeldTask]:
        """The tasks that take capacity; offers are among them."""
        return [task for task in self.tasks.values() if task.mrd == mrd and task.counts]

    def active_count(self, mrd: str) -> int:
        """The number of tasks beyond offers: those worked and those wrapped up."""
        return sum(task.state != "reserved" for task in self.held(mrd))

    def _undisturbed(self, mrd: str) -> bool:
        membership = self.mrds.get(mrd)
        return membership is not None and not membership.interruptible


def mrd_state(agent: Agent, mrd: str) -> MrdState:
    """The agent's state in an MRD: it follows from the requested state and the tasks held."""
    active = agent.active_count(mrd)
    if not agent.accepting(mrd):
        if agent.wants(mrd):
            return "interrupted"
        return "pending_not_ready" if active else "not_ready"
    if active >= agent.mrds[mrd].max_tasks:
        return "busy"
    if active:
        return "active"
    return "reserved" if agent.held(mrd) else "ready"


def evolve(state: Agent, event: AgentEvent) -> None:  # noqa: C901 - a dispatcher
    state.version += 1
    match event:
        case AgentStateChanged():
            state.state, state.reason = event.state, event.reason
            _show_life(state, event.changed_at)
        case AgentMrdStateRequested():
            membership = state.mrds[event.mrd]
            wanted = event.state == "ready"
            state.mrds[event.mrd] = msgspec.structs.replace(membership, wanted=wanted, reason=event.reason)
        case AgentLoggedIn():
            _log_in(state, event)
        case AgentConfigured():
            state.name, state.attributes = event.name, event.attributes
            _configure(state, event.mrds)
        case AgentLoggedOut():
            state.state, state.reason = "logged_out", event.reason
            state.logs_out_at, state.connected, state.warned = None, None, False
        case AgentConnected():
            state.connected, state.logs_out_at = True, None
        case AgentDisconnected():
            state.connected, state.logs_out_at = False, event.expires_at
        case AgentIdleWarned():
            state.warned = True
        case AgentActivityReported():
            _show_life(state, event.reported_at)
        case AgentMrdStateChanged() | AnnouncementReceived():
            pass
        case TaskReserved():
            state.declined.pop(event.task_id, None)
            _hold(state, event, "reserved", event.expires_at)
        case TaskAssignedDirectly():
            _hold(state, event, "active", None)
        case TaskAccepted():
            held = state.tasks[event.task_id]
            state.tasks[event.task_id] = msgspec.structs.replace(held, state="active", expires_at=None)
        case WrapUpStarted():
            held = state.tasks[event.task_id]
            state.tasks[event.task_id] = msgspec.structs.replace(held, state="wrap_up", expires_at=event.expires_at)
        case TaskDeclined():
            _remember_declined(state, event)
            _let_go(state, event.task_id)
        case OfferExpired() | OfferWithdrawn():
            _let_go(state, event.task_id)
        case TaskClosed():
            _let_go(state, event.task_id)
            if not state.tasks:
                _show_life(state, event.closed_at)
        case _:
            assert_never(event)


def _hold(
    state: Agent,
    event: TaskReserved | TaskAssignedDirectly,
    held: Literal["reserved", "active"],
    expires_at: datetime | None,
) -> None:
    state.tasks[event.task_id] = HeldTask(
        event.task_id, event.conversation_id, event.mrd, event.queue, held, expires_at, event.direction
    )
    _drop_left(state)


def _let_go(state: Agent, task_id: str) -> None:
    state.tasks.pop(task_id, None)
    _drop_left(state)


def _remember_declined(state: Agent, event: TaskDeclined) -> None:
    state.declined[event.task_id] = event.conversation_id
    if len(state.declined) > _MAX_DECLINED:
        del state.declined[next(iter(state.declined))]


def _log_in(state: Agent, event: AgentLoggedIn) -> None:
    state.name, state.attributes = event.name, event.attributes
    state.declined = {}
    state.state, state.reason = "not_ready", "login"
    state.mrds = {mrd: _membership(settings) for mrd, settings in event.mrds.items()}
    state.grace_seconds, state.idle_seconds = event.connection_grace_seconds, event.idle_logout_seconds
    _show_life(state, event.logged_in_at)


def _configure(state: Agent, configured: dict[str, MrdSettings]) -> None:
    mrds = {}
    for mrd, settings in configured.items():
        before = state.mrds.get(mrd)
        wanted, reason = (before.wanted, before.reason) if before else (True, None)
        mrds[mrd] = msgspec.structs.replace(_membership(settings), wanted=wanted, reason=reason)
    for mrd, membership in state.mrds.items():
        if mrd not in mrds:
            mrds[mrd] = msgspec.structs.replace(membership, leaving=True)
    state.mrds = mrds
    _drop_left(state)


def _drop_left(state: Agent) -> None:
    """An MRD that the agent has left is forgotten when no task of it is held any more."""
    held = {task.mrd for task in state.tasks.values()}
    for mrd in [mrd for mrd, membership in state.mrds.items() if membership.leaving and mrd not in held]:
        del state.mrds[mrd]


def _membership(settings: MrdSettings) -> Membership:
    return Membership(settings.max_tasks, interruptible=settings.interruptible)


def _show_life(state: Agent, at: datetime | None) -> None:
    state.idle_since, state.warned = at or state.idle_since, False
