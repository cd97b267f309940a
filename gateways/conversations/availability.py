"""The availability of agents to a customer who would come by a channel, and the estimated wait."""

from datetime import datetime

import msgspec

from gateways.conversations.channels import channel_named, channel_of_kind
from gateways.conversations.opening_hours import opening_now
from gateways.exceptions import invalid_field
from gateways.services import Services
from schemas.configuration import Channel

__all__ = ["ChannelAvailability", "availability_of", "channel_for_customers"]


class ChannelAvailability(msgspec.Struct, frozen=True, kw_only=True):
    """``callback`` is the channel for callbacks. While the queue is closed there is no estimate."""

    open: bool
    queue: str
    waiting: int
    agents_ready: int
    agents_logged_in: int
    agents_eligible: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    estimated_wait_seconds: float | None = None
    callback: str | None = None


def channel_for_customers(services: Services, name: str) -> Channel:
    """A channel by which customers come, callbacks included. Raises RefusedError for any other."""
    channel = channel_named(services.configuration, name)
    if channel.kind == "task":
        raise invalid_field("channel", f"the channel {name} is not for customers")
    return channel


def availability_of(services: Services, name: str, channel: Channel) -> ChannelAvailability:
    queue, mrd = channel.queue, services.configuration.queues[channel.queue].mrd
    staff, now = services.views.staff_of(queue), services.clock()
    opening = opening_now(services, queue)
    callback = name if channel.kind == "callback" else channel_of_kind(services.configuration, "callback")
    return ChannelAvailability(
        open=opening.open,
        queue=queue,
        waiting=services.queues.waiting(mrd, queue),
        agents_ready=staff.ready,
        agents_logged_in=staff.logged_in,
        agents_eligible=staff.eligible,
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        estimated_wait_seconds=services.queues.estimated_wait(mrd, queue, now) if opening.open else None,
        callback=callback,
    )
