"""The whole explanation of one task."""

import msgspec

from actors.journal import Journal
from gateways.inspection.explanations.history import history_of_task
from gateways.inspection.explanations.sentences import Lookups, sentence
from schemas.events import REGISTRY, Event
from schemas.records import Record

__all__ = ["RoutingDecision", "TaskExplanation", "decision_of", "explain"]


class RoutingDecision(msgspec.Struct, frozen=True):
    """One event of the router: ``data`` as recorded, ``sentence`` in words."""

    position: int
    at: str
    type: str
    sentence: str
    data: msgspec.Raw


class TaskExplanation(msgspec.Struct, frozen=True):
    """``queue`` is the one in which the task was put first."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    decisions: list[RoutingDecision]


def explain(journal: Journal, conversation_id: str, task_id: str, lookups: Lookups) -> TaskExplanation | None:
    """The explanation; None when the conversation has no such task. Blocks while it reads."""
    history = history_of_task(journal, conversation_id, task_id)
    if history is None:
        return None
    decisions = [decision_of(record, event, lookups) for record, event in history.records]
    return TaskExplanation(task_id, conversation_id, history.mrd, history.queue, decisions)


def decision_of(record: Record, event: Event, lookups: Lookups) -> RoutingDecision:
    return RoutingDecision(
        position=record.position,
        at=record.at,
        type=REGISTRY.current_type(record),
        sentence=_with_time(record.at, event, lookups),
        data=msgspec.Raw(REGISTRY.current_data(record)),
    )


def _with_time(at: str, event: Event, lookups: Lookups) -> str:
    clock = lookups.clock._replace(at=at)
    return f"{clock.time(at)} {sentence(event, lookups._replace(clock=clock))}"
