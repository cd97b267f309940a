"""The configuration's state: its tables, and how events change them."""

from typing import assert_never

import msgspec

from schemas.configuration import TableName, Tables, items_of
from schemas.events import ConfigurationEvent, ItemConfigured, ItemRemoved

__all__ = ["Configuration", "evolve"]


class Configuration(msgspec.Struct):
    """``last_changes`` holds the version at which each item was changed last, also of items that were removed."""

    centre: str
    version: int = 0
    tables: Tables = msgspec.field(default_factory=Tables)
    last_changes: dict[TableName, dict[str, int]] = {}

    def last_change(self, table: TableName, name: str) -> int:
        """The version of the last change of the item; 0 when nothing ever had this name."""
        return self.last_changes.get(table, {}).get(name, 0)

    def note_change(self, table: TableName, name: str) -> None:
        self.last_changes.setdefault(table, {})[name] = self.version


def evolve(state: Configuration, event: ConfigurationEvent) -> None:
    state.version += 1
    match event:
        case ItemConfigured():
            for table, name, item in items_of(event.item):
                getattr(state.tables, table)[name] = item
                state.note_change(table, name)
        case ItemRemoved():
            getattr(state.tables, event.table).pop(event.name, None)
            state.note_change(event.table, event.name)
        case _:
            assert_never(event)
