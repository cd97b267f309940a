"""Alice in every state: as a whole, in the MRD chat, and one task of hers."""

from typing import Any, get_args

import msgspec

from actors.agent import mrd_state
from actors.decider import Decision
from schemas.agents import MrdSettings
from schemas.commands import (
    AgentCommand,
    Announce,
    Command,
    ConfigureAgent,
    Connect,
    Disconnect,
    ExpireConnection,
    ExpireIdleness,
    ExpireWrapUp,
    ReportActivity,
    ReturnTask,
    SetMrdState,
    StartOutboundTask,
    WarnOfIdleness,
)
from schemas.events import (
    AgentConnected,
    AgentDisconnected,
    AgentIdleWarned,
    Event,
    MrdState,
    TaskClosed,
)
from tests.actors.agent.examples import (
    CHAT_OFF,
    GO_READY,
    GO_TO_LUNCH,
    LOG_OUT,
    LOGGED_OUT,
    LUNCH,
    MRDS,
    READY,
    TASKS,
    accept,
    assign_directly,
    close,
    closed,
    decline,
    expire_offer,
    finish,
    given,
    holding,
    log_in,
    logged_in,
    offer,
    reserved,
    settings,
    start_outbound,
    withdraw,
    wrap_up_started,
)
from tests.actors.transitions.table import Subject
from tests.examples import NOW, later

__all__ = ["AGENT", "AGENT_MRD", "AGENT_TASK"]

BOTH = settings(**MRDS)
LOGGED_IN = logged_in(BOTH, idle_logout_seconds=100.0)
DISCONNECTED = (AgentConnected(), AgentDisconnected(expires_at=later(30)))
TASK, OTHER, OFFER, NEXT, CALL = range(5)
"""The task that is worked, a second one, the one that is offered, one yet to be offered, and one of the MRD
callback, which may not be interrupted."""
CALL_OFFERED = reserved(CALL, "callback")

COMMANDS: dict[str, Command] = {
    "LogIn": log_in(BOTH),
    "LogOut": LOG_OUT,
    "ConfigureAgent:more_tasks": ConfigureAgent(
        at=NOW, settings=settings(callback=MRDS["callback"], chat=MrdSettings(3))
    ),
    "ConfigureAgent:without_chat": ConfigureAgent(at=NOW, settings=settings(callback=MRDS["callback"])),
    "SetState:ready": GO_READY,
    "SetState:not_ready": GO_TO_LUNCH,
    "SetMrdState:ready": SetMrdState(at=NOW, mrd="chat", state="ready"),
    "SetMrdState:not_ready": SetMrdState(at=NOW, mrd="chat", state="not_ready", reason="training"),
    "Connect": Connect(at=NOW),
    "Disconnect": Disconnect(at=NOW),
    "ExpireConnection": ExpireConnection(at=later(30)),
    "WarnOfIdleness": WarnOfIdleness(at=later(80)),
    "ExpireIdleness": ExpireIdleness(at=later(100)),
    "ReportActivity": ReportActivity(at=NOW),
    "OfferTask": offer(NEXT),
    "OfferTask:picked": offer(NEXT, accepted=True),
    "WithdrawOffer": withdraw(OFFER),
    "AcceptTask": accept(OFFER),
    "AcceptTask:undisturbed": accept(CALL),
    "DeclineTask": decline(OFFER),
    "ExpireOffer": expire_offer(OFFER),
    "AssignTaskDirectly:monitor": assign_directly(NEXT),
    "AssignTaskDirectly:take_over": assign_directly(NEXT, "transfer_direct"),
    "StartOutboundTask": start_outbound(NEXT),
    "FinishTask": finish(TASK),
    "FinishTask:wrap_up": finish(TASK, 30),
    "ExpireWrapUp": ExpireWrapUp(at=later(30), task_id=TASKS[TASK]),
    "CloseTask": close(TASK),
    "CloseTask:undisturbed": close(CALL),
    "Announce": Announce(at=NOW, announcement_id="a", announced_by="sue", text="Lunch is ready"),
}

