"""Settings, their defaults, and the demo's."""

from config.exceptions import ConfigurationError
from config.settings import (
    Attachments,
    Authentication,
    Engine,
    Feeds,
    Journal,
    Limits,
    OpenId,
    Server,
    Settings,
    load_settings,
    load_tables,
)

__all__ = [
    "Attachments",
    "Authentication",
    "ConfigurationError",
    "Engine",
    "Feeds",
    "Journal",
    "Limits",
    "OpenId",
    "Server",
    "Settings",
    "load_settings",
    "load_tables",
]
