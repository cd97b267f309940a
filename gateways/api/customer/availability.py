"""The availability of agents, and the estimated wait."""

import msgspec

from gateways.api.call import Call
from gateways.api.customer.callers import actor_on
from gateways.conversations.availability import availability_of, channel_for_customers
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from schemas.api.customer import Availability

__all__ = ["availability"]

_MAX_AGE = 5
"""The seconds for which a client may keep the answer."""


async def availability(call: Call) -> Answer[Availability]:
    """Clients may keep the answer for some seconds. While the queue is closed there is no estimate."""
    name = call.query.get("channel")
    if name is None:
        raise invalid_input("channel", "name the channel, such as ?channel=web")
    channel = channel_for_customers(call.services, name)
    actor_on(call, channel)
    found = availability_of(call.services, name, channel)
    return Answer(Availability(**msgspec.structs.asdict(found)), max_age=_MAX_AGE)
