"""The customer of a conversation, as a connector sees the customer."""

from datetime import datetime

from gateways.connectors.channels.connector import Recipient
from gateways.conversations.reading import read_records
from gateways.services import Services
from projections import ConversationView
from schemas.events import REGISTRY, MessagePosted
from schemas.instants import parse_instant

__all__ = ["recipient_of"]


async def recipient_of(services: Services, view: ConversationView) -> Recipient:
    last = services.channel_memory.last_inbound(view.channel, view.customer.id or "")
    at = last.at if last is not None else await _last_heard(services, view)
    since = None if at is None else max((services.clock() - at).total_seconds(), 0.0)
    return Recipient(
        customer_id=view.customer.id or "",
        conversation_id=view.conversation_id,
        last_inbound_id=None if last is None else last.provider_id,
        seconds_since=since,
    )


async def _last_heard(services: Services, view: ConversationView) -> datetime | None:
    for record in reversed(await read_records(services, view.conversation_id)):
        event = REGISTRY.decode(record)
        if isinstance(event, MessagePosted) and event.sender.type == "customer":
            return parse_instant(record.at)
    return None
