"""Whether agents are there for who comes by a channel, and how long it would take."""

from gateways.conversations.channels import channel_named, channel_of_kind, sender_on
from gateways.conversations.opening_hours import opening_at
from gateways.http.call import Answer, Call
from gateways.http.problems import invalid_input
from schemas.api.customer import Availability

__all__ = ["availability"]

_MAX_AGE = 5
"""Seconds for which a page that shows it need not ask again."""


async def availability(call: Call) -> Answer:
    """May be kept for some seconds. While the queue is closed there is no estimate."""
    name = call.query.get("channel")
    if name is None:
        raise invalid_input("channel", "name the channel, such as ?channel=web")
    channel = channel_named(call, name)
    if channel.kind == "task":
        raise invalid_input("channel", f"the channel {name} is not for customers")
    sender_on(call, channel)
    services = call.services
    queue, mrd = channel.queue, services.configuration.queues[channel.queue].mrd
    opening = opening_at(services, queue, services.clock())
    answer = Availability(
        open=opening.open,
        queue=queue,
        waiting=services.queues.waiting(mrd, queue),
        agents_ready=services.queues.agents_ready(mrd, queue),
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        estimated_wait_seconds=services.queues.estimated_wait(mrd, queue) if opening.open else None,
        callback=name if channel.kind == "callback" else channel_of_kind(services, "callback"),
    )
    return Answer(answer, max_age=_MAX_AGE)
