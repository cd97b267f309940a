"""The agent: what was asked for, the tasks held, and the one writer of the agent's capacity."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, assert_never

import msgspec

from actors.decider import Deadline, Decider, Decision, Message, refuse
from schemas.commands import (
    AcceptTask,
    AgentCommand,
    CloseTask,
    Command,
    CompleteWrapUp,
    ConfigureAgent,
    ConfirmTask,
    DeclineTask,
    ExpireOffer,
    ExpireWrapUp,
    FinishTask,
    JoinAgent,
    LogIn,
    LogOut,
    OfferTask,
    ReleaseAgent,
    ReportAvailability,
    ReturnTask,
    SetMrdState,
    SetState,
    WithdrawOffer,
)
from schemas.events import (
    AgentEvent,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
    Event,
    MrdState,
    OfferExpired,
    OfferWithdrawn,
    RequeueReason,
    TaskAccepted,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.identifiers import derived_id
from schemas.replies import RefusalCode, StateReply, TaskReply

__all__ = ["AGENT", "Agent", "HeldTask", "Membership", "mrd_state"]


_REMEMBERED = 100


class Membership(msgspec.Struct, frozen=True):
    """The agent's part in one media routing domain; ``wanted`` is what the agent asked for in it, for ``reason``."""

    max_tasks: int
    wanted: bool = True
    reason: str | None = None


class HeldTask(msgspec.Struct, frozen=True):
    """``expires_at`` ends an offer or a wrap-up; an active task has none."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["reserved", "active", "wrap_up"]
    expires_at: datetime | None


class Agent(msgspec.Struct):
    """``declined`` maps the last declined tasks to their conversations, to recognise a repetition."""

    agent_id: str
    version: int = 0
    name: str = ""
    state: Literal["logged_out", "not_ready", "ready"] = "logged_out"
    reason: str | None = None
    mrds: dict[str, Membership] = {}
    tasks: dict[str, HeldTask] = {}
    declined: dict[str, str] = {}

    def accepting(self, mrd: str) -> bool:
        return self.state == "ready" and mrd in self.mrds and self.mrds[mrd].wanted

    def held(self, mrd: str) -> list[HeldTask]:
        return [task for task in self.tasks.values() if task.mrd == mrd]

    def active_count(self, mrd: str) -> int:
        """Tasks beyond offers: those worked and those wrapped up."""
        return sum(task.state != "reserved" for task in self.held(mrd))


def mrd_state(agent: Agent, mrd: str) -> MrdState:
    """The agent's state in a media routing domain: what was asked for plus the tasks held."""
    active = agent.active_count(mrd)
    if not agent.accepting(mrd):
        return "pending_not_ready" if active else "not_ready"
    if active >= agent.mrds[mrd].max_tasks:
        return "busy"
    if active:
        return "active"
    return "reserved" if agent.held(mrd) else "ready"


def decide(state: Agent, command: AgentCommand) -> Decision:
    decision = _decide(state, command)
    return _settle(state, command, decision)


def _decide(state: Agent, command: AgentCommand) -> Decision:
    match command:
        case LogIn():
            return _log_in(state, command)
        case LogOut():
            return _log_out(state, command)
        case SetState():
            return _set_state(state, command)
        case SetMrdState():
            return _set_mrd_state(state, command)
        case OfferTask():
            return _offer(state, command)
        case WithdrawOffer():
            return _withdraw(state, command)
        case AcceptTask():
            return _accept(state, command)
        case DeclineTask():
            return _decline(state, command)
        case ExpireOffer():
            return _expire_offer(state, command)
        case FinishTask():
            return _finish(state, command)
        case ExpireWrapUp():
            return _expire_wrap_up(state, command)
        case CloseTask():
            return Decision(_closed(state, command.task_id))
        case ConfigureAgent():
            return Decision()
    assert_never(command)


