"""The webhooks of other applications."""

from datetime import UTC, datetime
from itertools import islice
from typing import Any

import msgspec

from gateways.api.call import Call
from gateways.configuration import webhooks as configured
from gateways.http.answer import Answer
from gateways.identity.personal import sees_personal
from schemas.api.webhooks import (
    NewWebhook,
    NewWebhookRequest,
    NewWebhookSecret,
    SubscribedWebhook,
    SubscribedWebhooks,
    WebhookRequest,
)
from schemas.configuration import Webhook

__all__ = ["change_webhook", "make_webhook", "remove_webhook", "rotate_webhook_secret", "webhook", "webhooks"]


async def webhooks(call: Call) -> Answer[SubscribedWebhooks]:
    """An application lists the webhooks that it has made; a key with the scope admin, all."""
    limit, after = call.number("limit", 100, 1000), call.query.get("after", "")
    found = configured.webhooks_of(call.services, caller_of(call)).items()
    page = [_body(name, item) for name, item in islice((each for each in found if each[0] > after), limit + 1)]
    more = len(page) > limit
    return Answer(SubscribedWebhooks(page[:limit], page[limit - 1].id if more else None))


async def webhook(call: Call) -> Answer[SubscribedWebhook]:
    """An application reads the webhooks that it has made."""
    name = call.parameter("webhook_id")
    return Answer(_body(name, configured.find_webhook(call.services, name, caller_of(call))))


async def make_webhook(call: Call, body: NewWebhookRequest) -> Answer[NewWebhook]:
    """This answer is the only one that holds the secret. Send an example with ``/test`` before you rely on it."""
    made = await configured.make_webhook(call.services, _wish(body), body.id, caller_of(call))
    described = NewWebhook(**_fields(made.name, made.webhook), secret=made.secret)
    return Answer(described, 201, replayed=made.secret is None)


async def change_webhook(call: Call, body: WebhookRequest) -> Answer[SubscribedWebhook]:
    """Replaces all that was chosen; fields that are left out take their defaults. The secret stays."""
    name = call.parameter("webhook_id")
    changed = await configured.change_webhook(call.services, name, _wish(body), caller_of(call))
    return Answer(_body(name, changed))


async def remove_webhook(call: Call) -> Answer[None]:
    """What is still on its way to the webhook is not sent any more."""
    await configured.remove_webhook(call.services, call.parameter("webhook_id"), caller_of(call))
    return Answer(None, 204)


async def rotate_webhook_secret(call: Call) -> Answer[NewWebhookSecret]:
    """Makes a new secret. For 24 hours calls have signatures by both, so that receivers can change over; a secret that
    was valid before these two is valid no more."""
    name = call.parameter("webhook_id")
    rotated = await configured.rotate_secret(call.services, name, caller_of(call))
    return Answer(NewWebhookSecret(rotated.secret, datetime.fromtimestamp(rotated.former_until, UTC)))


def caller_of(call: Call) -> configured.WebhookCaller:
    principal = call.principal
    return configured.WebhookCaller(
        key=principal.subject,
        actor=principal.actor,
        sees_all=principal.role == "administrator",
        sees_personal=sees_personal(principal, call.services.configuration),
    )


def _wish(body: WebhookRequest) -> configured.WebhookWish:
    return msgspec.convert(body, configured.WebhookWish, from_attributes=True)


def _body(name: str, item: Webhook) -> SubscribedWebhook:
    return SubscribedWebhook(**_fields(name, item))


def _fields(name: str, item: Webhook) -> dict[str, Any]:
    chosen = msgspec.structs.asdict(item)
    return {"id": name} | {field: chosen[field] for field in SubscribedWebhook.__struct_fields__ if field != "id"}
