"""Waits in queues: one row for each time a task stood in a queue."""

from typing import Annotated

import msgspec

from projections.runner import (
    Duration,
    Index,
    Moment,
    Projection,
    RecordedEvent,
    Span,
    Table,
    Transaction,
    doc,
    moment_of,
    on,
)
from schemas.events import (
    QueueConfigured,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.records import entity_id_of

__all__ = ["QUEUE_WAITS", "WAITS", "QueueWait"]

ABANDONED = frozenset({"customer_left", "customer_inactive"})
"""The reasons for which a customer no longer waits."""
_SECOND = 1_000_000
_DEFAULT_THRESHOLD = 60 * _SECOND


class QueueWait(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the task came into the queue.")]
    task_id: Annotated[str, doc("The task.")]
    conversation_id: Annotated[str, doc("The conversation on whose behalf it waits.")]
    queue: Annotated[str, doc("The queue.")]
    mrd: Annotated[str, doc("The queue's MRD.")]
    direction: Annotated[str, doc("Why the task is there: inbound, transfer_direct, consult and others.")]
    priority: Annotated[int, doc("The task's priority, 10 highest.")]
    service_level: Annotated[Duration, doc("The queue's service-level threshold when the task came in.")]
    entered_at: Annotated[Moment, doc("When it came into the queue; for a scheduled task, when it was due.")]
    left_at: Annotated[Moment | None, doc("When it left the queue; empty while it waits.")] = None
    outcome: Annotated[
        str | None, doc("answered, abandoned, expired (nobody took it in time), moved (to another queue) or cancelled.")
    ] = None
    reason: Annotated[str | None, doc("The recorded reason, if it was not answered.")] = None
    agent_id: Annotated[str | None, doc("The agent who answered.")] = None
    offers: Annotated[int, doc("How often it was offered to an agent.")] = 0
    rona: Annotated[int, doc("How many offers were not answered in time.")] = 0
    declined: Annotated[int, doc("How many offers were declined.")] = 0


class _Waiting(msgspec.Struct):
    task_id: str
    position: int


class _Threshold(msgspec.Struct):
    mrd: str
    queue: str
    service_level: Duration


WAITS = Table(
    "queue_waits",
    QueueWait,
    key=("position",),
    grain="One row for each time that a task stood in a queue, from its coming to its leaving.",
    example="SELECT queue, count(*) AS offered, sum(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) AS answered,\n"
    "       avg(CASE WHEN outcome = 'answered' THEN wait END) AS average_speed_of_answer\n"
    "FROM queue_waits\nGROUP BY queue\nORDER BY queue",
    spans=(Span("wait", "entered_at", "left_at", "How long it waited."),),
    indexes=(
        Index(("entered_at",)),
        Index(("left_at", "entered_at")),
        Index(("conversation_id",)),
        Index(("queue",), "left_at IS NULL"),
    ),
)
_WAITING = Table("queue_waits_open", _Waiting, key=("task_id",), internal=True)
_THRESHOLDS = Table("queue_waits_thresholds", _Threshold, key=("mrd", "queue"), internal=True)


def _configured(tx: Transaction, recorded: RecordedEvent, event: QueueConfigured) -> None:
    service_level = round(event.queue.service_level_seconds * _SECOND)
    tx.add(_THRESHOLDS, _Threshold(entity_id_of(recorded.record.stream), event.name, service_level))


def _queued(tx: Transaction, recorded: RecordedEvent, event: TaskQueued) -> None:
    due = moment_of(event.not_before) if event.not_before is not None else 0
    _enter(
        tx,
        QueueWait(
            position=recorded.record.position,
            task_id=event.task_id,
            conversation_id=event.conversation_id,
            queue=event.queue.name,
            mrd=event.queue.mrd,
            direction=event.direction,
            priority=event.priority,
            service_level=_threshold(tx, event.queue.mrd, event.queue.name),
            entered_at=max(recorded.at, due),
        ),
    )


def _enter(tx: Transaction, wait: QueueWait) -> None:
    tx.add(WAITS, wait)
    tx.add(_WAITING, _Waiting(wait.task_id, wait.position))


def _threshold(tx: Transaction, mrd: str, queue: str) -> int:
    known = tx.get(_THRESHOLDS, mrd, queue)
    return known.service_level if known is not None else _DEFAULT_THRESHOLD


def _offered(tx: Transaction, recorded: RecordedEvent, event: TaskOffered) -> None:
    wait = _current(tx, event.task_id)
    if wait is not None:
        wait.offers += 1


def _requeued(tx: Transaction, recorded: RecordedEvent, event: TaskRequeued) -> None:
    wait = _current(tx, event.task_id)
    if wait is not None:
        wait.rona += event.reason == "rona"
        wait.declined += event.reason == "declined"


def _moved(tx: Transaction, recorded: RecordedEvent, event: TaskMoved) -> None:
    before = _leave(tx, recorded, event.task_id, "moved", event.reason)
    if before is not None:
        fresh = msgspec.structs.replace(
            before,
            position=recorded.record.position,
            queue=event.queue.name,
            mrd=event.queue.mrd,
            service_level=_threshold(tx, event.queue.mrd, event.queue.name),
            entered_at=max(recorded.at, before.entered_at),
            left_at=None,
            outcome=None,
            reason=None,
            offers=0,
            rona=0,
            declined=0,
        )
        _enter(tx, fresh)


def _assigned(tx: Transaction, recorded: RecordedEvent, event: TaskAssigned) -> None:
    wait = _leave(tx, recorded, event.task_id, "answered", None)
    if wait is not None:
        wait.agent_id = event.agent_id


def _cancelled(tx: Transaction, recorded: RecordedEvent, event: TaskCancelled) -> None:
    outcome = "abandoned" if event.reason in ABANDONED else "cancelled"
    _leave(tx, recorded, event.task_id, outcome, event.reason)


def _expired(tx: Transaction, recorded: RecordedEvent, event: TaskExpired) -> None:
    outcome = "expired" if event.reason == "no_agent_available" else "cancelled"
    _leave(tx, recorded, event.task_id, outcome, event.reason)


def _current(tx: Transaction, task_id: str) -> QueueWait | None:
    waiting = tx.get(_WAITING, task_id)
    return tx.change(WAITS, waiting.position) if waiting is not None else None


def _leave(
    tx: Transaction, recorded: RecordedEvent, task_id: str, outcome: str, reason: str | None
) -> QueueWait | None:
    """A task that leaves before it was due was never in the queue."""
    wait = _current(tx, task_id)
    if wait is None:
        return None
    tx.remove(_WAITING, task_id)
    if recorded.at < wait.entered_at:
        tx.remove(WAITS, wait.position)
    else:
        wait.left_at, wait.outcome, wait.reason = recorded.at, outcome, reason
    return wait


QUEUE_WAITS = Projection(
    name="queue_waits",
    version=1,
    description="Waits in queues: who came when, and how the wait ended.",
    tables=(WAITS, _WAITING, _THRESHOLDS),
    handlers=(
        on(QueueConfigured, _configured),
        on(TaskQueued, _queued),
        on(TaskOffered, _offered),
        on(TaskRequeued, _requeued),
        on(TaskMoved, _moved),
        on(TaskAssigned, _assigned),
        on(TaskCancelled, _cancelled),
        on(TaskExpired, _expired),
    ),
)
