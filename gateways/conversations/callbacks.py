"""Callbacks: customers leave their number and are called, now or at the time that they choose."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from gateways.conversations.attributes import check_attributes, with_fields
from gateways.conversations.channels import channel_named, only_channel_of_kind, queue_named
from gateways.conversations.exceptions import PhoneNumberError
from gateways.conversations.opening_hours import calendar_of, opens_at, out_of_hours
from gateways.conversations.proving import conversation_of_start, customer_after
from gateways.conversations.reading import look_up_conversation, read_records
from gateways.conversations.waiting_customers import leave_line_for_callback, waiting_since
from gateways.conversations.wanted_times import check_wanted_at
from gateways.exceptions import invalid_field
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import StartConversation
from schemas.configuration import Channel
from schemas.events import REGISTRY, AgentRequested, ConversationStarted, Customer
from schemas.identifiers import derived_id, new_id
from schemas.instants import format_instant, parse_instant
from schemas.records import conversation_stream
from schemas.replies import StartReply

__all__ = ["CallbackWish", "ScheduledCallback", "callback_channel", "request_callback"]

_MAX_DAYS = 90


class CallbackWish(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's wish to be called back; without ``wanted_at``, as soon as possible. ``request_digest`` distinguishes
    a repetition from another request with the same id. ``presented`` is an earlier conversation whose token the
    customer sent along."""

    channel: str
    name: str
    phone: str
    request_digest: str
    id: str | None = None
    subject: str | None = None
    wanted_at: datetime | None = None
    attributes: dict[str, Any] = {}
    presented: str | None = None


class ScheduledCallback(msgspec.Struct, frozen=True, kw_only=True):
    """The customer is called from ``due`` on. ``moved`` is true when the queue is closed at the wanted time, so that
    ``due`` is the next opening. ``queued_at`` is the same instant by the journal's clock, as ``started_at`` is."""

    conversation_id: str
    status: str
    started_at: datetime
    due: datetime
    queued_at: datetime
    moved: bool
    replayed: bool


def callback_channel(services: Services, name: str | None) -> tuple[str, Channel]:
    """The channel of this name, or the only one for callbacks. Raises RefusedError when it is not for callbacks."""
    name = name or only_channel_of_kind(services.configuration, "callback", "callbacks")
    channel = channel_named(services.configuration, name)
    if channel.kind != "callback":
        raise invalid_field("channel", f"the channel {name} is not for callbacks: POST /customer/v1/conversations")
    return name, channel


async def request_callback(services: Services, wish: CallbackWish, actor: str) -> ScheduledCallback:
    """A wanted time while the queue is closed is moved to the next opening. A customer who waits in the presented
    conversation leaves its line, and keeps the place there if the call is wanted as soon as possible. Raises
    RefusedError."""
    if wish.presented is None:
        return await _request(services, wish, actor, None)
    async with services.starts.of(wish.presented):
        earlier = await look_up_conversation(services, wish.presented)
        scheduled = await _request(services, wish, actor, earlier)
        if earlier is not None:
            await leave_line_for_callback(services, earlier)
        return scheduled


async def _request(
    services: Services, wish: CallbackWish, actor: str, earlier: ConversationView | None
) -> ScheduledCallback:
    _, channel = callback_channel(services, wish.channel)
    wish = msgspec.structs.replace(wish, id=conversation_of_start(wish.id, actor))
    check_attributes(wish.attributes, ("subject", "wanted_at"))
    queue = queue_named(services.configuration, channel.queue)
    phone = _phone(services, queue.name, wish.phone)
    at, now = services.clock(), services.clock.machine()
    conversation_id = wish.id or new_id()
    due = await _due(services, queue.name, wish, now)
    later = due if due > now else None
    wanted_at = format_instant(later) if later is not None else None
    customer, same_customer_as = customer_after(Customer(name=wish.name, phone=phone), earlier)
    command = StartConversation(
        at=at,
        conversation_id=conversation_id,
        channel=wish.channel,
        customer=customer,
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=wish.request_digest,
        attributes=with_fields(wish.attributes, subject=wish.subject, wanted_at=wanted_at),
        inactivity_seconds=channel.inactivity_seconds,
        not_before=services.clock.when_machine_reads(later) if later is not None else None,
        waiting_since=waiting_since(services, earlier) if earlier is not None else None,
        direction="outbound",
        same_customer_as=same_customer_as,
    )
    stream = conversation_stream(conversation_id)
    reply = await ask(services, stream, command, actor, StartReply, conversation_id)
    return await _scheduled(services, wish, reply)


def _phone(services: Services, queue: str, text: str) -> str:
    """Numbers without a country code are dialled where the queue's calendar is."""
    from gateways.conversations.phone_numbers import to_e164  # the tables of phone numbers take long to import

    calendar = calendar_of(services, queue)
    try:
        return to_e164(text, calendar.country if calendar is not None else None)
    except PhoneNumberError as error:
        raise invalid_field("phone", str(error)) from error


async def _due(services: Services, queue: str, wish: CallbackWish, now: datetime) -> datetime:
    """The instant from which the customer is to be called. A repeated request is not checked again: it gets its first
    answer, whatever the time."""
    if wish.id is not None and await look_up_conversation(services, wish.id) is not None:
        return now
    if wish.wanted_at is not None:
        check_wanted_at(wish.wanted_at, now, _MAX_DAYS)
    due = opens_at(services, queue, wish.wanted_at or now)
    if due is None:
        never = invalid_field("wanted_at", "nobody calls after that; choose an earlier time")
        raise out_of_hours(services, queue) or never
    return due.astimezone(UTC)


async def _scheduled(services: Services, wish: CallbackWish, reply: StartReply) -> ScheduledCallback:
    """The answer is made from recorded events, so that a repeated request gets the same."""
    started_at = parse_instant(reply.started_at)
    events = [REGISTRY.decode(record) for record in await read_records(services, reply.conversation_id)]
    requested = next(event for event in events if isinstance(event, AgentRequested))
    started = next(event for event in events if isinstance(event, ConversationStarted))
    wanted_at = started.attributes.get("wanted_at")
    queued_at = max(requested.queued_at, started_at)
    due = queued_at if wanted_at is None else parse_instant(wanted_at)
    return ScheduledCallback(
        conversation_id=reply.conversation_id,
        status=reply.status,
        started_at=started_at,
        due=due,
        queued_at=queued_at,
        moved=due != (wish.wanted_at or started_at),
        replayed=reply.replayed,
    )
