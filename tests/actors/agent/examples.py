"""Alice, her tasks and what she does, in a few words."""

from typing import Any

import msgspec

from actors.agent import AGENT
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import (
    AcceptTask,
    AssignTaskDirectly,
    CloseTask,
    Command,
    DeclineTask,
    ExpireOffer,
    FinishTask,
    LogIn,
    LogOut,
    OfferTask,
    ReleaseAgent,
    ReportAvailability,
    ReturnTask,
    SetState,
    StartOutboundConversation,
    StartOutboundTask,
    WithdrawOffer,
)
from schemas.content import TextContent
from schemas.events import (
    AgentConfigured,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
    Customer,
    Event,
    MrdState,
    OfferWithdrawn,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
    TaskReserved,
    WrapUpStarted,
)
from schemas.identifiers import derived_id
from schemas.queues import QueueSettings
from schemas.records import conversation_stream, router_stream
from schemas.tasks import CloseReason, Direction, RequeueReason
from tests.actors.scenario import scenario
from tests.examples import CALLBACK, NOW, SUPPORT, identifier, later

__all__ = [
    "CHAT_OFF",
    "CHAT_ON",
    "CONVERSATIONS",
    "GO_READY",
    "GO_TO_LUNCH",
    "LOGGED_IN",
    "LOGGED_OUT",
    "LOG_OUT",
    "LUNCH",
    "MRDS",
    "QUEUES",
    "READY",
    "SETTINGS",
    "TASKS",
    "accept",
    "accepted",
    "assign_directly",
    "assigned_directly",
    "changed",
    "close",
    "closed",
    "configured",
    "decline",
    "expire_offer",
    "finish",
    "give_back",
    "given",
    "holding",
    "log_in",
    "logged_in",
    "offer",
    "release",
    "report",
    "reserved",
    "settings",
    "start_outbound",
    "withdraw",
    "withdrawn",
    "wrap_up_started",
]

given = scenario(AGENT, "alice")

TASKS = [identifier(number) for number in range(1, 6)]
CONVERSATIONS = [identifier(number) for number in range(11, 16)]

MRDS = {"callback": MrdSettings(1, interruptible=False), "chat": MrdSettings(2)}
"""The MRD callback may not be interrupted: while Alice calls back, no one chats with her."""
QUEUES = {"chat": SUPPORT, "callback": CALLBACK}


def settings(**mrds: MrdSettings) -> AgentSettings:
    return AgentSettings(name="Alice", mrds=mrds)


SETTINGS = settings(chat=MRDS["chat"])


def logged_in(given_settings: AgentSettings = SETTINGS, **more: Any) -> AgentLoggedIn:
    fields = {"logged_in_at": NOW, **more}
    return AgentLoggedIn(
        agent_id="alice",
        name=given_settings.name,
        mrds=given_settings.mrds,
        attributes=given_settings.attributes,
        **fields,
    )


def log_in(given_settings: AgentSettings = SETTINGS, **more: Any) -> LogIn:
    return LogIn(at=NOW, agent_id="alice", settings=given_settings, **more)


LOGGED_IN = logged_in()
READY = AgentStateChanged(state="ready", reason=None, changed_at=NOW)
LUNCH = AgentStateChanged(state="not_ready", reason="lunch", changed_at=NOW)
CHAT_OFF = AgentMrdStateRequested(mrd="chat", state="not_ready", reason="training")
CHAT_ON = AgentMrdStateRequested(mrd="chat", state="ready", reason=None)
LOGGED_OUT = AgentLoggedOut(reason="logout")

GO_READY = SetState(at=NOW, state="ready")
GO_TO_LUNCH = SetState(at=NOW, state="not_ready", reason="lunch")
LOG_OUT = LogOut(at=NOW)


def named(number: int) -> dict[str, Any]:
    return {"task_id": TASKS[number], "conversation_id": CONVERSATIONS[number]}


def configured(given_settings: AgentSettings) -> AgentConfigured:
    return AgentConfigured(name=given_settings.name, mrds=given_settings.mrds, attributes=given_settings.attributes)


def reserved(number: int, mrd: str = "chat", direction: Direction = "inbound") -> TaskReserved:
    return TaskReserved(
        mrd=mrd,
        queue=QUEUES[mrd].name,
        reserved_at=NOW,
        expires_at=later(20),
        direction=direction,
        **named(number),
    )


