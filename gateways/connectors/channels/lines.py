"""Lines: configured channels as their connectors see them."""

from typing import Any, NamedTuple

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.files import ConversationFiles
from gateways.connectors.channels.kinds import connector_of, type_of
from gateways.services import Services
from schemas.configuration import Channel
from schemas.configuration.connectors import ConnectorSettings

__all__ = ["OpenLine", "capabilities_of", "channel_url", "open_line", "route_account"]


class OpenLine(NamedTuple):
    """A line, and the connector that speaks over it."""

    line: Line[Any]
    connector: Connector[Any]


async def open_line(services: Services, channel: str, conversation_id: str = "") -> OpenLine | None:
    """The line of a channel, with the files of a conversation; None for a channel that the server does not carry."""
    settings = settings_of(services, channel)
    if settings is None:
        return None
    address = channel_url(services, channel)
    line: Line[Any] = Line(
        channel=channel,
        settings=settings,
        secrets=services.settings.secrets,
        http=await services.provider_http.session(),
        media=ConversationFiles(services, address, conversation_id),
        public_url=address,
    )
    return OpenLine(line, await connector_of(settings))


def settings_of(services: Services, channel: str) -> ConnectorSettings | None:
    configured: Channel | None = services.configuration.channels.get(channel)
    return None if configured is None else configured.connector


async def capabilities_of(services: Services, channel: str) -> Capabilities | None:
    """What the channel can carry; None for one that the server does not carry itself."""
    settings = settings_of(services, channel)
    return None if settings is None else (await connector_of(settings)).capabilities(settings)


def channel_url(services: Services, channel: str) -> str | None:
    """Where the channel's provider calls this server."""
    public_url = services.settings.server.public_url
    return None if public_url is None else f"{public_url.rstrip('/')}/connectors/v1/{channel}"


async def route_account(services: Services, channel: str, account: str | None) -> str | None:
    """The channel for an account: of the channel that was called, or of another one of its kind. None for an account
    that is not configured."""
    called = settings_of(services, channel)
    if called is None or account is None:
        return channel
    connector = await connector_of(called)
    if connector.account(called) == account:
        return channel
    for name, configured in services.configuration.channels.items():
        settings = configured.connector
        if settings is not None and type_of(settings) == type_of(called) and connector.account(settings) == account:
            return name
    return None
