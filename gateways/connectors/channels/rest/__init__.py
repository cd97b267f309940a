"""Any other channel: a program of somebody else's, the connector, stands between the channel and this server. The two
speak over one signed webhook in both directions. ``docs/channels/rest.md`` is the contract."""

from gateways.connectors.channels.rest.connector import RestConnector

__all__ = ["RestConnector"]
