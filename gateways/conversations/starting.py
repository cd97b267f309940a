"""Starting a conversation, or returning to one that has not ended."""

from datetime import datetime
from typing import Any

import msgspec

from gateways.conversations.attributes import check_extent
from gateways.conversations.channels import channel_named, queue_on
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.proving import conversation_of_start, customer_after, vouched_customer
from gateways.conversations.reading import look_up_conversation
from gateways.conversations.returning import earlier_conversation, return_to
from gateways.exceptions import RefusedError, invalid_field
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import StartConversation
from schemas.configuration import Channel
from schemas.events import Customer
from schemas.identifiers import derived_id, new_id
from schemas.instants import parse_instant
from schemas.queues import QueueSettings
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, StartReply

__all__ = ["Start", "Started", "channel_for_starting", "return_to_conversation", "start_conversation"]


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's request to start. ``id`` is the request's, if the caller chooses it, and ``request_digest``
    distinguishes a repetition from another start with the same id.

    ``presented`` is an earlier conversation whose token the customer sent along. ``text`` is the first message. Where
    the customer has written already, as on a channel from elsewhere, the conversation ``waits_for_opening`` and is not
    refused because its queue is closed.
    """

    channel: str
    request_digest: str
    id: str | None = None
    customer: Customer = Customer()
    queue: str | None = None
    language: str | None = None
    attributes: dict[str, Any] = {}
    text: str | None = None
    presented: str | None = None
    waits_for_opening: bool = False


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """The conversation in which the customer is now. ``begun_at`` is the time of the start or, when the customer
    ``returned``, of the return."""

    conversation_id: str
    status: str
    version: int
    begun_at: datetime
    returned: bool = False
    replayed: bool = False


def channel_for_starting(services: Services, name: str) -> Channel:
    """A channel on which customers start conversations. Raises RefusedError for any other."""
    channel = channel_named(services.configuration, name)
    if channel.kind == "callback":
        raise invalid_field("channel", f"the channel {name} is for callbacks: POST /customer/v1/callbacks")
    if channel.kind == "task":
        raise invalid_field("channel", f"the channel {name} is for tasks: POST /extern/v1/tasks")
    return channel


async def start_conversation(services: Services, start: Start, actor: str) -> Started:
    """A customer whose earlier conversation has not ended returns to it: it is found by the customer's proven id, or it
    is the one that was presented. Out of hours only a bot answers: a conversation
    that would go straight to a closed queue is refused. Raises RefusedError."""
    channel = channel_for_starting(services, start.channel)
    check_extent({"attributes": start.attributes, "customer.attributes": start.customer.attributes})
    start = msgspec.structs.replace(
        start,
        id=conversation_of_start(start.id, actor),
        customer=vouched_customer(start.customer, actor),
    )
    if not start.customer.verified or not start.customer.id:
        return await _start_or_return(services, start, channel, actor)
    async with services.starts.of(start.channel, start.customer.id):
        return await _start_or_return(services, start, channel, actor)


async def return_to_conversation(services: Services, channel: str, customer: Customer, actor: str) -> Started:
    """Raises RefusedError when the customer, whose id is proven, has no open conversation on the channel."""
    earlier = await earlier_conversation(services, channel, customer, None)
    unnamed = Start(channel=channel, request_digest="", customer=customer)
    returned = await _return(services, unnamed, earlier, actor) if earlier is not None else None
    if returned is None:
        raise RefusedError(RefusalCode.NOT_FOUND, "the customer has no open conversation on this channel")
    return returned


async def _start_or_return(services: Services, start: Start, channel: Channel, actor: str) -> Started:
    queue = queue_on(services.configuration, start.channel, start.queue)
    earlier = await _earlier(services, start)
    returned = await _return(services, start, earlier, actor) if earlier is not None else None
    if returned is not None:
        return returned
    may_wait = channel.bot is not None or start.waits_for_opening
    closed = None if may_wait else out_of_hours(services, queue.name)
    if closed is not None and not await _is_repeated(services, start):
        raise closed
    command = _command(services, start, channel, queue, earlier)
    stream = conversation_stream(command.conversation_id)
    reply = await ask(services, stream, command, actor, StartReply, correlation_id=command.conversation_id)
    return Started(
        conversation_id=reply.conversation_id,
        status=reply.status,
        version=reply.version,
        begun_at=parse_instant(reply.started_at),
        replayed=reply.replayed,
    )


async def _earlier(services: Services, start: Start) -> ConversationView | None:
    """A repeated start has no earlier conversation: the one that it finds is its own."""
    view = await earlier_conversation(services, start.channel, start.customer, start.presented)
    return None if view is not None and await _is_repeated(services, start) else view


async def _return(services: Services, start: Start, earlier: ConversationView, actor: str) -> Started | None:
    at = services.clock()
    reply = await return_to(services, earlier, start.id, start.text, actor, at)
    if reply is None:
        return None
    return Started(
        conversation_id=earlier.conversation_id,
        status=reply.status,
        version=reply.version,
        begun_at=at,
        returned=True,
        replayed=reply.replayed,
    )


async def _is_repeated(services: Services, start: Start) -> bool:
    return start.id is not None and await look_up_conversation(services, start.id) is not None


def _command(
    services: Services, start: Start, channel: Channel, queue: QueueSettings, earlier: ConversationView | None
) -> StartConversation:
    bot = services.configuration.bots.get(channel.bot or "")
    conversation_id = start.id or new_id()
    customer, same_customer_as = customer_after(start.customer, earlier)
    return StartConversation(
        at=services.clock(),
        conversation_id=conversation_id,
        channel=start.channel,
        customer=customer,
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=start.request_digest,
        bot=channel.bot,
        suggests=bot is not None and bot.suggests,
        language=start.language,
        attributes=start.attributes,
        text=start.text,
        inactivity_seconds=channel.inactivity_seconds,
        preferred_agent=earlier.last_agent if earlier is not None else None,
        same_customer_as=same_customer_as,
    )
