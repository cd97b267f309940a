"""Logging in and out, the connection, and the states that an agent asks for."""

from datetime import datetime, timedelta
from typing import Literal

from actors.agent.offers import close, withdraw_offers
from actors.agent.state import Agent, HeldTask
from actors.decider import Decision, Message, refuse
from schemas.agents import AgentSettings
from schemas.commands import (
    Announce,
    Command,
    ConfigureAgent,
    Connect,
    Disconnect,
    ExpireConnection,
    ExpireIdleness,
    LogIn,
    LogOut,
    ReleaseAgent,
    ReportActivity,
    SetMrdState,
    SetState,
    WarnOfIdleness,
)
from schemas.events import (
    AgentActivityReported,
    AgentConfigured,
    AgentConnected,
    AgentDisconnected,
    AgentEvent,
    AgentIdleWarned,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateRequested,
    AgentStateChanged,
    AnnouncementReceived,
)
from schemas.identifiers import derived_id
from schemas.records import conversation_stream
from schemas.replies import Done, RefusalCode

__all__ = [
    "announce",
    "configure",
    "connect",
    "disconnect",
    "expire_connection",
    "expire_idleness",
    "idle_logout_at",
    "idle_warning_at",
    "log_in",
    "log_out",
    "report_activity",
    "set_mrd_state",
    "set_state",
    "warn_of_idleness",
]

_WARNING = 0.8
"""The part of the idle time after which the agent is warned."""


def log_in(state: Agent, command: LogIn) -> Decision[AgentEvent]:
    if state.state != "logged_out":
        return _configured(state, command, command.settings)
    logged_in = AgentLoggedIn(
        agent_id=command.agent_id,
        name=command.settings.name,
        mrds=command.settings.mrds,
        attributes=command.settings.attributes,
        logged_in_at=command.at,
        idle_logout_seconds=command.idle_logout_seconds,
        connection_grace_seconds=command.connection_grace_seconds,
    )
    return Decision([logged_in])


def configure(state: Agent, command: ConfigureAgent) -> Decision[AgentEvent]:
    return Decision() if state.state == "logged_out" else _configured(state, command, command.settings)


def _configured(state: Agent, command: Command, settings: AgentSettings) -> Decision[AgentEvent]:
    """Offers in an MRD that the agent leaves go back to the line; the agent keeps the tasks that are worked."""
    if settings == state.configured():
        return Decision()
    gone = [task for task in state.tasks.values() if task.mrd not in settings.mrds]
    decision = withdraw_offers(state, command, gone, "agent_not_ready")
    decision.events.insert(0, AgentConfigured(name=settings.name, mrds=settings.mrds, attributes=settings.attributes))
    return decision


def log_out(state: Agent, command: LogOut) -> Decision[AgentEvent]:
    if state.state == "logged_out":
        return Decision()
    return _leave(state, command, command.reason, "agent_logout", command.tasks)


def _leave(
    state: Agent,
    command: Command,
    reason: str,
    cause: Literal["agent_logout", "connection_lost"],
    choices: dict[str, Literal["close", "transfer"]],
) -> Decision[AgentEvent]:
    """Offers go back to the line; conversations are requeued at their old place, or end where that was chosen."""
    decision = withdraw_offers(state, command, list(state.tasks.values()), "agent_logout")
    for task in state.tasks.values():
        if task.state == "reserved":
            continue
        closed = close(state, command, task.task_id, cause)
        decision.events += closed
        release = _release(state, command, task, cause, choices.get(task.mrd) == "close")
        decision.messages.append(release._replace(follows=closed[-1]))
    decision.events.append(AgentLoggedOut(reason=reason))
    return decision


def _release(
    state: Agent, command: Command, task: HeldTask, cause: Literal["agent_logout", "connection_lost"], end: bool
) -> Message:
    release = ReleaseAgent(
        at=command.at,
        agent_id=state.agent_id,
        task_id=derived_id(task.task_id, cause),
        reason=cause,
        end=end,
    )
    return Message(conversation_stream(task.conversation_id), release)


