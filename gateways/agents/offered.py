"""What an agent who is offered a task sees of it before answering."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from actors.agent import HeldTask
from actors.journal import Journal
from gateways.agents.offers import note_of_task
from gateways.exceptions import RefusedError
from gateways.inspection.explanations import Lookups, RoutingDecision, decision_of
from gateways.services import Services
from projections import ConversationView, in_words
from schemas.content import Sender
from schemas.events import REGISTRY, MessagePosted
from schemas.records import conversation_stream
from schemas.replies import RefusalCode

__all__ = ["Line", "OfferedTask", "find_offer", "list_offers"]

_MAX_LINES = 6
_MAX_RECORDS = 60
"""So many of a conversation's last records are read for its last lines."""
_MAX_LINE = 500


class Line(NamedTuple):
    """A message in words, cut off where it is long."""

    message_id: str
    at: str
    sender: Sender
    text: str


class OfferedTask(NamedTuple):
    """``decision`` is the router's, by which the task is offered to this agent; ``queued_at`` is when the customer
    came into the line; ``note`` is from the agent who asks for another agent."""

    task: HeldTask
    conversation: ConversationView
    queued_at: datetime | None
    note: str | None
    decision: RoutingDecision | None
    lines: list[Line]


async def list_offers(services: Services, agent_id: str) -> list[OfferedTask]:
    """What is offered to the agent now."""
    offers = [_offered(services, task) for task in services.agents.held(agent_id) if task.state == "reserved"]
    known = [offer for offer in offers if offer is not None]
    return await asyncio.to_thread(_with_lines, services.journal, known) if known else []


async def find_offer(services: Services, agent_id: str, task_id: str) -> OfferedTask:
    """Raises RefusedError when the task is not offered to the agent."""
    for offer in await list_offers(services, agent_id):
        if offer.task.task_id == task_id:
            return offer
    raise RefusedError(RefusalCode.OFFER_GONE, "the task is not offered to you, or not any more")


def _offered(services: Services, task: HeldTask) -> OfferedTask | None:
    view = services.conversations.get(task.conversation_id)
    if view is None:
        return None
    in_line = services.queues.task(task.mrd, task.task_id)
    record = services.queues.offer(task.task_id)
    lookups = Lookups(lambda agent_id: services.agents.view(agent_id).name, services.queues.steps)
    return OfferedTask(
        task=task,
        conversation=view,
        queued_at=in_line.place.queued_at if in_line is not None else None,
        note=note_of_task(services, task.conversation_id, task.task_id),
        decision=None if record is None else decision_of(record, REGISTRY.decode(record), lookups),
        lines=[],
    )


def _with_lines(journal: Journal, offers: list[OfferedTask]) -> list[OfferedTask]:
    return [offer._replace(lines=_last_lines(journal, offer.conversation)) for offer in offers]


def _last_lines(journal: Journal, view: ConversationView) -> list[Line]:
    """The last messages that the customer has written or seen, oldest first. Blocks while it reads."""
    records = journal.read_stream(conversation_stream(view.conversation_id), max(0, view.version - _MAX_RECORDS))
    posted = [(record.at, REGISTRY.decode(record)) for record in records if REGISTRY.current_type(record) == _MESSAGE]
    return [
        Line(event.message_id, at, event.sender, in_words(event.content)[:_MAX_LINE])
        for at, event in posted[-_MAX_LINES:]
        if isinstance(event, MessagePosted)
    ]


_MESSAGE = MessagePosted.__name__
