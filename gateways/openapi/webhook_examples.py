"""Examples of the bodies about webhooks: one for each type."""

from gateways.http.endpoints import TypeForm
from gateways.openapi.json_object import JsonObject
from schemas.api import webhooks

__all__ = ["WEBHOOK_EXAMPLES"]

_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"  # noqa: S105 - of the documentation of Standard Webhooks
_WISH: JsonObject = {"url": "https://crm.example.org/hybridchat", "events": ["ConversationEnded", "ConversationRated"]}
_WEBHOOK: JsonObject = {
    "id": "crm-endings",
    **_WISH,
    "channels": [],
    "queues": [],
    "teams": [],
    "personal": False,
    "enabled": True,
    "made_by": "crm",
}

WEBHOOK_EXAMPLES: dict[TypeForm, JsonObject] = {
    webhooks.WebhookRequest: _WISH,
    webhooks.NewWebhookRequest: {"id": "crm-endings", **_WISH},
    webhooks.SubscribedWebhook: _WEBHOOK,
    webhooks.SubscribedWebhooks: {"webhooks": [_WEBHOOK], "next": None},
    webhooks.NewWebhook: {**_WEBHOOK, "secret": _SECRET},
    webhooks.NewWebhookSecret: {"secret": _SECRET, "former_until": "2026-11-23T10:00:00Z"},
    webhooks.WebhookAttempt: {"status": 204, "seconds": 0.214, "answer": "", "failure": None},
}
