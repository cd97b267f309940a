"""Agents' logins, and the states that each agent was in, overall and by MRD."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, on
from schemas.events import (
    AgentConfigured,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
)
from schemas.personal import Personal
from schemas.records import entity_id_of

__all__ = ["AGENT_STATES", "LOGINS", "MRD_STATES", "STATES", "AgentLogin", "AgentMrdStateSpan", "AgentStateSpan"]


class AgentLogin(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the login's event.")]
    agent_id: Annotated[str, doc("The agent.")]
    name: Annotated[str, Personal, doc("The agent's name as it was at the login.")]
    logged_in_at: Annotated[Moment, doc("When the agent logged in.")]
    logged_out_at: Annotated[Moment | None, doc("When the agent logged out; empty while logged in.")] = None
    reason: Annotated[str | None, doc("Why the agent logged out.")] = None


class AgentStateSpan(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the state began.")]
    agent_id: Annotated[str, doc("The agent.")]
    state: Annotated[str, doc("not_ready or ready.")]
    reason: Annotated[str | None, doc("The reason that was given.")]
    started_at: Annotated[Moment, doc("When the state began.")]
    ended_at: Annotated[Moment | None, doc("When it ended; empty while it lasts.")] = None


class AgentMrdStateSpan(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the state began.")]
    mrd: Annotated[str, doc("The MRD (media routing domain).")]
    agent_id: Annotated[str, doc("The agent.")]
    state: Annotated[str, doc("not_ready, ready, reserved, active, busy, pending_not_ready or interrupted.")]
    reason: Annotated[str | None, doc("The reason that was given.")]
    started_at: Annotated[Moment, doc("When the state began.")]
    ended_at: Annotated[Moment | None, doc("When it ended; empty while it lasts.")] = None


class _Mrd(msgspec.Struct):
    """The current span in one MRD, by its position, with its reason; ``wish`` is the reason that the agent gave for
    this MRD alone. An MRD that is ``leaving`` is left with the last task."""

    position: int
    state: str
    reason: str | None
    wish: str | None = None
    leaving: bool = False


class _Now(msgspec.Struct):
    """An agent who is logged in: the login and the current spans, by their positions. Until the agent is ready, the
    overall reason is the reason in each MRD."""

    agent_id: str
    login: int
    state: int
    mrds: dict[str, _Mrd]
    ready: bool = False
    reason: str | None = "login"

    def reason_in(self, mrd: str) -> str | None:
        known = self.mrds.get(mrd)
        wish = known.wish if known is not None else None
        return wish if self.ready else self.reason


LOGINS = Table(
    "agent_logins",
    AgentLogin,
    key=("position",),
    grain="One row for each login of an agent, from the login to the logout.",
    example="SELECT agent_id, count(*) AS logins, sum(duration) / 3600 AS hours\nFROM agent_logins\n"
    "WHERE logged_out_at IS NOT NULL\nGROUP BY agent_id\nORDER BY agent_id",
    spans=(Span("duration", "logged_in_at", "logged_out_at", "How long the agent was logged in."),),
    indexes=(Index(("agent_id", "logged_in_at")), Index(("logged_out_at",))),
)
STATES = Table(
    "agent_states",
    AgentStateSpan,
    key=("position",),
    grain="One row for each time that an agent was in one state overall. States that lasted no time are left out.",
    example="SELECT agent_id, reason, sum(duration) AS seconds\nFROM agent_states\nWHERE state = 'not_ready'\n"
    "GROUP BY agent_id, reason\nORDER BY agent_id, seconds DESC",
    spans=(Span("duration", "started_at", "ended_at", "How long the state lasted."),),
    indexes=(Index(("agent_id", "started_at")), Index(("ended_at", "started_at"))),
)
MRD_STATES = Table(
    "agent_mrd_states",
    AgentMrdStateSpan,
    key=("position", "mrd"),
    grain="One row for each time that an agent was in one state in one MRD, for one reason. States "
    "that lasted no time are left out.",
    example="SELECT agent_id, mrd, state, sum(duration) AS seconds\nFROM agent_mrd_states\n"
    "GROUP BY agent_id, mrd, state\nORDER BY agent_id, mrd, state",
    spans=(Span("duration", "started_at", "ended_at", "How long the state lasted."),),
    indexes=(Index(("agent_id", "mrd", "started_at")), Index(("ended_at", "started_at"))),
)
_NOW = Table("agent_states_now", _Now, key=("agent_id",), internal=True)


def _logged_in(tx: Transaction, recorded: RecordedEvent, event: AgentLoggedIn) -> None:
    _end_login(tx, recorded, event.agent_id, "login")
    position, agent_id, at = recorded.record.position, event.agent_id, recorded.at
    tx.add(LOGINS, AgentLogin(position=position, agent_id=agent_id, name=event.name, logged_in_at=at))
    _begin_state(tx, recorded, agent_id, "not_ready", "login")
    now = _Now(agent_id, position, position, {})
    for mrd in event.mrds:
        _begin_mrd_state(tx, recorded, now, mrd, "not_ready", leaving=False)
    tx.add(_NOW, now)


def _logged_out(tx: Transaction, recorded: RecordedEvent, event: AgentLoggedOut) -> None:
    _end_login(tx, recorded, entity_id_of(recorded.record.stream), event.reason)


def _end_login(tx: Transaction, recorded: RecordedEvent, agent_id: str, reason: str) -> None:
    now = tx.get(_NOW, agent_id)
    if now is None:
        return
    login = tx.change(LOGINS, now.login)
    if login is not None:
        login.logged_out_at, login.reason = recorded.at, reason
    _end_state(tx, recorded, now.state)
    for mrd, known in now.mrds.items():
        _end_mrd_state(tx, recorded, known.position, mrd)
    tx.remove(_NOW, agent_id)


def _state_changed(tx: Transaction, recorded: RecordedEvent, event: AgentStateChanged) -> None:
    now = tx.change(_NOW, entity_id_of(recorded.record.stream))
    if now is not None:
        _end_state(tx, recorded, now.state)
        now.state = recorded.record.position
        _begin_state(tx, recorded, now.agent_id, event.state, event.reason)
        now.ready, now.reason = event.state == "ready", event.reason
        for mrd in now.mrds:
            _explain(tx, recorded, now, mrd)


def _mrd_state_requested(tx: Transaction, recorded: RecordedEvent, event: AgentMrdStateRequested) -> None:
    now = tx.change(_NOW, entity_id_of(recorded.record.stream))
    if now is not None and event.mrd in now.mrds:
        now.mrds[event.mrd].wish = event.reason
        _explain(tx, recorded, now, event.mrd)


def _explain(tx: Transaction, recorded: RecordedEvent, now: _Now, mrd: str) -> None:
    """Begins another span if the reason has changed, even if the state has not."""
    known = now.mrds[mrd]
    if known.reason != now.reason_in(mrd):
        _end_mrd_state(tx, recorded, known.position, mrd)
        _begin_mrd_state(tx, recorded, now, mrd, known.state)


def _mrd_state_changed(tx: Transaction, recorded: RecordedEvent, event: AgentMrdStateChanged) -> None:
    now = tx.change(_NOW, entity_id_of(recorded.record.stream))
    if now is None:
        return
    known = now.mrds.get(event.mrd)
    if known is not None:
        _end_mrd_state(tx, recorded, known.position, event.mrd)
    if event.state != "not_ready" or (known is not None and not known.leaving):
        _begin_mrd_state(tx, recorded, now, event.mrd, event.state)
    elif known is not None:
        del now.mrds[event.mrd]


def _configured(tx: Transaction, recorded: RecordedEvent, event: AgentConfigured) -> None:
    """MRDs are added and removed. One that is removed while the agent holds tasks in it lasts until the agent is not
    ready there."""
    now = tx.change(_NOW, entity_id_of(recorded.record.stream))
    if now is None:
        return
    for mrd in event.mrds:
        if mrd in now.mrds:
            now.mrds[mrd].leaving = False
        else:
            _begin_mrd_state(tx, recorded, now, mrd, "not_ready", leaving=False)
    for mrd in [mrd for mrd in now.mrds if mrd not in event.mrds]:
        known = now.mrds[mrd]
        known.leaving = True
        if known.state == "not_ready":
            _end_mrd_state(tx, recorded, known.position, mrd)
            del now.mrds[mrd]


def _begin_state(tx: Transaction, recorded: RecordedEvent, agent_id: str, state: str, reason: str | None) -> None:
    position, at = recorded.record.position, recorded.at
    tx.add(STATES, AgentStateSpan(position=position, agent_id=agent_id, state=state, reason=reason, started_at=at))


def _end_state(tx: Transaction, recorded: RecordedEvent, position: int) -> None:
    span = tx.change(STATES, position)
    if span is not None and span.started_at == recorded.at:
        tx.remove(STATES, position)
    elif span is not None:
        span.ended_at = recorded.at


def _begin_mrd_state(
    tx: Transaction,
    recorded: RecordedEvent,
    now: _Now,
    mrd: str,
    state: str,
    leaving: bool | None = None,
) -> None:
    """``leaving`` is as before unless it is given; an agent who has work in an MRD to which the agent
    does not belong is about to leave it again."""
    position, at, known = recorded.record.position, recorded.at, now.mrds.get(mrd)
    if leaving is None:
        leaving = known.leaving if known is not None else True
    reason = now.reason_in(mrd)
    now.mrds[mrd] = _Mrd(position, state, reason, known.wish if known is not None else None, leaving)
    tx.add(
        MRD_STATES,
        AgentMrdStateSpan(position=position, mrd=mrd, agent_id=now.agent_id, state=state, reason=reason, started_at=at),
    )


def _end_mrd_state(tx: Transaction, recorded: RecordedEvent, position: int, mrd: str) -> None:
    span = tx.change(MRD_STATES, position, mrd)
    if span is not None and span.started_at == recorded.at:
        tx.remove(MRD_STATES, position, mrd)
    elif span is not None:
        span.ended_at = recorded.at


AGENT_STATES = Projection(
    name="agent_states",
    version=1,
    description="Agents' logins, and their states from when to when, overall and by MRD.",
    tables=(LOGINS, STATES, MRD_STATES, _NOW),
    handlers=(
        on(AgentLoggedIn, _logged_in),
        on(AgentLoggedOut, _logged_out),
        on(AgentStateChanged, _state_changed),
        on(AgentMrdStateRequested, _mrd_state_requested),
        on(AgentMrdStateChanged, _mrd_state_changed),
        on(AgentConfigured, _configured),
    ),
)
