"""What comes in from a provider, on its way to the conversations. All of it is durable when ``receive`` returns."""

import asyncio
import logging
import time
from datetime import datetime

import msgspec

from actors.journal.places import record_at
from gateways.connectors.channels.acceptable import acceptable
from gateways.connectors.channels.choosing import chosen_content
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundFile,
    InboundItem,
    InboundMessage,
    InboundReceipt,
    InboundTyping,
)
from gateways.connectors.channels.lines import open_line, route_account
from gateways.connectors.channels.posting import post_inbound
from gateways.connectors.channels.reporting import record_fate, record_reachability
from gateways.connectors.channels.targets import INBOUND, channel_target, inbound_target
from gateways.conversations.signals import signal_customer_typing
from gateways.exceptions import RefusedError
from gateways.outbox import Delivery
from gateways.services import Services
from gateways.services.channel_memory import LastInbound
from projections import ConversationView
from schemas.events import REGISTRY, MessagePosted
from schemas.posting import CustomerContent
from schemas.records import entity_id_of

__all__ = ["post_without_file", "receive", "record_receipt"]

_logger = logging.getLogger(__name__)


async def receive(services: Services, channel: str, inbound: Inbound) -> None:
    """Takes the items in their order. An item that the conversation refuses does not lose the others; what fails on
    this server's side, as when the journal is not available, raises what Engine.ask raises, so that the provider sends
    all of it again."""
    called = await route_account(services, channel, inbound.account)
    if called is None:
        _logger.warning("channel %s was called for an account that is not configured", channel)
        return
    for reason in inbound.left_out:
        _logger.info("channel %s leaves something out: %s", called, reason)
    for item in inbound.items:
        try:
            await _take(services, called, item)
        except RefusedError as refused:
            _logger.warning("channel %s brought what was refused: %s", called, refused.code.value)


async def _take(services: Services, channel: str, item: InboundItem) -> None:
    match item:
        case InboundMessage():
            await _take_message(services, channel, item)
        case InboundReceipt():
            if not await record_receipt(services, channel, item):
                await _keep(services, channel, f"receipt {item.provider_id or item.message_id}", item)
        case InboundContact():
            view = _conversation_of(services, channel, item.customer_id)
            if view is not None:
                await record_reachability(services, view, None if item.reachable else item.reason)
        case InboundTyping():
            view = _conversation_of(services, channel, item.customer_id)
            if view is not None:
                await signal_customer_typing(services, view.conversation_id, True)


async def _take_message(services: Services, channel: str, message: InboundMessage) -> None:
    """A file is fetched afterwards, and what the customer writes meanwhile waits behind it."""
    customer = message.customer.id
    services.channel_memory.note_inbound(channel, customer, LastInbound(message.provider_id, services.clock()))
    target = inbound_target(channel)
    waits = services.outbox.takes_payloads(target) and await asyncio.to_thread(
        services.outbox.is_open, target, customer
    )
    if waits or isinstance(message.content, InboundFile):
        await _keep(services, channel, customer, message)
    else:
        await post_without_file(services, channel, message, message.content)
    if message.token is not None:
        await _acknowledge(services, channel, message)


async def _acknowledge(services: Services, channel: str, message: InboundMessage) -> None:
    """Lets the provider know that a press has arrived. Nobody waits for that."""
    opened = await open_line(services, channel)
    if opened is not None:
        services.background.begin(opened.connector.acknowledge(opened.line, message))


async def post_without_file(
    services: Services, channel: str, message: InboundMessage, content: CustomerContent
) -> None:
    """Raises RefusedError."""

    async def contents_in(conversation_id: str) -> list[CustomerContent]:
        return acceptable(await chosen_content(services, conversation_id, message, content))

    await post_inbound(services, channel, message, contents_in)


async def _keep(services: Services, channel: str, lane: str, item: InboundItem) -> None:
    target, payload = inbound_target(channel), msgspec.json.encode(item)
    await asyncio.to_thread(services.outbox.add, INBOUND, target, lane, payload, time.time())
    runner = services.outbox.runners.get(INBOUND)
    if runner is not None:
        runner.notify([target])


async def record_receipt(services: Services, channel: str, receipt: InboundReceipt) -> bool:
    """Whether the message that the receipt is about is known, and the receipt recorded."""
    delivery = await asyncio.to_thread(_delivery_of, services, channel, receipt)
    found = None if delivery is None else await asyncio.to_thread(_message_of, services, delivery)
    if found is None:
        return False
    conversation_id, message = found
    await record_fate(
        services,
        conversation_id,
        message.message_id,
        receipt.status,
        by_customer=True,
        code=receipt.code,
        detail=receipt.detail,
    )
    view = services.conversations.get(conversation_id)
    if receipt.unreachable and view is not None:
        await record_reachability(services, view, receipt.detail or receipt.code or "the channel does not say why")
    return True


def _delivery_of(services: Services, channel: str, receipt: InboundReceipt) -> Delivery | None:
    outbox, target = services.outbox, channel_target(channel)
    for known_as in (receipt.provider_id, receipt.message_id):
        if known_as is not None and (found := outbox.delivery_with(target, known_as)) is not None:
            return found
    if receipt.customer_id is not None and receipt.until is not None:
        return outbox.last_delivered(target, receipt.customer_id, _unix(receipt.until))
    return None


def _message_of(services: Services, delivery: Delivery) -> tuple[str, MessagePosted] | None:
    record = record_at(services.journal, delivery.position)
    event = None if record is None else REGISTRY.decode(record)
    if record is None or not isinstance(event, MessagePosted):
        return None
    return entity_id_of(record.stream), event


def _unix(at: datetime) -> float:
    """A provider's clock and this one differ: what was sent in the same second counts as before."""
    return at.timestamp() + 1.0


def _conversation_of(services: Services, channel: str, customer_id: str) -> ConversationView | None:
    view = services.conversations.latest(channel, customer_id)
    return view if view is not None and not view.over else None
