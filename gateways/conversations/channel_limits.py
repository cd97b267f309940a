"""What a conversation's channel can show of an agent's answer, and until when it takes one."""

from datetime import datetime, timedelta
from typing import NamedTuple

from gateways.conversations.reading import read_records
from gateways.services import Services
from projections import ConversationView
from schemas.capabilities import Capabilities
from schemas.configuration import Channel
from schemas.events import REGISTRY, MessagePosted
from schemas.instants import parse_instant

__all__ = ["ChannelLimits", "channel_limits", "last_heard"]


class ChannelLimits(NamedTuple):
    """Both are None on a channel that shows everything at any time, as a website does."""

    capabilities: Capabilities | None = None
    window_closes_at: datetime | None = None


async def channel_limits(services: Services, view: ConversationView) -> ChannelLimits:
    configured: Channel | None = services.configuration.channels.get(view.channel)
    if configured is None or configured.connector is None:
        return ChannelLimits()
    capabilities = await services.capabilities_of(configured.connector)
    if capabilities.window_seconds is None:
        return ChannelLimits(capabilities)
    at = await last_heard(services, view)
    closes_at = None if at is None else at + timedelta(seconds=capabilities.window_seconds)
    return ChannelLimits(capabilities, closes_at)


async def last_heard(services: Services, view: ConversationView) -> datetime | None:
    """When the customer wrote last, over the channel or at least in this conversation; None when that is not known."""
    last = services.channel_memory.last_inbound(view.channel, view.customer.id or "")
    if last is not None:
        return last.at
    for record in reversed(await read_records(services, view.conversation_id)):
        event = REGISTRY.decode(record)
        if isinstance(event, MessagePosted) and event.sender.type == "customer":
            return parse_instant(record.at)
    return None
