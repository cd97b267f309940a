"""Examples of the Admin API's bodies: one for each type, all of the same contact centre."""

from gateways.configuration.scopes import SCOPE_MEANINGS
from gateways.http.endpoints import TypeForm
from gateways.openapi.json_object import JsonObject
from schemas.api import admin
from schemas.configuration import TABLES, TableName, Tables

__all__ = ["ADMIN_EXAMPLES"]

_KEY = {"scopes": ["admin"]}
_ITEMS: dict[TableName, tuple[str, JsonObject]] = {
    "attributes": ("english", {"type": "proficiency"}),
    "mrds": ("chat", {"max_tasks": 3, "interruptible": True}),
    "calendars": (
        "office",
        {"zone": "Europe/Vienna", "shifts": {"monday": ["09:00-12:00", "13:00-17:30"]}, "holidays": ["2026-12-24"]},
    ),
    "queues": (
        "sales",
        {
            "mrd": "chat",
            "priority": 8,
            "steps": [{"criterion": "english >= 8 and sales", "seconds": 30}, {"criterion": "english >= 5"}],
            "overflow": {"queue": "support", "after_seconds": 300},
            "calendar": "office",
        },
    ),
    "bots": ("greeter", {"url": "http://127.0.0.1:5005", "suggests": True}),
    "channels": ("web", {"queue": "support", "bot": "greeter", "allowed_origins": ["https://www.example.org"]}),
    "reason_codes": ("lunch", {"label": "Lunch"}),
    "wrap_up_codes": ("order_status", {"label": "Order status"}),
    "canned_messages": ("welcome", {"text": "Hello {customer_name}, how can I help you?", "language": "en"}),
    "agents": ("alice", {"name": "Alice", "team": "service", "attributes": {"english": 9, "sales": True}}),
    "teams": ("service", {"label": "Customer service", "supervisors": ["sue"]}),
    "api_keys": ("backoffice", {"sha256": "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", **_KEY}),
    "webhooks": (
        "crm",
        {
            "url": "https://crm.example.org/hybridchat",
            "events": ["ConversationEnded", "ConversationRated"],
            "signing_secret": "crm_webhook",
        },
    ),
}
_DIALOGUE = "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"
_SCOPE: JsonObject = {"scope": "reports", "meaning": SCOPE_MEANINGS["reports"]}
_ELIGIBLE: JsonObject = {"eligible": 2, "ready_now": 1, "names": ["Alice", "Bob"]}
_CHANGE: JsonObject = {
    "event_id": "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0001",
    "version": 41,
    "position": 3120,
    "at": "2026-11-22T10:00:00.000000Z",
    "actor": "agent:root",
    "kind": "queues",
    "name": "sales",
    "before": {"mrd": "chat"},
    "after": {"mrd": "chat", "priority": 8},
    "correlation_id": "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0000",
    "together": 1,
    "undoable": True,
}
_FINDING: JsonObject = {
    "status": "fault",
    "words": "No webhook is set. Set up the channel.",
}

ADMIN_EXAMPLES: dict[TypeForm, JsonObject] = {
    **{TABLES[table]: item for table, (_, item) in _ITEMS.items()},
    **{
        admin.PAGES[table]: {
            "items": {name: _KEY if table == "api_keys" else item},
            "next": None,
            "versions": {name: 41},
        }
        for table, (name, item) in _ITEMS.items()
    },
    admin.ListedKey: _KEY,
    admin.NewKeyRequest: _KEY,
    admin.NewKey: {"name": "backoffice", "key": "dX3kq0Y2nWc7vB5tR8mJ1aLzS4eHgP6f", **_KEY},
    admin.PasswordRequest: {"password": "eleven quiet harbours"},
    admin.BotAttemptRequest: {"text": "Where is my order?", "sender": _DIALOGUE},
    admin.BotHandoff: {"queue": "sales", "reason": "an order above 1,000"},
    admin.BotAttempt: {
        "sender": _DIALOGUE,
        "seconds": 0.214,
        "contents": [{"type": "text", "text": "It is on its way."}],
        "handoff": None,
        "left_out": [],
        "failure": None,
    },
    admin.ChannelFinding: _FINDING,
    admin.ChannelFindings: {"findings": [_FINDING]},
    admin.ScopeMeaning: _SCOPE,
    admin.Scopes: {"scopes": [_SCOPE]},
    admin.CriterionRequest: {"criterion": "english >= 8 and sales", "mrd": "chat"},
    admin.CriterionFault: {"position": 11, "message": "expected a whole number from 1 to 10, found the end"},
    admin.CriterionAgents: _ELIGIBLE,
    admin.CriterionCheck: {"valid": True, "faults": [], "agents": _ELIGIBLE},
    admin.ConfigurationChange: _CHANGE,
    admin.History: {"changes": [_CHANGE], "next": 41},
    admin.Undone: {"kind": "queues", "name": "sales", "item": _CHANGE["before"], "version": 42},
    admin.ImportResult: {"added": 2, "changed": 1, "removed": 0},
    Tables: {table: {name: item} for table, (name, item) in _ITEMS.items()},
}
