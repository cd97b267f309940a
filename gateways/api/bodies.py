"""The bodies of the APIs' answers, made from the live views of agents, queues and conversations."""

import msgspec

from actors.agent import HeldTask
from gateways.agents.offered import OfferedTask
from gateways.conversations.queue_standings import QueueStanding
from projections import AgentView, ConversationParticipant, ConversationView, MrdView
from schemas.api.agent import (
    AgentState,
    Conversation,
    MrdState,
    Offer,
    OfferLine,
    QueueState,
    RaisedHand,
    RoutingDecision,
    Task,
)
from schemas.api.customer import Participant

__all__ = ["agent_body", "conversation_body", "mrd_body", "offer_body", "participant_body", "queue_body", "task_body"]


def mrd_body(view: MrdView) -> MrdState:
    return MrdState(view.mrd, view.state, view.tasks, view.max_tasks, view.reason)


def agent_body(view: AgentView) -> AgentState:
    mrds = [mrd_body(mrd) for mrd in view.mrds]
    return AgentState(view.agent_id, view.name, view.state, mrds, view.reason, view.since)


def task_body(task: HeldTask, note: str | None = None) -> Task:
    """``note`` is from the agent who asks for another agent by this task."""
    return Task(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        mrd=task.mrd,
        queue=task.queue,
        state=task.state,
        expires_at=task.expires_at,
        direction=task.direction,
        note=note,
    )


def offer_body(offer: OfferedTask, reader: str) -> Offer:
    task, view = offer.task, offer.conversation
    decided = offer.decision
    return Offer(
        task_id=task.task_id,
        expires_at=task.expires_at,
        conversation=conversation_body(view, reader),
        customer=view.customer,
        attributes=view.attributes,
        lines=[OfferLine(*line) for line in offer.lines],
        queued_at=offer.queued_at,
        note=offer.note,
        decision=None if decided is None else RoutingDecision(*msgspec.structs.astuple(decided)),
    )


def queue_body(standing: QueueStanding) -> QueueState:
    return QueueState(**msgspec.structs.asdict(standing))


def participant_body(participant: ConversationParticipant) -> Participant:
    return Participant(participant.type, participant.role, participant.id, participant.name, participant.verified)


def conversation_body(view: ConversationView, reader: str | None = None) -> Conversation:
    """The conversation as agents see it, with everyone who takes part, and what is unread by the agent ``reader``."""
    return Conversation(
        conversation_id=view.conversation_id,
        channel=view.channel,
        status=view.status,
        queue=view.queue,
        mrd=view.mrd,
        participants=[participant_body(participant) for participant in view.everyone()],
        started_at=view.started_at,
        version=view.version,
        messages=view.messages,
        ended_at=view.ended_at,
        end_reason=view.end_reason,
        last_message=view.last_message,
        last_message_at=view.last_message_at,
        last_message_by=view.last_message_by,
        language=view.language,
        expected=view.expected,
        unanswered_since=view.unanswered_since,
        unread=len(view.unread.get(reader or "", ())),
        labels=view.labels,
        hands=[RaisedHand(agent_id, reason) for agent_id, reason in view.hands.items()],
    )
