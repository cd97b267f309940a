"""Agents start conversations: they write to customers whom a channel reaches."""

from typing import Any, NamedTuple

import msgspec

from gateways.conversations.addressing import known_customer, reaching_channel
from gateways.conversations.attributes import check_extent
from gateways.conversations.channels import queue_named
from gateways.conversations.contents import content_to_record
from gateways.conversations.reading import read_records
from gateways.exceptions import RefusedError, invalid_field
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import StartOutboundConversation, StartOutboundTask
from schemas.events import REGISTRY, ConversationStarted, Customer, MessagePosted
from schemas.identifiers import derived_id, new_id
from schemas.posting import AgentContent
from schemas.records import Record, agent_stream
from schemas.replies import RefusalCode, TaskReply

__all__ = ["Outbound", "Reached", "reach_out"]


class Outbound(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's wish to write to a customer. ``id`` is the conversation's, if the caller chooses it, and
    ``request_digest`` distinguishes a repetition from another wish with the same id."""

    channel: str
    customer: Customer
    content: AgentContent
    request_digest: str
    id: str | None = None
    queue: str | None = None
    language: str | None = None
    attributes: dict[str, Any] = {}


class Reached(NamedTuple):
    """The conversation that the agent has started, the first message in it, and the version with that message."""

    conversation_id: str
    message_id: str
    version: int
    replayed: bool


async def reach_out(services: Services, agent_id: str, wish: Outbound) -> Reached:
    """The agent owns the conversation at once. Raises RefusedError, also when the agent is not at work or has no room
    for another task, and when the channel does not reach the customer."""
    conversation_id = wish.id or new_id()
    async with services.starts.of(wish.channel, wish.customer.id or ""):
        before = await _started(services, conversation_id, wish.request_digest, replayed=True)
        if before is not None:
            return before
        command = await _command(services, agent_id, wish, conversation_id)
        await services.presence.caught_up(agent_id)
        task = StartOutboundTask(at=services.clock(), start=command)
        stream, actor = agent_stream(agent_id), agent_actor(agent_id)
        reply = await ask(services, stream, task, actor, TaskReply, conversation_id)
    started = await _started(services, conversation_id, wish.request_digest, reply.replayed)
    if started is None:
        raise LookupError(f"the conversation {conversation_id} did not start")
    return started


async def _command(
    services: Services, agent_id: str, wish: Outbound, conversation_id: str
) -> StartOutboundConversation:
    channel = reaching_channel(services, wish.channel)
    check_extent({"attributes": wish.attributes, "customer.attributes": wish.customer.attributes})
    before = services.conversations.latest(wish.channel, wish.customer.id)
    if before is not None and not before.over:
        raise invalid_field("customer.id", "has an open conversation on this channel; that one must end first")
    customer = known_customer(wish.customer, channel, before)
    queue = queue_named(services.configuration, wish.queue or channel.queue)
    configured = services.configuration.agents.get(agent_id)
    return StartOutboundConversation(
        at=services.clock(),
        conversation_id=conversation_id,
        channel=wish.channel,
        customer=customer,
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=wish.request_digest,
        agent_id=agent_id,
        agent_name=configured.name if configured is not None else agent_id,
        content=await content_to_record(services, conversation_id, wish.content),
        language=wish.language,
        attributes=wish.attributes,
        inactivity_seconds=channel.inactivity_seconds,
    )


async def _started(services: Services, conversation_id: str, digest: str, replayed: bool) -> Reached | None:
    """The answer is made from recorded events, so that a repeated request gets the same. Raises RefusedError when the
    id belongs to another conversation."""
    records = await read_records(services, conversation_id)
    if not records:
        return None
    started = REGISTRY.decode(records[0])
    if not isinstance(started, ConversationStarted) or started.request_digest != digest:
        raise RefusedError(
            RefusalCode.ID_CONFLICT, "this id belongs to a conversation that was started with other content"
        )
    message_id, version = _first_message(records)
    return Reached(conversation_id, message_id, version, replayed)


def _first_message(records: list[Record]) -> tuple[str, int]:
    for record in records:
        event = REGISTRY.decode(record)
        if isinstance(event, MessagePosted):
            return event.message_id, record.version
    raise LookupError("an outbound conversation begins with a message")
