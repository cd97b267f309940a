"""Events of the configuration, in stream ``configuration-centre``."""

from schemas.configuration import TableName, Tables
from schemas.events.event import Event
from schemas.identifiers import ConfiguredName

__all__ = ["ConfigurationEvent", "ItemConfigured", "ItemRemoved"]


class ItemConfigured(Event, frozen=True, kw_only=True):
    """An item of the configuration was added or changed. ``item`` holds the one item as it is from now on, in its table
    and under its name, as the TOML file would."""

    item: Tables


class ItemRemoved(Event, frozen=True, kw_only=True):
    """An item was removed from the configuration."""

    table: TableName
    name: ConfiguredName


ConfigurationEvent = ItemConfigured | ItemRemoved
