"""Channel sessions: one row for each time that a customer came to a conversation over a channel."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, on
from schemas.actors import vouches_for_customers
from schemas.events import ConversationEnded, ConversationStarted, CustomerReturned
from schemas.personal import Personal
from schemas.records import entity_id_of

__all__ = ["CHANNEL_SESSIONS", "SESSIONS", "ChannelSession"]


class ChannelSession(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the session began.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    number: Annotated[int, doc("Counts the conversation's sessions from 1.")]
    channel: Annotated[str, doc("The channel.")]
    customer_id: Annotated[str | None, Personal, doc("The customer's id; only a claim unless it is verified.")]
    customer_verified: Annotated[bool, doc("Whether the customer is proven to have the id. Count customers by it.")]
    customer_name: Annotated[str | None, Personal, doc("The customer's name.")]
    customer_email: Annotated[str | None, Personal, doc("The customer's email address.")]
    customer_phone: Annotated[str | None, Personal, doc("The customer's phone number.")]
    language: Annotated[str | None, doc("The language of the conversation.")]
    started_at: Annotated[Moment, doc("When the customer came.")]
    ended_at: Annotated[Moment | None, doc("When the session ended; empty while it lasts.")] = None
    disposition: Annotated[
        str | None, doc("The reason for which the conversation ended; returned if another session followed.")
    ] = None


class _Open(msgspec.Struct):
    conversation_id: str
    position: int


SESSIONS = Table(
    "channel_sessions",
    ChannelSession,
    key=("position",),
    grain="One row for each time that a customer came to a conversation: a start, or a return to the open one.",
    example="SELECT channel, count(*) AS sessions, avg(duration) AS average_seconds\nFROM channel_sessions\n"
    "GROUP BY channel\nORDER BY channel",
    spans=(Span("duration", "started_at", "ended_at", "How long the session lasted."),),
    indexes=(Index(("started_at",)), Index(("conversation_id",))),
)
_OPEN = Table("channel_sessions_open", _Open, key=("conversation_id",), internal=True)


def _started(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted) -> None:
    customer, actor = event.customer, recorded.record.actor
    _begin(
        tx,
        ChannelSession(
            position=recorded.record.position,
            conversation_id=event.conversation_id,
            number=1,
            channel=event.channel,
            customer_id=customer.id,
            customer_verified=customer.verified or (bool(customer.id) and vouches_for_customers(actor)),
            customer_name=customer.name,
            customer_email=customer.email,
            customer_phone=customer.phone,
            language=event.language,
            started_at=recorded.at,
        ),
    )


def _returned(tx: Transaction, recorded: RecordedEvent, event: CustomerReturned) -> None:
    before = _end(tx, recorded, "returned")
    if before is not None:
        session = msgspec.structs.replace(
            before,
            position=recorded.record.position,
            number=before.number + 1,
            started_at=recorded.at,
            ended_at=None,
            disposition=None,
        )
        _begin(tx, session)


def _ended(tx: Transaction, recorded: RecordedEvent, event: ConversationEnded) -> None:
    _end(tx, recorded, event.reason)


def _begin(tx: Transaction, session: ChannelSession) -> None:
    tx.add(SESSIONS, session)
    tx.add(_OPEN, _Open(session.conversation_id, session.position))


def _end(tx: Transaction, recorded: RecordedEvent, disposition: str) -> ChannelSession | None:
    open_session = tx.get(_OPEN, entity_id_of(recorded.record.stream))
    if open_session is None:
        return None
    session = tx.change(SESSIONS, open_session.position)
    if session is not None:
        session.ended_at, session.disposition = recorded.at, disposition
    tx.remove(_OPEN, open_session.conversation_id)
    return session


CHANNEL_SESSIONS = Projection(
    name="channel_sessions",
    version=2,
    description="Channel sessions: which customer came over which channel, from when to when.",
    tables=(SESSIONS, _OPEN),
    handlers=(
        on(ConversationStarted, _started),
        on(CustomerReturned, _returned),
        on(ConversationEnded, _ended),
    ),
)
