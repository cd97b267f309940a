"""The agent's decisions and deadlines."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

import msgspec

from actors.agent import offers, outbound, presence
from actors.agent.state import Agent, HeldTask, evolve, mrd_state
from actors.decider import Deadline, Decider, Decision, Message
from schemas.commands import (
    AcceptTask,
    AgentCommand,
    Announce,
    AssignTaskDirectly,
    CloseTask,
    Command,
    ConfigureAgent,
    Connect,
    DeclineTask,
    Disconnect,
    ExpireConnection,
    ExpireIdleness,
    ExpireOffer,
    ExpireWrapUp,
    FinishTask,
    LogIn,
    LogOut,
    OfferTask,
    ReportActivity,
    ReportAvailability,
    SetMrdState,
    SetState,
    StartOutboundTask,
    WarnOfIdleness,
    WithdrawOffer,
)
from schemas.events import AgentEvent, AgentMrdStateChanged, MrdState
from schemas.records import router_stream
from schemas.replies import StateReply
from schemas.tasks import RequeueReason

__all__ = ["AGENT"]

_WITHOUT_OFFER = (AssignTaskDirectly, StartOutboundTask)
"""The commands by which an agent gets a task of which no router knows."""


def decide(state: Agent, command: AgentCommand) -> Decision[AgentEvent]:
    return _with_consequences(state, command, _decide(state, command))


def _decide(state: Agent, command: AgentCommand) -> Decision[AgentEvent]:  # noqa: C901 - a dispatcher
    match command:
        case LogIn():
            return presence.log_in(state, command)
        case LogOut():
            return presence.log_out(state, command)
        case ConfigureAgent():
            return presence.configure(state, command)
        case SetState():
            return presence.set_state(state, command)
        case SetMrdState():
            return presence.set_mrd_state(state, command)
        case Announce():
            return presence.announce(state, command)
        case Connect():
            return presence.connect(state, command)
        case Disconnect():
            return presence.disconnect(state, command)
        case ExpireConnection():
            return presence.expire_connection(state, command)
        case WarnOfIdleness():
            return presence.warn_of_idleness(state, command)
        case ExpireIdleness():
            return presence.expire_idleness(state, command)
        case ReportActivity():
            return presence.report_activity(state, command)
        case OfferTask():
            return offers.offer(state, command)
        case WithdrawOffer():
            return offers.withdraw(state, command)
        case AcceptTask():
            return offers.accept(state, command)
        case DeclineTask():
            return offers.decline(state, command)
        case ExpireOffer():
            return offers.expire_offer(state, command)
        case AssignTaskDirectly():
            return offers.assign_directly(state, command)
        case StartOutboundTask():
            return outbound.start(state, command)
        case FinishTask():
            return offers.finish(state, command)
        case ExpireWrapUp():
            return offers.expire_wrap_up(state, command)
        case CloseTask():
            return Decision(offers.close(state, command, command.task_id, command.reason))
    assert_never(command)


def _with_consequences(state: Agent, command: AgentCommand, decision: Decision[AgentEvent]) -> Decision[AgentEvent]:
    """Adds the consequences of the events: offers that an interruption withdraws, changed states for all to see, and
    reports to the routers, each of which follows from the state that has changed in its MRD. The reports go first, so
    that a task given back is not offered to this agent again."""
    after = _after(state, decision.events)
    _withdraw_unanswerable(after, command, decision)
    news = []
    if isinstance(command, OfferTask) and not decision.events:
        news.append(_availability(state, after, command.queue.mrd, command.at))
    for mrd in state.mrds | after.mrds:
        changes = _state_change(state, after, mrd)
        if _availability_changed(state, after, mrd, command):
            report = _availability(state, after, mrd, command.at)
            news.append(report._replace(follows=[*changes, *decision.events][0]))
        decision.events += changes
    decision.messages[:0] = news
    if decision.reply is None and isinstance(command, LogIn | LogOut | SetState | SetMrdState):
        version = state.version + len(decision.events)
        mrds = {mrd: mrd_state(after, mrd) for mrd in after.mrds}
        decision.reply = StateReply(after.state, mrds, version, after.reason)
    return decision


def _after(state: Agent, events: list[AgentEvent]) -> Agent:
    after = msgspec.structs.replace(
        state, mrds=dict(state.mrds), tasks=dict(state.tasks), declined=dict(state.declined)
    )
    for event in events:
        evolve(after, event)
    return after


def _withdraw_unanswerable(after: Agent, command: Command, decision: Decision[AgentEvent]) -> None:
    """An agent who has been interrupted in an MRD, or has no room left in it, answers no offers of it."""
    offered = [task for task in after.tasks.values() if task.state == "reserved"]
    _withdraw(after, command, decision, [task for task in offered if after.interrupted(task.mrd)], "interrupted")
    for mrd, membership in after.mrds.items():
        surplus = len(after.held(mrd)) - membership.max_tasks
        if surplus > 0:
            last = [task for task in offered if task.task_id in after.tasks and task.mrd == mrd][-surplus:]
            _withdraw(after, command, decision, last, "no_room")


def _withdraw(
    after: Agent, command: Command, decision: Decision[AgentEvent], tasks: list[HeldTask], reason: RequeueReason
) -> None:
    withdrawal = offers.withdraw_offers(after, command, tasks, reason)
    for event in withdrawal.events:
        evolve(after, event)
    decision.events += withdrawal.events
    decision.messages += withdrawal.messages


def _state_change(before: Agent, after: Agent, mrd: str) -> list[AgentEvent]:
    previous: MrdState = mrd_state(before, mrd) if mrd in before.mrds else "not_ready"
    current = mrd_state(after, mrd)
    if previous == current:
        return []
    membership = after.mrds.get(mrd)
    reason = membership.reason if membership and after.state == "ready" else after.reason
    return [AgentMrdStateChanged(mrd=mrd, state=current, previous=previous, reason=reason)]


def _availability_changed(before: Agent, after: Agent, mrd: str, command: AgentCommand) -> bool:
    """Reports the agent's availability. The router counts offers and acceptances itself, and is not informed of
    those."""
    if before.accepting(mrd) != after.accepting(mrd):
        return True
    active_before, active = before.active_count(mrd), after.active_count(mrd)
    if active < active_before or (active > active_before and isinstance(command, _WITHOUT_OFFER)):
        return True
    return after.accepting(mrd) and _terms(before, mrd) != _terms(after, mrd)


def _terms(agent: Agent, mrd: str) -> tuple[object, ...]:
    membership = agent.mrds.get(mrd)
    return (membership.max_tasks if membership else 0, agent.attributes)


def _availability(before: Agent, after: Agent, mrd: str, at: datetime) -> Message:
    report = ReportAvailability(
        at=at,
        agent_id=after.agent_id,
        accepting=after.accepting(mrd),
        max_tasks=after.mrds[mrd].max_tasks if mrd in after.mrds else 0,
        active_tasks=after.active_count(mrd),
        returned=after.wants(mrd) and not before.wants(mrd),
        closed=_closed(before, after, mrd),
        attributes=after.attributes,
    )
    return Message(router_stream(mrd), report)


def _closed(before: Agent, after: Agent, mrd: str) -> list[str]:
    """The tasks that the agent has closed. One whom a logout took from the agent is none of them: it goes on."""
    if after.state == "logged_out":
        return []
    return [task.task_id for task in before.held(mrd) if task.state != "reserved" and task.task_id not in after.tasks]


def deadlines(state: Agent) -> Mapping[str, Deadline]:
    """``reserved-<task>`` and ``wrap_up-<task>``: the ends of offers and wrap-ups; ``connection``: the end of the grace
    after a lost connection; ``idle_warning`` and ``idle_logout``."""
    found = {
        f"{task.state}-{task.task_id}": Deadline(task.expires_at, _expiry(task, task.expires_at))
        for task in state.tasks.values()
        if task.expires_at is not None
    }
    if state.logs_out_at is not None:
        found["connection"] = Deadline(state.logs_out_at, ExpireConnection(at=state.logs_out_at))
    if (warning := presence.idle_warning_at(state)) is not None:
        found["idle_warning"] = Deadline(warning, WarnOfIdleness(at=warning))
    if (end := presence.idle_logout_at(state)) is not None:
        found["idle_logout"] = Deadline(end, ExpireIdleness(at=end))
    return found


def _expiry(task: HeldTask, at: datetime) -> Command:
    expire = ExpireOffer if task.state == "reserved" else ExpireWrapUp
    return expire(at=at, task_id=task.task_id)


def finished(state: Agent) -> bool:
    return state.state == "logged_out"


AGENT = Decider(
    "agent",
    Agent,
    decide,
    evolve,
    deadlines,
    finished,
    snapshot=msgspec.json.encode,
    restore=msgspec.json.Decoder(Agent).decode,
)
