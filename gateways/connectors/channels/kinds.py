"""The connectors by the types of their settings."""

import asyncio
from importlib import import_module
from typing import Any

from gateways.connectors.channels.connector import Connector
from schemas.capabilities import Capabilities
from schemas.configuration.connectors import ConnectorSettings

__all__ = ["capabilities_of", "connector_of", "type_of"]

_HOMES = {
    "telegram": ("gateways.connectors.channels.telegram.connector", "TelegramConnector"),
    "twilio": ("gateways.connectors.channels.twilio.connector", "TwilioConnector"),
    "whatsapp": ("gateways.connectors.channels.whatsapp.connector", "WhatsAppConnector"),
    "messenger": ("gateways.connectors.channels.messenger.connector", "MessengerConnector"),
    "instagram": ("gateways.connectors.channels.messenger.connector", "InstagramConnector"),
    "rest": ("gateways.connectors.channels.rest.connector", "RestConnector"),
}
_made: dict[str, Connector[Any]] = {}


def type_of(settings: ConnectorSettings) -> str:
    """The ``type`` by which the settings are distinguished."""
    return str(type(settings).__struct_config__.tag)


async def connector_of(settings: ConnectorSettings) -> Connector[Any]:
    """The connector for these settings. Its modules are imported on a thread when it is first needed, because the HTTP
    client that they need takes long to import."""
    kind = type_of(settings)
    if kind not in _made:
        module, name = _HOMES[kind]
        made: Connector[Any] = getattr(await asyncio.to_thread(import_module, module), name)()
        _made.setdefault(kind, made)
    return _made[kind]


async def capabilities_of(settings: ConnectorSettings) -> Capabilities:
    return (await connector_of(settings)).capabilities(settings)
