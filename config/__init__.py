"""Settings, their defaults, and the demo's."""

from config.exceptions import SettingsError
from config.secrets import Secrets
from config.settings import (
    AttachmentSettings,
    AuthenticationSettings,
    ConnectionSettings,
    DeskSettings,
    EngineSettings,
    FeedSettings,
    JournalSettings,
    LimitSettings,
    OpenIdSettings,
    PresenceSettings,
    ServerSettings,
    Settings,
    load_settings,
    load_tables,
)

__all__ = [
    "AttachmentSettings",
    "AuthenticationSettings",
    "ConnectionSettings",
    "DeskSettings",
    "EngineSettings",
    "FeedSettings",
    "JournalSettings",
    "LimitSettings",
    "OpenIdSettings",
    "PresenceSettings",
    "Secrets",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "load_settings",
    "load_tables",
]