def accepted(number: int, mrd: str = "chat") -> TaskAccepted:
    return TaskAccepted(mrd=mrd, queue=QUEUES[mrd].name, **named(number))


def holding(number: int, mrd: str = "chat") -> tuple[Event, Event]:
    return reserved(number, mrd), accepted(number, mrd)


def assigned_directly(number: int, direction: Direction = "monitor", mrd: str = "chat") -> TaskAssignedDirectly:
    return TaskAssignedDirectly(mrd=mrd, queue=QUEUES[mrd].name, direction=direction, **named(number))


def withdrawn(number: int, reason: str) -> OfferWithdrawn:
    return OfferWithdrawn(reason=reason, **named(number))


def wrap_up_started(number: int) -> WrapUpStarted:
    return WrapUpStarted(expires_at=later(30), **named(number))


def closed(number: int, reason: CloseReason = "done") -> TaskClosed:
    return TaskClosed(reason=reason, closed_at=NOW, **named(number))


def changed(state: MrdState, previous: MrdState, reason: str | None = None, mrd: str = "chat") -> AgentMrdStateChanged:
    return AgentMrdStateChanged(mrd=mrd, state=state, previous=previous, reason=reason)


def offer(number: int, queue: QueueSettings = SUPPORT, **more: Any) -> OfferTask:
    return OfferTask(at=NOW, queue=queue, expires_at=later(20), **named(number), **more)


def accept(number: int) -> AcceptTask:
    return AcceptTask(at=NOW, task_id=TASKS[number])


def decline(number: int) -> DeclineTask:
    return DeclineTask(at=NOW, task_id=TASKS[number], reason="not my topic")


def withdraw(number: int) -> WithdrawOffer:
    return WithdrawOffer(at=NOW, task_id=TASKS[number], reason="customer_left")


def expire_offer(number: int) -> ExpireOffer:
    return ExpireOffer(at=NOW, task_id=TASKS[number])


def assign_directly(number: int, direction: Direction = "monitor", mrd: str = "chat") -> AssignTaskDirectly:
    return AssignTaskDirectly(at=NOW, mrd=mrd, queue=QUEUES[mrd].name, direction=direction, **named(number))


def start_outbound(number: int, mrd: str = "chat") -> StartOutboundTask:
    start = StartOutboundConversation(
        at=NOW,
        channel="sms",
        customer=Customer(id="c-7", verified=True),
        queue=QUEUES[mrd],
        message_id=TASKS[number],
        request_digest="digest",
        agent_id="alice",
        agent_name="Alice",
        content=TextContent("Hello"),
        **named(number),
    )
    return StartOutboundTask(at=NOW, start=start)


def finish(number: int, wrap_up_seconds: float = 0.0) -> FinishTask:
    return FinishTask(at=NOW, task_id=TASKS[number], wrap_up_seconds=wrap_up_seconds)


def close(number: int, reason: CloseReason = "done") -> CloseTask:
    return CloseTask(at=NOW, task_id=TASKS[number], reason=reason)


def report(accepting: bool, active_tasks: int, *, mrd: str = "chat", **more: Any) -> tuple[str, ReportAvailability]:
    """The message to the router of an MRD in which Alice works as configured."""
    fields = {"max_tasks": MRDS[mrd].max_tasks, **more}
    command = ReportAvailability(at=NOW, agent_id="alice", accepting=accepting, active_tasks=active_tasks, **fields)
    return router_stream(mrd), command


def give_back(number: int, reason: RequeueReason, mrd: str = "chat") -> tuple[str, ReturnTask]:
    command = ReturnTask(at=NOW, task_id=TASKS[number], agent_id="alice", reason=reason)
    return router_stream(mrd), command


def release(number: int, reason: Any = "agent_logout", *, end: bool = False) -> tuple[str, ReleaseAgent]:
    task_id = derived_id(TASKS[number], reason)
    command = ReleaseAgent(at=NOW, agent_id="alice", task_id=task_id, reason=reason, end=end)
    return conversation_stream(CONVERSATIONS[number]), command


def at(command: Any, seconds: float) -> Command:
    """The same command or event, so many seconds later."""
    changed_command: Command = msgspec.structs.replace(command, at=later(seconds))
    return changed_command