AGENT = Subject(
    situations={
        name: lambda events=events: given(*events)  # type: ignore[misc]
        for name, events in {
            "logged_out": (),
            "logged_out+before": (LOGGED_IN, READY, LOGGED_OUT),
            "not_ready": (LOGGED_IN,),
            "not_ready+warned": (LOGGED_IN, AgentIdleWarned(expires_at=later(100))),
            "not_ready+disconnected": (LOGGED_IN, *DISCONNECTED),
            "ready": (LOGGED_IN, READY),
            "ready+connected": (LOGGED_IN, READY, AgentConnected()),
            "ready+disconnected": (LOGGED_IN, READY, *DISCONNECTED),
            "ready+offer": (LOGGED_IN, READY, reserved(OFFER)),
            "ready+task": (LOGGED_IN, READY, *holding(TASK)),
        }.items()
    },
    commands={name: command for name, command in COMMANDS.items() if not name.endswith(":undisturbed")},
    commands_are=get_args(AgentCommand),
    states=("logged_out", "not_ready", "ready"),
    state_of=lambda state, decision: state.state,
)

IN_CHAT: dict[str, tuple[Event, ...]] = {
    "not_ready": (LOGGED_IN,),
    "not_ready+here": (LOGGED_IN, READY, CHAT_OFF),
    "ready": (LOGGED_IN, READY, CALL_OFFERED),
    "reserved": (LOGGED_IN, READY, CALL_OFFERED, reserved(OFFER)),
    "active": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK)),
    "active+offer": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK), reserved(OFFER)),
    "active+wrap_up": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK), wrap_up_started(TASK)),
    "busy": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK), *holding(OTHER)),
    "pending_not_ready": (LOGGED_IN, READY, *holding(TASK), LUNCH),
    "interrupted": (LOGGED_IN, READY, *holding(CALL, "callback")),
    "interrupted+task": (LOGGED_IN, READY, *holding(TASK), *holding(CALL, "callback")),
}

AGENT_MRD = Subject(
    situations={
        name: lambda events=events: given(*events)  # type: ignore[misc]
        for name, events in IN_CHAT.items()
    },
    commands=COMMANDS,
    commands_are=get_args(AgentCommand),
    states=get_args(MrdState),
    state_of=lambda state, decision: mrd_state(state, "chat"),
)


def _of_task(command: Command) -> Command:
    """The same for the one task that the table describes."""
    if isinstance(command, StartOutboundTask):
        return msgspec.structs.replace(command, start=msgspec.structs.replace(command.start, task_id=TASKS[TASK]))
    if getattr(command, "task_id", TASKS[CALL]) == TASKS[CALL]:
        return command
    changed: Any = msgspec.structs.replace(command, task_id=TASKS[TASK])
    return changed  # type: ignore[no-any-return]


def _task_state(state: Any, decision: Decision[Any]) -> str:
    held = state.tasks.get(TASKS[TASK])
    if held is not None:
        return str(held.state)
    returned = any(isinstance(message.command, ReturnTask) for message in decision.messages)
    ended = any(isinstance(event, TaskClosed) for event in decision.events)
    return "closed" if ended or not returned else "queued"


AGENT_TASK = Subject(
    situations={
        name: lambda events=events: given(*events)  # type: ignore[misc]
        for name, events in {
            "queued": (LOGGED_IN, READY),
            "queued+not_ready": (LOGGED_IN,),
            "queued+logged_out": (),
            "reserved": (LOGGED_IN, READY, CALL_OFFERED, reserved(TASK)),
            "active": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK)),
            "wrap_up": (LOGGED_IN, READY, CALL_OFFERED, *holding(TASK), wrap_up_started(TASK)),
            "wrap_up+not_ready": (LOGGED_IN, READY, *holding(TASK), wrap_up_started(TASK), LUNCH),
            "closed": (LOGGED_IN, READY, *holding(TASK), closed(TASK)),
        }.items()
    },
    commands={name: _of_task(command) for name, command in COMMANDS.items()},
    commands_are=get_args(AgentCommand),
    states=("queued", "reserved", "active", "wrap_up", "closed"),
    state_of=_task_state,
    concerns=lambda event: getattr(event, "task_id", None) == TASKS[TASK],
)