def _log_in(state: Agent, command: LogIn) -> Decision:
    if state.state != "logged_out":
        return Decision()
    return Decision([AgentLoggedIn(agent_id=command.agent_id, name=command.name, mrds=command.mrds)])


def _log_out(state: Agent, command: LogOut) -> Decision:
    """Offers go back to the line; conversations are requeued at their old place."""
    if state.state == "logged_out":
        return Decision()
    decision = _withdraw_offers(state, command, list(state.tasks.values()), "agent_logout")
    for task in state.tasks.values():
        if task.state == "reserved":
            continue
        decision.events += _closed(state, task.task_id, "agent_logout")
        release = ReleaseAgent(at=command.at, agent_id=state.agent_id, task_id=derived_id(task.task_id, "agent_logout"))
        decision.messages.append(Message(f"conversation-{task.conversation_id}", release))
    decision.events.append(AgentLoggedOut(reason=command.reason))
    return decision


def _set_state(state: Agent, command: SetState) -> Decision:
    if state.state == "logged_out":
        return refuse(RefusalCode.LOGGED_OUT, "log in before you change your state")
    if (state.state, state.reason) == (command.state, command.reason):
        return Decision()
    changed = AgentStateChanged(state=command.state, reason=command.reason)
    if command.state == "ready":
        return Decision([changed])
    decision = _withdraw_offers(state, command, list(state.tasks.values()), "agent_not_ready")
    decision.events.insert(0, changed)
    return decision


def _set_mrd_state(state: Agent, command: SetMrdState) -> Decision:
    if state.state == "logged_out":
        return refuse(RefusalCode.LOGGED_OUT, "log in before you change your state")
    if command.mrd not in state.mrds:
        return refuse(RefusalCode.UNKNOWN_MRD, f"you do not work in {command.mrd!r}")
    if state.mrds[command.mrd].wanted == (command.state == "ready"):
        return Decision()
    requested = AgentMrdStateRequested(mrd=command.mrd, state=command.state, reason=command.reason)
    if command.state == "ready":
        return Decision([requested])
    decision = _withdraw_offers(state, command, state.held(command.mrd), "agent_not_ready")
    decision.events.insert(0, requested)
    return decision


def _offer(state: Agent, command: OfferTask) -> Decision:
    """The router's offer is checked here once more: this actor alone owns the agent's capacity."""
    mrd = command.queue.mrd
    if not state.accepting(mrd) or len(state.held(mrd)) >= state.mrds[mrd].max_tasks:
        return Decision(messages=[_return(state, command, mrd, command.task_id, "agent_unavailable")])
    reserved = TaskReserved(
        task_id=command.task_id,
        conversation_id=command.conversation_id,
        mrd=mrd,
        queue=command.queue.name,
        reserved_at=command.at,
        expires_at=command.expires_at,
    )
    return Decision([reserved])


