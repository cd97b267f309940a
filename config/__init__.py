"""Settings, their defaults, and the demo's."""

from config.exceptions import ConfigurationError
from config.settings import (
    Agent,
    ApiKey,
    Attachments,
    Authentication,
    Bot,
    Channel,
    Engine,
    Feeds,
    Journal,
    Limits,
    Mrd,
    OpenId,
    Queue,
    Server,
    Settings,
    load_settings,
)

__all__ = [
    "Agent",
    "ApiKey",
    "Attachments",
    "Authentication",
    "Bot",
    "Channel",
    "ConfigurationError",
    "Engine",
    "Feeds",
    "Journal",
    "Limits",
    "Mrd",
    "OpenId",
    "Queue",
    "Server",
    "Settings",
    "load_settings",
]
