"""What an application sees of the deliveries to its webhook, and what it does with them."""

from gateways.api.call import Call
from gateways.api.deliveries import delivery_number, describe_delivery, page_of_deliveries, rewound_position
from gateways.api.extern.webhooks import caller_of
from gateways.configuration.webhooks import find_webhook
from gateways.connectors.webhooks.choosing import EFFECT, webhook_target
from gateways.http.answer import Answer
from gateways.outbox import operating
from schemas.api.deliveries import Deliveries, Delivery, RewindRequest, Rewound

__all__ = ["retry_webhook_delivery", "rewind_webhook", "webhook_deliveries"]


async def webhook_deliveries(call: Call) -> Answer[Deliveries]:
    """The latest delivery comes first. Deliveries that have ended are kept for seven days."""
    return Answer(await page_of_deliveries(call, _target(call)))


async def retry_webhook_delivery(call: Call) -> Answer[Delivery]:
    """The delivery waits again, and goes out in its turn. One that was delivered is sent a second time, with the same
    id. Refused for one that waits already or is being made."""
    found = await operating.retry_delivery(call.services.outbox, delivery_number(call), _target(call))
    return Answer(describe_delivery(call, found))


async def rewind_webhook(call: Call, body: RewindRequest) -> Answer[Rewound]:
    """The webhook gets the events beyond the position again that it is for, or those from the instant on, in order and
    with the same ids. What waited or was parked of them is sent again with them."""
    target = _target(call)
    position = await rewound_position(call, body)
    await operating.rewind_target(call.services.outbox, target, position, EFFECT)
    return Answer(Rewound(target, position))


def _target(call: Call) -> str:
    """Raises RefusedError when the caller has no such webhook."""
    name = call.parameter("webhook_id")
    find_webhook(call.services, name, caller_of(call))
    return webhook_target(name)
