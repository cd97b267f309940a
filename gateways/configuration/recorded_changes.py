"""Changes of the configuration as the journal has them."""

from typing import NamedTuple

import msgspec

from actors.journal import Journal
from actors.journal.places import version_of
from schemas.configuration import ApiKey, Item, TableName, items_of
from schemas.events import REGISTRY, ItemConfigured, ItemRemoved
from schemas.records import CENTRE, Record

__all__ = ["RecordedChange", "change_at", "change_in", "described"]


class RecordedChange(NamedTuple):
    """One change of one item. ``item`` is the item from then on; None when it was removed."""

    record: Record
    table: TableName
    name: str
    item: Item | None

    def described(self) -> dict[str, object]:
        """The change in plain values, without secrets."""
        return {
            "event_id": self.record.event_id,
            "version": self.record.version,
            "at": self.record.at,
            "actor": self.record.actor,
            "kind": self.table,
            "name": self.name,
            "item": described(self.item),
        }


def change_at(journal: Journal, version: int) -> RecordedChange | None:
    """The change that brought the configuration to this version; None if there is none. It reads the journal."""
    record = version_of(journal, CENTRE, version)
    return None if record is None else change_in(record)


def change_in(record: Record) -> RecordedChange:
    """The change that an event of the configuration records. Raises SchemaError when it does not decode."""
    event = REGISTRY.decode(record)
    if isinstance(event, ItemRemoved):
        return RecordedChange(record, event.table, event.name, None)
    if not isinstance(event, ItemConfigured):
        raise TypeError(f"{record.type} is no change of the configuration")
    (changed,) = items_of(event.item)
    return RecordedChange(record, *changed)


def described(item: Item | None) -> dict[str, object] | None:
    """The item in plain values, as reading it answers: of an API key, the scopes alone."""
    if item is None:
        return None
    if isinstance(item, ApiKey):
        return {"scopes": list(item.scopes)}
    plain: dict[str, object] = msgspec.to_builtins(item)
    return plain
