"""Agents' tasks: one row for each task that an agent was offered, or held as a supervisor."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, on
from schemas.events import (
    OfferExpired,
    OfferWithdrawn,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.records import entity_id_of

__all__ = ["AGENT_TASKS", "TASKS", "AgentTask"]


class AgentTask(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the agent was offered the task.")]
    agent_id: Annotated[str, doc("The agent.")]
    task_id: Annotated[str, doc("The task.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    queue: Annotated[str, doc("The queue by whose rules the task was offered.")]
    mrd: Annotated[str, doc("The MRD (media routing domain).")]
    direction: Annotated[str, doc("Why the task is there: inbound, transfer_direct, consult, monitor and others.")]
    offered_at: Annotated[Moment, doc("When it was offered.")]
    accepted_at: Annotated[Moment | None, doc("When the agent accepted; empty if the agent did not.")] = None
    wrap_up_at: Annotated[Moment | None, doc("When the wrap-up began; empty if there was none.")] = None
    closed_at: Annotated[Moment | None, doc("When it was over for this agent; empty while it is not.")] = None
    disposition: Annotated[
        str | None,
        doc("How it ended: done, transferred, rona, declined, withdrawn, customer_left, agent_logout and others."),
    ] = None
    reason: Annotated[str | None, doc("Why an offer was withdrawn.")] = None


class _Held(msgspec.Struct):
    agent_id: str
    task_id: str
    position: int


TASKS = Table(
    "agent_tasks",
    AgentTask,
    key=("position",),
    grain="One row for each task that an agent was offered, or took part in as a supervisor, or began.",
    example="SELECT agent_id, queue, count(*) AS offered, avg(talk) AS average_talk, avg(handle) AS average_handle\n"
    "FROM agent_tasks\nWHERE direction NOT IN ('monitor', 'barge_in')\nGROUP BY agent_id, queue\n"
    "ORDER BY agent_id, queue",
    spans=(
        Span("alert", "offered_at", ("accepted_at", "closed_at"), "From the offer to its acceptance, or to its end."),
        Span("talk", "accepted_at", ("wrap_up_at", "closed_at"), "From acceptance to wrap-up, or to close."),
        Span("wrap_up", "wrap_up_at", "closed_at", "How long the wrap-up took."),
        Span("handle", "accepted_at", "closed_at", "From acceptance to close."),
    ),
    indexes=(
        Index(("offered_at",)),
        Index(("closed_at", "offered_at")),
        Index(("conversation_id",)),
        Index(("agent_id",), "closed_at IS NULL"),
    ),
)
_HELD = Table("agent_tasks_open", _Held, key=("agent_id", "task_id"), internal=True)


def _reserved(tx: Transaction, recorded: RecordedEvent, event: TaskReserved) -> None:
    _begin(tx, recorded, event)


def _supervised(tx: Transaction, recorded: RecordedEvent, event: TaskAssignedDirectly) -> None:
    """A task that the agent holds already changes its direction."""
    task = _current(tx, recorded, event.task_id)
    if task is None:
        task = _begin(tx, recorded, event)
        task.accepted_at = recorded.at
    task.direction = event.direction


def _begin(tx: Transaction, recorded: RecordedEvent, event: TaskReserved | TaskAssignedDirectly) -> AgentTask:
    task = AgentTask(
        position=recorded.record.position,
        agent_id=entity_id_of(recorded.record.stream),
        task_id=event.task_id,
        conversation_id=event.conversation_id,
        queue=event.queue,
        mrd=event.mrd,
        direction=event.direction,
        offered_at=recorded.at,
    )
    tx.add(_HELD, _Held(task.agent_id, task.task_id, task.position))
    return tx.add(TASKS, task)


def _accepted(tx: Transaction, recorded: RecordedEvent, event: TaskAccepted) -> None:
    task = _current(tx, recorded, event.task_id)
    if task is not None:
        task.accepted_at = recorded.at


def _wraps_up(tx: Transaction, recorded: RecordedEvent, event: WrapUpStarted) -> None:
    task = _current(tx, recorded, event.task_id)
    if task is not None:
        task.wrap_up_at = recorded.at


def _closed(tx: Transaction, recorded: RecordedEvent, event: TaskClosed) -> None:
    _end(tx, recorded, event.task_id, event.reason)


def _declined(tx: Transaction, recorded: RecordedEvent, event: TaskDeclined) -> None:
    _end(tx, recorded, event.task_id, "declined")


def _expired(tx: Transaction, recorded: RecordedEvent, event: OfferExpired) -> None:
    _end(tx, recorded, event.task_id, "rona")


def _withdrawn(tx: Transaction, recorded: RecordedEvent, event: OfferWithdrawn) -> None:
    task = _end(tx, recorded, event.task_id, "withdrawn")
    if task is not None:
        task.reason = event.reason


def _current(tx: Transaction, recorded: RecordedEvent, task_id: str) -> AgentTask | None:
    held = tx.get(_HELD, entity_id_of(recorded.record.stream), task_id)
    return tx.change(TASKS, held.position) if held is not None else None


def _end(tx: Transaction, recorded: RecordedEvent, task_id: str, disposition: str) -> AgentTask | None:
    task = _current(tx, recorded, task_id)
    if task is not None:
        task.closed_at, task.disposition = recorded.at, disposition
        tx.remove(_HELD, task.agent_id, task_id)
    return task


AGENT_TASKS = Projection(
    name="agent_tasks",
    version=1,
    description="Agents' tasks: offered, accepted, wrapped up and closed when, and how they ended.",
    tables=(TASKS, _HELD),
    handlers=(
        on(TaskReserved, _reserved),
        on(TaskAssignedDirectly, _supervised),
        on(TaskAccepted, _accepted),
        on(WrapUpStarted, _wraps_up),
        on(TaskClosed, _closed),
        on(TaskDeclined, _declined),
        on(OfferExpired, _expired),
        on(OfferWithdrawn, _withdrawn),
    ),
)
