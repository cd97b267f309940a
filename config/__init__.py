"""Settings, their defaults, and the demo's."""

from config.exceptions import ConfigurationError
from config.settings import (
    Agent,
    Authentication,
    Engine,
    Feeds,
    Journal,
    Limits,
    Mrd,
    Server,
    Settings,
    load_settings,
)

__all__ = [
    "Agent",
    "Authentication",
    "ConfigurationError",
    "Engine",
    "Feeds",
    "Journal",
    "Limits",
    "Mrd",
    "Server",
    "Settings",
    "load_settings",
]
