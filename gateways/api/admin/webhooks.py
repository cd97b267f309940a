"""New secrets of webhooks."""

from datetime import UTC, datetime

from gateways.api.call import Call
from gateways.configuration import webhooks
from gateways.http.answer import Answer
from schemas.api.webhooks import NewWebhookSecret

__all__ = ["rotate_webhook_secret"]


async def rotate_webhook_secret(call: Call) -> Answer[NewWebhookSecret]:
    """Makes a secret, also the first one of a webhook that has none and names none of the settings. For 24 hours calls
    have signatures by the former one too, so that receivers can change over; a secret that was valid before these two
    is valid no more."""
    principal = call.principal
    caller = webhooks.WebhookCaller(principal.subject, principal.actor, sees_all=True, sees_personal=True)
    rotated = await webhooks.rotate_secret(call.services, call.parameter("webhook_id"), caller)
    return Answer(NewWebhookSecret(rotated.secret, datetime.fromtimestamp(rotated.former_until, UTC)))
