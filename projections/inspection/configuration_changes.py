"""The changes of the configuration, by the item and by those who made them."""

from typing import Annotated

import msgspec

from projections.runner import Index, Projection, RecordedEvent, Table, Transaction, doc, on
from schemas.configuration import items_of
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["CHANGES_TABLE", "CONFIGURATION_CHANGES", "ConfigurationChangeRow"]


class ConfigurationChangeRow(msgspec.Struct, kw_only=True):
    version: Annotated[int, doc("The version of the configuration since the change.")]
    kind: Annotated[str, doc("The table of the item.")]
    name: Annotated[str, doc("The item's name.")]
    actor: Annotated[str, doc("The one who made the change.")]
    correlation_id: Annotated[str, doc("What belongs together: an import changes many items at once.")]


CHANGES_TABLE = Table(
    "configuration_changes",
    ConfigurationChangeRow,
    key=("version",),
    grain="One row for each change of an item of the configuration.",
    indexes=(
        Index(("kind", "name", "version")),
        Index(("name", "version")),
        Index(("actor", "version")),
        Index(("correlation_id",)),
    ),
    internal=True,
)


def _configured(tx: Transaction, recorded: RecordedEvent, event: ItemConfigured) -> None:
    for kind, name, _ in items_of(event.item):
        _change(tx, recorded, kind, name)


def _removed(tx: Transaction, recorded: RecordedEvent, event: ItemRemoved) -> None:
    _change(tx, recorded, event.table, event.name)


def _change(tx: Transaction, recorded: RecordedEvent, kind: str, name: str) -> None:
    record = recorded.record
    row = ConfigurationChangeRow(
        version=record.version, kind=kind, name=name, actor=record.actor, correlation_id=record.correlation_id
    )
    tx.append(CHANGES_TABLE, row)


CONFIGURATION_CHANGES = Projection(
    name="configuration_changes",
    version=1,
    description="Configuration changes: which item of the configuration was changed by whom.",
    tables=(CHANGES_TABLE,),
    handlers=(on(ItemConfigured, _configured), on(ItemRemoved, _removed)),
)
