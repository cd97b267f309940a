"""Customers who wait for an agent, and would rather be called back."""

from datetime import datetime

from gateways.conversations.changing import change_conversation
from gateways.services import Services
from projections import ConversationView
from schemas.actors import CUSTOMER
from schemas.commands import EndConversation
from schemas.content import Sender

__all__ = ["leave_line_for_callback", "waiting_since"]


def waiting_since(services: Services, view: ConversationView) -> datetime | None:
    """The instant by which the customer has a place in the line; None for a customer who does not wait, or only for the
    time of a callback."""
    if view.status != "waiting_for_agent":
        return None
    task = services.queues.task(view.mrd, view.task_id or "")
    return task.place.queued_at if task is not None and task.not_before is None else None


async def leave_line_for_callback(services: Services, view: ConversationView) -> None:
    """The conversation of a customer who waits in it ends. Any other goes on."""
    if view.status != "waiting_for_agent":
        return
    command = EndConversation(at=services.clock(), ended_by=Sender("customer"), reason="callback_requested")
    await change_conversation(services, view.conversation_id, command, CUSTOMER)
