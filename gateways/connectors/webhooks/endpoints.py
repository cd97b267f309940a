"""The endpoints of webhooks that call receivers."""

import asyncio
from importlib import import_module

from gateways.api.call import Call
from gateways.api.deliveries import DELIVERIES_QUERY
from gateways.api.extern.webhooks import caller_of
from gateways.api.path_parameters import DELIVERY_ID, WEBHOOK_ID
from gateways.configuration.webhooks import find_webhook
from gateways.connectors.webhooks import deliveries
from gateways.http.answer import Answer
from gateways.http.endpoints import Endpoint, Feed
from schemas.api.webhooks import WebhookAttempt

__all__ = ["ENDPOINTS"]


async def test_webhook(call: Call) -> Answer[WebhookAttempt]:
    """Sends a signed example now, once, and waits 30 seconds at most. The example is an event of the type
    ``WebhookTested``, which stands for nothing that has happened. A receiver that fails is no problem of the request:
    ``failure`` says in words what was wrong. Nothing is recorded."""
    name, caller = call.parameter("webhook_id"), caller_of(call)
    webhook = find_webhook(call.services, name, caller)
    await asyncio.to_thread(import_module, "gateways.connectors.webhooks.trying")
    from gateways.connectors.webhooks import trying  # imports aiohttp, which takes long; imported on a thread above

    attempt = await trying.try_webhook(call.services, name, webhook, caller.actor)
    return Answer(WebhookAttempt(attempt.seconds, attempt.status, attempt.answer, attempt.failure))


_WEBHOOK = "/extern/v1/webhooks/{webhook_id}"

ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="POST",
        path=f"{_WEBHOOK}/test",
        path_parameters=(WEBHOOK_ID,),
        handler=test_webhook,
        audited="webhook_tested",
        summary="Send an example to a webhook",
        access="subscriber",
    ),
    Endpoint(
        method="POST",
        path="/admin/v1/webhooks/{webhook_id}/test",
        path_parameters=(WEBHOOK_ID,),
        handler=test_webhook,
        audited="webhook_tested",
        summary="Send an example to a webhook",
        access="administrator",
        errors=("not_found",),
    ),
    Endpoint(
        method="GET",
        path=f"{_WEBHOOK}/deliveries",
        path_parameters=(WEBHOOK_ID,),
        handler=deliveries.webhook_deliveries,
        summary="List the deliveries to a webhook",
        access="subscriber",
        query=DELIVERIES_QUERY,
        errors=("deliveries_unavailable",),
    ),
    Endpoint(
        method="POST",
        path=f"{_WEBHOOK}/deliveries/{{delivery_id}}/retry",
        path_parameters=(WEBHOOK_ID, DELIVERY_ID),
        handler=deliveries.retry_webhook_delivery,
        summary="Try a delivery to a webhook again",
        access="subscriber",
        errors=("delivery_state", "deliveries_unavailable"),
    ),
    Endpoint(
        method="POST",
        path=f"{_WEBHOOK}/rewind",
        path_parameters=(WEBHOOK_ID,),
        handler=deliveries.rewind_webhook,
        summary="Send a webhook events again",
        access="subscriber",
        errors=("deliveries_unavailable",),
    ),
)
