"""A task's whole explanation."""

import msgspec

from actors.journal import Journal
from gateways.inspection.explanations.history import history_of_task
from gateways.inspection.explanations.sentences import Words, sentence
from schemas.api.agent import RoutingDecision, TaskExplanation
from schemas.events import REGISTRY

__all__ = ["explain"]


def explain(journal: Journal, conversation_id: str, task_id: str, words: Words) -> TaskExplanation | None:
    """None when the conversation has no such task. Blocks while it reads."""
    history = history_of_task(journal, conversation_id, task_id)
    if history is None:
        return None
    decisions = [
        RoutingDecision(
            position=record.position,
            at=record.at,
            type=REGISTRY.current_type(record),
            sentence=f"{record.at[11:19]} {sentence(event, words)}",
            data=msgspec.Raw(REGISTRY.current_data(record)),
        )
        for record, event in history.records
    ]
    return TaskExplanation(task_id, conversation_id, history.mrd, history.queue, decisions)
