"""Deliveries to outside systems: what waits, what is parked, and what people do about it."""

import time

import msgspec

from gateways.api.call import Call
from gateways.api.deliveries import (
    delivery_number,
    describe_delivery,
    event_of,
    page_of_deliveries,
    rewound_position,
)
from gateways.http.answer import Answer
from gateways.outbox import operating
from gateways.outbox.listing import target_figures
from schemas.api.deliveries import (
    Deliveries,
    Delivery,
    DeliveryTarget,
    DeliveryTargets,
    DeliveryWithEvent,
    Retried,
    RewindRequest,
    Rewound,
)

__all__ = [
    "deliveries",
    "delivery",
    "drop_delivery",
    "resume_target",
    "retry_delivery",
    "retry_target",
    "rewind_target",
    "targets",
]


async def targets(call: Call) -> Answer[DeliveryTargets]:
    """The targets that have had deliveries, by name."""
    figures = await operating.in_outbox(target_figures, call.services.outbox, time.time())
    return Answer(DeliveryTargets([DeliveryTarget(**msgspec.structs.asdict(each)) for each in figures]))


async def deliveries(call: Call) -> Answer[Deliveries]:
    """The latest delivery comes first. Deliveries that have ended are kept for some days."""
    return Answer(await page_of_deliveries(call, call.query.get("target")))


async def delivery(call: Call) -> Answer[DeliveryWithEvent]:
    """What became of the delivery at its last call, and where its event is recorded."""
    found = await operating.existing_delivery(call.services.outbox, delivery_number(call))
    return Answer(DeliveryWithEvent(delivery=describe_delivery(call, found), event=await event_of(call, found)))


async def retry_delivery(call: Call) -> Answer[Delivery]:
    """The delivery waits again, and goes out in its turn. One that was delivered is sent a second time. Refused for
    one that waits already or is being made."""
    found = await operating.retry_delivery(call.services.outbox, delivery_number(call))
    return Answer(describe_delivery(call, found))


async def drop_delivery(call: Call) -> Answer[None]:
    """The delivery is never made, and the next one of its lane goes out. Refused for one that has ended or is being
    made."""
    await operating.drop_delivery(call.services.outbox, delivery_number(call))
    return Answer(None, 204)


async def retry_target(call: Call) -> Answer[Retried]:
    """All parked deliveries of the target wait again."""
    return Answer(Retried(await operating.retry_target(call.services.outbox, call.parameter("target"))))


async def resume_target(call: Call) -> Answer[None]:
    """A target that was stopped, because no call could succeed, gets calls again. One that works goes on as it did."""
    await operating.resume_target(call.services.outbox, call.parameter("target"))
    return Answer(None, 204)


async def rewind_target(call: Call, body: RewindRequest) -> Answer[Rewound]:
    """The target gets the events beyond the position again, or those from the instant on, in order; what waited or was
    parked of them is forgotten. Other targets get nothing twice."""
    position, target = await rewound_position(call, body), call.parameter("target")
    await operating.rewind_target(call.services.outbox, target, position)
    return Answer(Rewound(target, position))