def connect(state: Agent, command: Connect) -> Decision[AgentEvent]:
    if state.state == "logged_out" or state.connected:
        return Decision(reply=Done(state.version, replayed=True))
    return Decision([AgentConnected()], reply=Done(state.version + 1))


def disconnect(state: Agent, command: Disconnect) -> Decision[AgentEvent]:
    if not state.connected:
        return Decision(reply=Done(state.version, replayed=True))
    expires_at = command.at + timedelta(seconds=state.grace_seconds)
    return Decision([AgentDisconnected(expires_at=expires_at)], reply=Done(state.version + 1))


def expire_connection(state: Agent, command: ExpireConnection) -> Decision[AgentEvent]:
    """The grace after a lost connection is over: the agent's tasks do not wait any longer."""
    if state.logs_out_at is None or state.logs_out_at > command.at:
        return Decision()
    return _leave(state, command, "connection_lost", "connection_lost", {})


def idle_warning_at(state: Agent) -> datetime | None:
    return None if state.warned else _idle_after(state, _WARNING)


def idle_logout_at(state: Agent) -> datetime | None:
    return _idle_after(state, 1.0)


def _idle_after(state: Agent, part: float) -> datetime | None:
    """The instant at which this part of the idle time has passed. Only an agent who is not ready and holds nothing
    is idle."""
    if state.state != "not_ready" or state.tasks or state.idle_seconds is None or state.idle_since is None:
        return None
    return state.idle_since + timedelta(seconds=part * state.idle_seconds)


def warn_of_idleness(state: Agent, command: WarnOfIdleness) -> Decision[AgentEvent]:
    due, end = idle_warning_at(state), idle_logout_at(state)
    if due is None or end is None or due > command.at:
        return Decision()
    return Decision([AgentIdleWarned(expires_at=end)])


def expire_idleness(state: Agent, command: ExpireIdleness) -> Decision[AgentEvent]:
    end = idle_logout_at(state)
    if end is None or end > command.at:
        return Decision()
    return _leave(state, command, "idle", "agent_logout", {})


def report_activity(state: Agent, command: ReportActivity) -> Decision[AgentEvent]:
    """A sign of life is recorded only after a warning."""
    if not state.warned:
        return Decision(reply=Done(state.version, replayed=True))
    return Decision([AgentActivityReported(reported_at=command.at)], reply=Done(state.version + 1))


def set_state(state: Agent, command: SetState) -> Decision[AgentEvent]:
    if state.state == "logged_out":
        return refuse(RefusalCode.LOGGED_OUT, "your shift has not begun; open your live feed or go ready first")
    if (state.state, state.reason) == (command.state, command.reason):
        return Decision()
    changed = AgentStateChanged(state=command.state, reason=command.reason, changed_at=command.at)
    if command.state == "ready":
        return Decision([changed])
    decision = withdraw_offers(state, command, list(state.tasks.values()), "agent_not_ready")
    decision.events.insert(0, changed)
    return decision


def set_mrd_state(state: Agent, command: SetMrdState) -> Decision[AgentEvent]:
    if state.state == "logged_out":
        return refuse(RefusalCode.LOGGED_OUT, "your shift has not begun; open your live feed or go ready first")
    if command.mrd not in state.mrds:
        return refuse(RefusalCode.UNKNOWN_MRD, f"you do not work in {command.mrd!r}")
    membership = state.mrds[command.mrd]
    if (membership.wanted, membership.reason) == (command.state == "ready", command.reason):
        return Decision()
    requested = AgentMrdStateRequested(mrd=command.mrd, state=command.state, reason=command.reason)
    if command.state == "ready":
        return Decision([requested])
    decision = withdraw_offers(state, command, state.held(command.mrd), "agent_not_ready")
    decision.events.insert(0, requested)
    return decision


def announce(state: Agent, command: Announce) -> Decision[AgentEvent]:
    if state.state == "logged_out":
        return Decision(reply=Done(state.version, replayed=True))
    received = AnnouncementReceived(
        announcement_id=command.announcement_id, announced_by=command.announced_by, text=command.text
    )
    return Decision([received], reply=Done(state.version + 1))
