"""The configuration's state: its tables, and how events change them."""

from typing import assert_never

import msgspec

from schemas.configuration import Tables, items_of
from schemas.events import ConfigurationEvent, ItemConfigured, ItemRemoved

__all__ = ["Configuration", "evolve"]


class Configuration(msgspec.Struct):
    centre: str
    version: int = 0
    tables: Tables = msgspec.field(default_factory=Tables)


def evolve(state: Configuration, event: ConfigurationEvent) -> None:
    state.version += 1
    match event:
        case ItemConfigured():
            for table, name, item in items_of(event.item):
                getattr(state.tables, table)[name] = item
        case ItemRemoved():
            getattr(state.tables, event.table).pop(event.name, None)
        case _:
            assert_never(event)
