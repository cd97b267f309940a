"""Messages of applications: into a conversation, or to a customer whom a channel reaches."""

import asyncio
from typing import Any, NamedTuple

import msgspec

from gateways.conversations.addressing import known_customer, reaching_channel
from gateways.conversations.attributes import check_extent
from gateways.conversations.channels import queue_on
from gateways.conversations.contents import content_to_record, keep_for_good
from gateways.conversations.reading import find_conversation
from gateways.conversations.size import check_room
from gateways.exceptions import RefusedError
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import Command, PostApplicationMessage, StartApplicationConversation
from schemas.content import Content
from schemas.events import REGISTRY, ConversationStarted, Customer, MessagePosted
from schemas.identifiers import command_id, derived_id, event_id, new_id
from schemas.posting import ApplicationContent
from schemas.records import Record, conversation_stream, entity_id_of
from schemas.replies import MessageReply, RefusalCode

__all__ = ["Addressee", "ApplicationMessage", "PostedByApplication", "post_application_message"]


class Addressee(msgspec.Struct, frozen=True, kw_only=True):
    """The customer to whom an application writes. ``queue``, ``language`` and ``attributes`` are those of the
    conversation that starts when the customer has no open one."""

    channel: str
    customer: Customer
    queue: str | None = None
    language: str | None = None
    attributes: dict[str, Any] = {}


class ApplicationMessage(msgspec.Struct, frozen=True, kw_only=True):
    """``application`` is the name of its API key, and ``to`` is a conversation's id or a customer. ``id`` is the
    message's, if the caller chooses it, and ``request_digest`` distinguishes a repetition from another message with the
    same id."""

    application: str
    to: str | Addressee
    content: ApplicationContent
    request_digest: str
    id: str | None = None


class PostedByApplication(NamedTuple):
    """The conversation in which the message stands, and the version of its event there."""

    conversation_id: str
    message_id: str
    version: int
    replayed: bool


async def post_application_message(services: Services, message: ApplicationMessage, actor: str) -> PostedByApplication:
    """A customer who has no open conversation gets one, which waits for the answer. A message is posted once, however
    often the request is repeated and wherever the customer is by then. Raises RefusedError."""
    if message.id is None:
        return await _post(services, msgspec.structs.replace(message, id=new_id()), actor)
    async with services.starts.of("", message.id):
        record = await asyncio.to_thread(services.journal.read_event, event_id(_command_id(message, actor), 1))
        if record is not None:
            return await _posted_before(services, message, record)
        return await _post(services, message, actor)


async def _post(services: Services, message: ApplicationMessage, actor: str) -> PostedByApplication:
    if isinstance(message.to, str):
        return await _post_into(services, message, message.to, actor)
    channel, customer_id = message.to.channel, message.to.customer.id or ""
    async with services.starts.of(channel, customer_id):
        last = services.conversations.latest(channel, customer_id)
        if last is not None and not last.over:
            try:
                return await _post_into(services, message, last.conversation_id, actor)
            except RefusedError as refused:
                if refused.code is not RefusalCode.CONVERSATION_ENDED:
                    raise
        return await _start(services, message, message.to, last, actor)


async def _post_into(
    services: Services, message: ApplicationMessage, conversation_id: str, actor: str
) -> PostedByApplication:
    check_room(services, conversation_id)
    content = await content_to_record(services, conversation_id, message.content)
    command = PostApplicationMessage(
        at=services.clock(), message_id=message.id or "", application=message.application, content=content
    )
    return await _ask(services, message, conversation_id, command, content, actor)


async def _start(
    services: Services, message: ApplicationMessage, to: Addressee, last: ConversationView | None, actor: str
) -> PostedByApplication:
    channel = reaching_channel(services, to.channel)
    check_extent({"attributes": to.attributes, "customer.attributes": to.customer.attributes})
    bot = services.configuration.bots.get(channel.bot or "")
    message_id = message.id or ""
    conversation_id = derived_id(message_id, "written")
    content = await content_to_record(services, conversation_id, message.content)
    command = StartApplicationConversation(
        at=services.clock(),
        conversation_id=conversation_id,
        channel=to.channel,
        customer=known_customer(to.customer, channel, last),
        queue=queue_on(services.configuration, to.channel, to.queue),
        message_id=message_id,
        request_digest=message.request_digest,
        application=message.application,
        content=content,
        bot=channel.bot,
        suggests=bot is not None and bot.suggests,
        language=to.language,
        attributes=to.attributes,
        inactivity_seconds=channel.inactivity_seconds,
    )
    return await _ask(services, message, conversation_id, command, content, actor)


async def _ask(
    services: Services,
    message: ApplicationMessage,
    conversation_id: str,
    command: Command,
    content: Content,
    actor: str,
) -> PostedByApplication:
    stream, identifier = conversation_stream(conversation_id), _command_id(message, actor)
    reply = await ask(services, stream, command, actor, MessageReply, conversation_id, identifier)
    await keep_for_good(services, conversation_id, content)
    return PostedByApplication(conversation_id, reply.message_id, reply.version, reply.replayed)


def _command_id(message: ApplicationMessage, actor: str) -> str:
    """The id of the command, from which the id of its first event follows: by that a repetition finds where the message
    stands."""
    return command_id(derived_id(message.id or "", f"message of {actor}"))


async def _posted_before(services: Services, message: ApplicationMessage, record: Record) -> PostedByApplication:
    """The answer that the request got when ``record`` was written. Raises RefusedError for another request."""
    conversation_id = entity_id_of(record.stream)
    event = REGISTRY.decode(record)
    if isinstance(event, ConversationStarted):
        same, version = event.request_digest == message.request_digest, event.opened_at_version
    else:
        same, version = await _is_same(services, message, conversation_id, event), record.version
    if not same:
        raise RefusedError(RefusalCode.ID_CONFLICT, "this id belongs to a message that was posted with other content")
    return PostedByApplication(conversation_id, message.id or "", version, replayed=True)


async def _is_same(services: Services, message: ApplicationMessage, conversation_id: str, event: object) -> bool:
    content = await content_to_record(services, conversation_id, message.content)
    if not isinstance(event, MessagePosted) or event.content != content:
        return False
    if isinstance(message.to, str):
        return message.to == conversation_id
    view = await find_conversation(services, conversation_id)
    return (view.channel, view.customer.id) == (message.to.channel, message.to.customer.id)
