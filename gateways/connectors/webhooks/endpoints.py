"""The endpoints of webhooks that call receivers."""

import asyncio
from importlib import import_module

from gateways.api.call import Call
from gateways.api.extern.webhooks import caller_of
from gateways.api.path_parameters import WEBHOOK_ID
from gateways.configuration.webhooks import find_webhook
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


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="POST",
        path="/extern/v1/webhooks/{webhook_id}/test",
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
)
