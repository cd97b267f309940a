"""Settings, their defaults, and the demo's."""

from config.exceptions import ConfigurationError
from config.settings import (
    Authentication,
    Engine,
    Feeds,
    Journal,
    Limits,
    Server,
    Settings,
    load_settings,
    load_tables,
)

__all__ = [
    "Authentication",
    "ConfigurationError",
    "Engine",
    "Feeds",
    "Journal",
    "Limits",
    "Server",
    "Settings",
    "load_settings",
    "load_tables",
]
