"""First responses: one row for each conversation of a customer in which an agent was asked for, with the first message
that an agent wrote after that."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, moment_of, on
from schemas.events import AgentRequested, ConversationEnded, ConversationStarted, MessagePosted, QueueChanged
from schemas.records import entity_id_of

__all__ = ["FIRST_RESPONSES", "RESPONSES", "FirstResponse"]


class FirstResponse(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which an agent was first asked for.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    channel: Annotated[str, doc("The conversation's channel.")]
    queue: Annotated[str, doc("The queue in which an agent was last asked for before the response.")]
    mrd: Annotated[str, doc("That queue's MRD.")]
    asked_at: Annotated[Moment, doc("When an agent was first asked for; for a later time, that time.")]
    responded_at: Annotated[Moment | None, doc("When an agent first wrote after that; empty if none has.")] = None
    agent_id: Annotated[str | None, doc("The agent who wrote.")] = None
    ended_at: Annotated[Moment | None, doc("When the conversation ended without a response.")] = None


class _Expecting(msgspec.Struct):
    """A conversation without a response. ``position`` is that of its row, None until an agent is asked for."""

    conversation_id: str
    channel: str
    position: int | None = None


RESPONSES = Table(
    "first_responses",
    FirstResponse,
    key=("position",),
    grain="One row for each conversation of a customer in which an agent was asked for.",
    example="SELECT queue, count(*) AS asked, count(responded_at) AS responded, avg(response) AS average_seconds\n"
    "FROM first_responses\nGROUP BY queue\nORDER BY queue",
    spans=(Span("response", "asked_at", "responded_at", "How long it took until an agent wrote."),),
    indexes=(Index(("asked_at",)), Index(("conversation_id",))),
)
_EXPECTING = Table("first_responses_open", _Expecting, key=("conversation_id",), internal=True)


def _started(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted) -> None:
    if event.direction == "inbound":
        tx.add(_EXPECTING, _Expecting(event.conversation_id, event.channel))


def _agent_requested(tx: Transaction, recorded: RecordedEvent, event: AgentRequested) -> None:
    expecting = tx.change(_EXPECTING, entity_id_of(recorded.record.stream))
    if expecting is None:
        return
    known = _current(tx, recorded)
    if known is not None:
        known.queue, known.mrd = event.queue.name, event.queue.mrd
        return
    expecting.position = recorded.record.position
    row = FirstResponse(
        position=expecting.position,
        conversation_id=expecting.conversation_id,
        channel=expecting.channel,
        queue=event.queue.name,
        mrd=event.queue.mrd,
        asked_at=max(recorded.at, moment_of(event.queued_at)),
    )
    tx.add(RESPONSES, row)


def _queue_changed(tx: Transaction, recorded: RecordedEvent, event: QueueChanged) -> None:
    row = _current(tx, recorded)
    if row is not None:
        row.queue, row.mrd = event.queue.name, event.queue.mrd


def _posted(tx: Transaction, recorded: RecordedEvent, event: MessagePosted) -> None:
    """A response to what was asked for a later time counts as given at once."""
    row = _current(tx, recorded) if event.sender.type == "agent" else None
    if row is not None:
        row.asked_at = min(row.asked_at, recorded.at)
        row.responded_at, row.agent_id = recorded.at, event.sender.id
        tx.remove(_EXPECTING, row.conversation_id)


def _ended(tx: Transaction, recorded: RecordedEvent, event: ConversationEnded) -> None:
    """A customer who leaves before the time for which an agent was asked did not wait for a response."""
    row = _current(tx, recorded)
    if row is not None and recorded.at < row.asked_at:
        tx.remove(RESPONSES, row.position)
    elif row is not None:
        row.ended_at = recorded.at
    tx.remove(_EXPECTING, entity_id_of(recorded.record.stream))


def _current(tx: Transaction, recorded: RecordedEvent) -> FirstResponse | None:
    expecting = tx.get(_EXPECTING, entity_id_of(recorded.record.stream))
    if expecting is None or expecting.position is None:
        return None
    return tx.change(RESPONSES, expecting.position)


FIRST_RESPONSES = Projection(
    name="first_responses",
    version=1,
    description="First responses: when customers' conversations asked for an agent, and when one wrote.",
    tables=(RESPONSES, _EXPECTING),
    handlers=(
        on(ConversationStarted, _started),
        on(AgentRequested, _agent_requested),
        on(QueueChanged, _queue_changed),
        on(MessagePosted, _posted),
        on(ConversationEnded, _ended),
    ),
)
