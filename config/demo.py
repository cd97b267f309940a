"""The demo: a small contact centre to try things on, on loopback only."""

import tomllib
from importlib.resources import files
from typing import Any

__all__ = ["DEMO_BOT", "DEMO_PASSWORD", "DEMO_TEXTS", "demo_settings"]

DEMO_PASSWORD = "demo"  # noqa: S105 - serve --demo refuses any address but loopback
DEMO_BOT = "greeter"
DEMO_TEXTS = "texts"
"""The channel of the demo's service for text messages, and the secret of its signatures."""

_DAY = 24 * 3600


def demo_settings(bot_url: str) -> dict[str, Any]:
    """The demo's settings, with its bot at this address; without rate limits, for play at full speed, and with times in
    which a reader can follow the README by hand."""
    tables = tomllib.loads(files("config").joinpath("demo.toml").read_text(encoding="utf-8"))
    tables["bots"][DEMO_BOT]["url"] = bot_url
    unlimited = dict.fromkeys(("address_per_minute", "token_per_minute", "starts_per_minute", "uploads_per_hour"), 0)
    return {"limits": unlimited, "authentication": {"access_token_seconds": _DAY}, **tables}
