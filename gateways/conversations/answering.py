"""Answers to applications: where the customer's first word leads a conversation that an application has started."""

from gateways.services import Services
from schemas.commands import Line
from schemas.identifiers import derived_id

__all__ = ["line_after_answer"]


def line_after_answer(services: Services, conversation_id: str) -> Line | None:
    """The line into which the customer's answer puts the conversation; None unless it waits for that answer."""
    view = services.conversations.get(conversation_id)
    if view is None or view.status != "waiting_for_customer":
        return None
    queue = services.configuration.queue_settings_of(view.queue, view.mrd, view.channel)
    return Line(queue, derived_id(conversation_id, "task"), view.last_agent)