def _withdraw(state: Agent, command: WithdrawOffer) -> Decision:
    task = _reserved(state, command.task_id)
    if task is None:
        return Decision()
    withdrawn = OfferWithdrawn(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    return Decision([withdrawn])


def _accept(state: Agent, command: AcceptTask) -> Decision:
    task = state.tasks.get(command.task_id)
    if task is None:
        return _offer_gone()
    if task.state != "reserved":
        return Decision(reply=TaskReply(task.conversation_id, state.version, replayed=True))
    accepted = TaskAccepted(task_id=task.task_id, conversation_id=task.conversation_id)
    confirm = ConfirmTask(at=command.at, task_id=task.task_id, agent_id=state.agent_id)
    join = JoinAgent(at=command.at, agent_id=state.agent_id, agent_name=state.name, task_id=task.task_id)
    messages = [
        Message(f"router-{task.mrd}", confirm),
        Message(f"conversation-{task.conversation_id}", join),
    ]
    return Decision([accepted], messages, TaskReply(task.conversation_id, state.version + 1))


def _decline(state: Agent, command: DeclineTask) -> Decision:
    task = _reserved(state, command.task_id)
    if task is None and command.task_id in state.declined:
        return Decision(reply=TaskReply(state.declined[command.task_id], state.version, replayed=True))
    if task is None:
        return _offer_gone()
    declined = TaskDeclined(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    give_back = _return(state, command, task.mrd, task.task_id, "declined")
    return Decision([declined], [give_back], TaskReply(task.conversation_id, state.version + 1))


def _expire_offer(state: Agent, command: ExpireOffer) -> Decision:
    """RONA: the task goes to another, and the agent, who did not answer, goes not ready."""
    task = _reserved(state, command.task_id)
    if task is None:
        return Decision()
    others = [other for other in state.tasks.values() if other is not task]
    decision = _withdraw_offers(state, command, others, "agent_not_ready")
    expired = OfferExpired(task_id=task.task_id, conversation_id=task.conversation_id)
    decision.events[:0] = [expired, AgentStateChanged(state="not_ready", reason="rona")]
    decision.messages.insert(0, _return(state, command, task.mrd, task.task_id, "rona"))
    return decision


def _finish(state: Agent, command: FinishTask) -> Decision:
    task = state.tasks.get(command.task_id)
    if task is None or command.wrap_up_seconds <= 0:
        return Decision(_closed(state, command.task_id))
    expires_at = command.at + timedelta(seconds=command.wrap_up_seconds)
    started = WrapUpStarted(task_id=task.task_id, conversation_id=task.conversation_id, expires_at=expires_at)
    return Decision([started])


def _expire_wrap_up(state: Agent, command: ExpireWrapUp) -> Decision:
    """The conversation records the wrap-up's end and closes the task in return."""
    task = state.tasks.get(command.task_id)
    if task is None or task.state != "wrap_up":
        return Decision()
    complete = CompleteWrapUp(at=command.at, agent_id=state.agent_id, reason="timeout")
    return Decision(messages=[Message(f"conversation-{task.conversation_id}", complete)])


def _closed(state: Agent, task_id: str, reason: Literal["done", "agent_logout"] = "done") -> list[Event]:
    task = state.tasks.get(task_id)
    if task is None:
        return []
    return [TaskClosed(task_id=task_id, conversation_id=task.conversation_id, reason=reason)]


def _withdraw_offers(state: Agent, command: Command, tasks: list[HeldTask], reason: RequeueReason) -> Decision:
    offers = [task for task in tasks if task.state == "reserved"]
    return Decision(
        [OfferWithdrawn(task_id=task.task_id, conversation_id=task.conversation_id, reason=reason) for task in offers],
        [_return(state, command, task.mrd, task.task_id, reason) for task in offers],
    )


def _return(state: Agent, command: Command, mrd: str, task_id: str, reason: RequeueReason) -> Message:
    give_back = ReturnTask(at=command.at, task_id=task_id, agent_id=state.agent_id, reason=reason)
    return Message(f"router-{mrd}", give_back)


def _reserved(state: Agent, task_id: str) -> HeldTask | None:
    task = state.tasks.get(task_id)
    return task if task is not None and task.state == "reserved" else None


def _offer_gone() -> Decision:
    return refuse(RefusalCode.OFFER_GONE, "the offer was withdrawn, has expired or went to another agent")


def _settle(state: Agent, command: AgentCommand, decision: Decision) -> Decision:
    """Adds what follows from the events: changed states for all to see, and news for the routers.

    The news goes first, so that a task given back is not offered to this agent again.
    """
    after = msgspec.structs.replace(
        state, mrds=dict(state.mrds), tasks=dict(state.tasks), declined=dict(state.declined)
    )
    for event in decision.events:
        evolve(after, event)  # type: ignore[arg-type] # an agent decides agent events only
    news = []
    if isinstance(command, OfferTask) and not decision.events:
        news.append(_availability(state, after, command.queue.mrd, command.at))
    for mrd in after.mrds:
        decision.events += _state_change(state, after, mrd)
        if _availability_changed(state, after, mrd):
            news.append(_availability(state, after, mrd, command.at))
    decision.messages[:0] = news
    if decision.reply is None and isinstance(command, LogIn | LogOut | SetState | SetMrdState):
        version = state.version + len(decision.events)
        mrds = {mrd: mrd_state(after, mrd) for mrd in after.mrds}
        decision.reply = StateReply(after.state, mrds, version, after.reason)
    return decision


def _state_change(before: Agent, after: Agent, mrd: str) -> list[Event]:
    previous = mrd_state(before, mrd) if mrd in before.mrds else "not_ready"
    now = mrd_state(after, mrd)
    if now == previous:
        return []
    reason = after.mrds[mrd].reason if after.state == "ready" else after.reason
    return [AgentMrdStateChanged(mrd=mrd, state=now, previous=previous, reason=reason)]


def _availability_changed(before: Agent, after: Agent, mrd: str) -> bool:
    """Offers and acceptances the router counts itself; the rest it must be told."""
    if before.accepting(mrd) != after.accepting(mrd):
        return True
    return after.active_count(mrd) < before.active_count(mrd)


def _availability(before: Agent, after: Agent, mrd: str, at: datetime) -> Message:
    report = ReportAvailability(
        at=at,
        agent_id=after.agent_id,
        accepting=after.accepting(mrd),
        max_tasks=after.mrds[mrd].max_tasks if mrd in after.mrds else 0,
        active_tasks=after.active_count(mrd),
        returned=after.accepting(mrd) and not before.accepting(mrd),
    )
    return Message(f"router-{mrd}", report)


def evolve(state: Agent, event: AgentEvent) -> None:
    state.version += 1
    match event:
        case TaskReserved():
            state.declined.pop(event.task_id, None)
            state.tasks[event.task_id] = HeldTask(
                event.task_id, event.conversation_id, event.mrd, event.queue, "reserved", event.expires_at
            )
        case TaskAccepted():
            held = state.tasks[event.task_id]
            state.tasks[event.task_id] = msgspec.structs.replace(held, state="active", expires_at=None)
        case TaskDeclined():
            state.tasks.pop(event.task_id, None)
            state.declined[event.task_id] = event.conversation_id
            if len(state.declined) > _REMEMBERED:
                del state.declined[next(iter(state.declined))]
        case OfferExpired() | OfferWithdrawn() | TaskClosed():
            state.tasks.pop(event.task_id, None)
        case WrapUpStarted():
            held = state.tasks[event.task_id]
            state.tasks[event.task_id] = msgspec.structs.replace(held, state="wrap_up", expires_at=event.expires_at)
        case AgentStateChanged():
            state.state, state.reason = event.state, event.reason
        case AgentMrdStateRequested():
            membership = state.mrds[event.mrd]
            state.mrds[event.mrd] = Membership(membership.max_tasks, event.state == "ready", event.reason)
        case AgentLoggedIn():
            state.name = event.name
            state.declined = {}
            state.state, state.reason = "not_ready", "login"
            state.mrds = {mrd: Membership(max_tasks) for mrd, max_tasks in event.mrds.items()}
        case AgentLoggedOut():
            state.state, state.reason = "logged_out", event.reason
        case AgentMrdStateChanged():
            pass
        case _:
            assert_never(event)


def deadlines(state: Agent) -> Mapping[str, Deadline]:
    """``reserved-<task>``: the end of each pending offer; ``wrap_up-<task>``: the end of each wrap-up."""
    return {
        f"{task.state}-{task.task_id}": Deadline(task.expires_at, _expiry(task, task.expires_at))
        for task in state.tasks.values()
        if task.expires_at is not None
    }


def _expiry(task: HeldTask, at: datetime) -> Command:
    expire = ExpireOffer if task.state == "reserved" else ExpireWrapUp
    return expire(at=at, task_id=task.task_id)


def finished(state: Agent) -> bool:
    return state.state == "logged_out"


AGENT = Decider("agent", Agent, decide, evolve, deadlines, finished)
