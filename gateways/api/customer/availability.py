"""Whether agents are there, and how long it would take."""

import msgspec

from gateways.api.call import Call
from gateways.api.customer.callers import actor_on
from gateways.conversations.availability import availability_of, customers_channel
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from schemas.api.customer import Availability

__all__ = ["availability"]

_MAX_AGE = 5
"""Seconds for which a page that shows it need not ask again."""


async def availability(call: Call) -> Answer[Availability]:
    """May be kept for some seconds. While the queue is closed there is no estimate."""
    name = call.query.get("channel")
    if name is None:
        raise invalid_input("channel", "name the channel, such as ?channel=web")
    channel = customers_channel(call.services, name)
    actor_on(call, channel)
    found = availability_of(call.services, name, channel)
    return Answer(Availability(**msgspec.structs.asdict(found)), max_age=_MAX_AGE)
