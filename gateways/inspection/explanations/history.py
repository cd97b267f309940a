"""Finds the router's decisions about one task without reading all its decisions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from actors.journal import Journal
from actors.journal.places import position_before
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentRequested,
    AssistEnded,
    AssistRequested,
    ConversationEnded,
    Event,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskQueued,
)
from schemas.records import Record, category_of, conversation_stream, entity_id_of, router_stream

__all__ = ["TaskHistory", "conversation_of_task", "history_of_task"]

_PAGE = 1_000
_SLACK = timedelta(seconds=5)
_ALWAYS, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class TaskHistory(NamedTuple):
    """The MRD and the queue of a task, and the events about it there. A supervisor's task was never in a queue: its
    only event is that the supervisor joined."""

    mrd: str
    queue: str
    records: list[tuple[Record, Event]]


def history_of_task(journal: Journal, conversation_id: str, task_id: str) -> TaskHistory | None:
    """The task's history; None when the conversation has no such task. Blocks while it reads."""
    about = _about(task_id, journal.read_stream(conversation_stream(conversation_id)))
    for record, event in about:
        if isinstance(event, AgentRequested | AssistRequested) and event.task_id == task_id:
            routed = list(_routed(journal, event.queue.mrd, task_id, record, _end(about, record, task_id)))
            joined = [item for item in about if _joins(item[1], task_id)]
            return TaskHistory(event.queue.mrd, event.queue.name, routed or joined)
    joined = [item for item in about if _joins(item[1], task_id)]
    started = next((event for _, event in about if hasattr(event, "mrd")), None)
    return TaskHistory(getattr(started, "mrd", ""), getattr(started, "queue", ""), joined) if joined else None


def _about(task_id: str, records: list[Record]) -> list[tuple[Record, Event]]:
    """The conversation's events that may begin or end the task's history."""
    relevant = ("ConversationStarted", "AgentRequested", "ConversationEnded")
    mark = task_id.encode()
    return [
        (record, REGISTRY.decode(record))
        for record in records
        if REGISTRY.current_type(record) in relevant or mark in record.data
    ]


def _joins(event: Event, task_id: str) -> bool:
    return isinstance(event, AgentJoined) and event.task_id == task_id


def _end(about: list[tuple[Record, Event]], begin: Record, task_id: str) -> Record | None:
    """The conversation's event with which the task left the queue; None while it waits."""
    for record, event in about:
        if record.version <= begin.version:
            continue
        match event:
            case AgentJoined() | AssistEnded() if event.task_id == task_id:
                return record
            case ConversationEnded():
                return record
            case AgentRequested() if event.task_id != task_id:
                return record
    return None


def _routed(
    journal: Journal, mrd: str, task_id: str, begin: Record, end: Record | None
) -> Iterator[tuple[Record, Event]]:
    """The router's events about the task. None of them is later than the commit in which the conversation recorded the
    task's end."""
    mark, after = task_id.encode(), begin.position - 1
    while records := journal.read_streams([router_stream(mrd)], after, _PAGE):
        for record in records:
            if end is not None and record.position > end.position and _cause(record) != _cause(end):
                return
            if mark not in record.data:
                continue
            event = REGISTRY.decode(record)
            yield record, event
            if isinstance(event, TaskAssigned | TaskCancelled | TaskExpired):
                return
        after = records[-1].position


def _cause(record: Record) -> str:
    """The part that the ids of all events of one command have in common (see schemas.identifiers)."""
    return record.event_id[:-4]


def conversation_of_task(journal: Journal, task_id: str, max_records: int | None = None) -> str | None:
    """The conversation of a task of which only the id is known. The search begins at the time that the id contains, and
    reads at most ``max_records``. Blocks while it reads."""
    after, left, mark = position_before(journal, _made_at(task_id)), max_records, task_id.encode()
    while records := journal.read_all(after, _PAGE if left is None else min(_PAGE, left)):
        for record in records:
            if mark in record.data and (found := _conversation(record, task_id)) is not None:
                return found
        after = records[-1].position
        left = None if left is None else left - len(records)
    return None


def _conversation(record: Record, task_id: str) -> str | None:
    event = REGISTRY.decode(record)
    if getattr(event, "task_id", None) != task_id:
        return None
    if category_of(record.stream) == "conversation":
        return entity_id_of(record.stream)
    return event.conversation_id if isinstance(event, TaskQueued) else None


def _made_at(task_id: str) -> datetime:
    """A time before the id was made. A UUIDv7 contains the time at which it was made, or the time of the id from which
    it was derived."""
    if task_id[14] != "7":
        return _ALWAYS
    try:
        made = datetime.fromtimestamp(int(task_id[:8] + task_id[9:13], 16) / 1000, UTC)
    except (OverflowError, ValueError):
        return _NEVER
    return made - _SLACK
