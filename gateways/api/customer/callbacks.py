"""Callbacks: customers leave their number and are called, now or when they want."""

from datetime import UTC, datetime, timedelta

from gateways.conversations.attributes import check_attributes, with_told
from gateways.conversations.channels import channel_named, only_channel_of_kind, queue_named, sender_on
from gateways.conversations.exceptions import PhoneNumberError
from gateways.conversations.opening_hours import calendar_of, opens_at, out_of_hours
from gateways.conversations.reading import look_up_conversation, read_records
from gateways.conversations.request_digest import digest_of
from gateways.conversations.wanted_times import check_wanted_at
from gateways.http.call import Answer, Call
from gateways.http.problems import invalid_input
from gateways.services import Services
from gateways.services.asking import ask
from schemas.api.customer import CallbackRequest, RequestedCallback
from schemas.commands import StartConversation
from schemas.events import REGISTRY, AgentRequested, Customer
from schemas.identifiers import derived_id, new_id
from schemas.instants import format_instant, parse_instant
from schemas.replies import StartReply

__all__ = ["request_callback"]

_MOST_DAYS = 90


async def request_callback(call: Call) -> Answer:
    """A wanted time while the queue is closed is moved to the next opening, which `moved` tells. The token opens the
    callback's conversation; to end that is to cancel the callback."""
    body: CallbackRequest = call.body
    services = call.services
    name = body.channel or only_channel_of_kind(services, "callback", "callbacks")
    channel = channel_named(call, name)
    if channel.kind != "callback":
        raise invalid_input("channel", f"the channel {name} is not for callbacks: POST /customer/v1/conversations")
    actor = sender_on(call, channel)
    check_attributes(body.attributes, ("subject", "wanted_at"))
    queue = queue_named(call, channel.queue)
    phone = _phone(services, queue.name, body.phone)
    at = services.clock()
    conversation_id = body.id or new_id()
    due = await _due(services, queue.name, body, at)
    later = due if due > at else None
    command = StartConversation(
        at=at,
        conversation_id=conversation_id,
        channel=name,
        customer=Customer(name=body.name, phone=phone),
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=digest_of(body),
        attributes=with_told(
            body.attributes, subject=body.subject, wanted_at=format_instant(later) if later is not None else None
        ),
        inactivity_seconds=channel.inactivity_seconds,
        not_before=later,
        direction="outbound",
    )
    reply = await ask(services, f"conversation-{conversation_id}", command, actor, StartReply, conversation_id)
    return Answer(await _requested(services, body, reply), 201, reply.replayed)


def _phone(services: Services, queue: str, text: str) -> str:
    """Numbers without a country code are dialled where the queue's calendar is."""
    from gateways.conversations.phone_numbers import to_e164

    calendar = calendar_of(services, queue)
    try:
        return to_e164(text, calendar.country if calendar is not None else None)
    except PhoneNumberError as error:
        raise invalid_input("phone", str(error)) from error


async def _due(services: Services, queue: str, body: CallbackRequest, at: datetime) -> datetime:
    """When the customer is to be called. A request that was made before gets its first answer, whatever the time."""
    if body.id is not None and await look_up_conversation(services, body.id) is not None:
        return at
    if body.wanted_at is not None:
        check_wanted_at(body.wanted_at, at, _MOST_DAYS)
    due = opens_at(services, queue, body.wanted_at or at)
    if due is None:
        raise out_of_hours(services, queue) or invalid_input(
            "wanted_at", "nobody calls after that; choose an earlier time"
        )
    return due.astimezone(UTC)


async def _requested(services: Services, body: CallbackRequest, reply: StartReply) -> RequestedCallback:
    """Made from what is recorded, so that a repeated request gets the same answer. The token lasts beyond the call."""
    started_at = parse_instant(reply.started_at)
    records = await read_records(services, reply.conversation_id)
    record = next(record for record in records if record.type == "AgentRequested")
    requested = REGISTRY.decode(record)
    assert isinstance(requested, AgentRequested)  # noqa: S101 - as asked for
    due = requested.queued_at
    kept = timedelta(seconds=services.settings.authentication.customer_token_seconds)
    lifetime = int((due - started_at + kept).total_seconds())
    token = services.tokens.issue("customer", reply.conversation_id, int(started_at.timestamp()), lifetime)
    moved = due != (body.wanted_at or started_at)
    return RequestedCallback(reply.conversation_id, token, reply.status, due, moved)
