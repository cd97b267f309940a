"""The standing of a conversation, as far as its customer may know it."""

import msgspec

from gateways.conversations.queue_standings import agents_logged_in
from gateways.conversations.reading import find_conversation
from gateways.services import Services
from projections import ConversationParticipant

__all__ = ["ConversationStanding", "read_standing"]


class ConversationStanding(msgspec.Struct, frozen=True, kw_only=True):
    """``position`` is the place in the waiting line, from 1, and ``agents_logged_in`` counts the agents who may serve
    the customer; both are None while the customer does not wait. The estimated wait is None while there is nothing to
    base it on."""

    conversation_id: str
    status: str
    participants: list[ConversationParticipant]
    queue: str
    version: int
    position: int | None = None
    agents_logged_in: int | None = None
    estimated_wait_seconds: float | None = None


async def read_standing(services: Services, conversation_id: str) -> ConversationStanding:
    """Raises RefusedError when there is no such conversation."""
    view = await find_conversation(services, conversation_id)
    queues = services.queues
    task_id = (view.task_id or "") if view.status == "waiting_for_agent" else ""
    position = queues.position(view.mrd, task_id)
    return ConversationStanding(
        conversation_id=view.conversation_id,
        status="ended" if view.over else view.status,
        participants=view.participants(),
        queue=view.queue,
        version=view.version,
        position=position,
        agents_logged_in=None if position is None else agents_logged_in(services, view.queue),
        estimated_wait_seconds=queues.estimated_wait_of(view.mrd, task_id, services.clock()),
    )
