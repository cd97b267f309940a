"""The customer of a conversation, as a connector sees the customer."""

from gateways.connectors.channels.connector import Recipient
from gateways.conversations.channel_limits import last_heard
from gateways.services import Services
from projections import ConversationView

__all__ = ["recipient_of"]


async def recipient_of(services: Services, view: ConversationView) -> Recipient:
    customer_id = view.customer.id or ""
    last = services.channel_memory.last_inbound(view.channel, customer_id)
    at = await last_heard(services, view)
    return Recipient(
        customer_id=customer_id,
        conversation_id=view.conversation_id,
        last_inbound_id=None if last is None else last.provider_id,
        seconds_since=None if at is None else max((services.clock() - at).total_seconds(), 0.0),
    )
