"""The demo: a small contact centre to try things on, on loopback only."""

from typing import Any

__all__ = ["DEMO_PASSWORD", "demo_settings"]

DEMO_PASSWORD = "demo"  # noqa: S105 - serve --demo refuses any address but loopback


def demo_settings(bot_url: str) -> dict[str, Any]:
    """The demo's settings, with the bot ``greeter`` at this address; without rate limits, for play at full speed."""
    return {
        "limits": {"address_per_minute": 0, "token_per_minute": 0},
        "mrds": {"chat": {"max_tasks": 3}, "callback": {"max_tasks": 1}},
        "queues": {
            "support": {"mrd": "chat"},
            "sales": {"mrd": "chat"},
            "callback": {"mrd": "callback"},
        },
        "bots": {"greeter": {"url": bot_url}},
        "channels": {
            "web": {"queue": "support", "bot": "greeter", "allowed_origins": ["*"]},
            "web-direct": {"queue": "support", "allowed_origins": ["*"]},
            "callback": {"queue": "callback", "kind": "callback", "allowed_origins": ["*"]},
            "task": {"queue": "support", "kind": "task"},
        },
        "agents": {
            "alice": {"name": "Alice"},
            "bob": {"name": "Bob"},
            "carol": {"name": "Carol"},
            "sue": {"name": "Sue", "role": "supervisor"},
            "root": {"name": "Root", "role": "administrator"},
        },
    }
