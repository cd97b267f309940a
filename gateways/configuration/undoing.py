"""Undoing a change of the configuration: the item becomes again what it was before."""

import asyncio
from typing import NamedTuple

from gateways.configuration.changing import configure_item, remove_item
from gateways.configuration.history import item_before
from gateways.configuration.recorded_changes import change_in
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.configuration import Item, TableName
from schemas.records import CENTRE
from schemas.replies import RefusalCode

__all__ = ["UndoneChange", "undo_change"]


class UndoneChange(NamedTuple):
    """The item as it is now; None when it is not there any more. ``version`` is that of its last change. ``replayed``
    is true when it had been so already."""

    table: TableName
    name: str
    item: Item | None
    version: int
    replayed: bool


async def undo_change(services: Services, event_id: str, actor: str) -> UndoneChange:
    """Puts back what was before the change that this event records, as a new change by the actor. Raises RefusedError
    when the item has been changed since, and whenever it refuses the new change for itself."""
    record = await asyncio.to_thread(services.journal.read_event, event_id)
    if record is None or record.stream != CENTRE:
        raise RefusedError(RefusalCode.NOT_FOUND, f"{event_id} is no change of the configuration")
    change = change_in(record)
    table, name, before = change.table, change.name, await item_before(services, change)
    if before is not None:
        reply = await configure_item(services, name, before, actor, based_on=record.version)
    elif name in getattr(services.configuration.tables, table):
        reply = await remove_item(services, table, name, actor, based_on=record.version)
    else:
        return UndoneChange(table, name, None, services.configuration.last_change(table, name), replayed=True)
    return UndoneChange(table, name, before, reply.item_version or reply.version, reply.replayed)
