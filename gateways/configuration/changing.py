"""Reading, configuring, removing and importing what is configured."""

from typing import NamedTuple

from config.named_secrets import secret_faults
from gateways.configuration.changed_meanwhile import naming_changes
from gateways.configuration.stranding import refuse_to_strand
from gateways.exceptions import RefusedError, invalid_fields
from gateways.services import Services
from gateways.services.asking import ask
from schemas.commands import ConfigureItem, ImportTables, RemoveItem
from schemas.configuration import Bot, Calendar, Channel, Item, TableName, Tables, Webhook, table_of
from schemas.configuration.calendars import calendar_faults
from schemas.configuration.identity_keys import identity_faults
from schemas.records import CENTRE
from schemas.replies import ConfigurationReply, Refusal, RefusalCode

__all__ = [
    "VersionedItem",
    "check_import",
    "configure_item",
    "find_item",
    "find_versioned",
    "import_tables",
    "remove_item",
]


class VersionedItem(NamedTuple):
    """An item with the version of its last change."""

    item: Item
    version: int


def find_versioned(services: Services, table: TableName, name: str) -> VersionedItem:
    """Raises RefusedError when nothing is configured under this name."""
    return VersionedItem(find_item(services, table, name), services.configuration.last_change(table, name))


def find_item(services: Services, table: TableName, name: str) -> Item:
    """Raises RefusedError when nothing is configured under this name."""
    item: Item | None = getattr(services.configuration.tables, table).get(name)
    if item is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"nothing is configured as {table}.{name[:64]!r}")
    return item


async def configure_item(
    services: Services, name: str, item: Item, actor: str, *, only_new: bool = False, based_on: int | None = None
) -> ConfigurationReply:
    """Adds the item, or replaces the one there is unless ``only_new``. ``based_on`` is the version of the item on which
    the change is based, where that matters; 0 for an item that must not be there. Raises RefusedError, which names the
    change that came between."""
    if isinstance(item, Calendar | Bot | Channel | Webhook):
        tables = Tables()
        getattr(tables, table_of(item))[name] = item
        _refuse_unusable(services, tables)
    command = ConfigureItem(at=services.clock(), name=name, item=item, only_new=only_new, based_on=based_on)
    async with naming_changes(services, table_of(item), name):
        return await ask(services, CENTRE, command, actor, ConfigurationReply)


async def remove_item(
    services: Services, table: TableName, name: str, actor: str, *, based_on: int | None = None
) -> ConfigurationReply:
    """``based_on`` is the version of the item on which the removal is based, where that matters. Raises RefusedError,
    also while something else uses the item or customers wait in it."""
    find_item(services, table, name)
    if table in ("queues", "mrds"):
        refuse_to_strand(services, **{table: {name}})
    command = RemoveItem(at=services.clock(), table=table, name=name, based_on=based_on)
    async with naming_changes(services, table, name):
        return await ask(services, CENTRE, command, actor, ConfigurationReply)


async def import_tables(
    services: Services, tables: Tables, actor: str, *, replace: bool = False, based_on: int | None = None
) -> ConfigurationReply:
    """All of it or nothing. What is there and not in ``tables`` stays, unless it is to ``replace`` everything.
    ``based_on`` is the version of the configuration from which the tables were made, where that matters. Raises
    RefusedError."""
    _refuse_unimportable(services, tables, replace=replace)
    command = ImportTables(at=services.clock(), tables=tables, replace=replace, based_on=based_on)
    async with naming_changes(services):
        return await ask(services, CENTRE, command, actor, ConfigurationReply)


async def check_import(
    services: Services, tables: Tables, *, replace: bool = False, based_on: int | None = None
) -> ConfigurationReply:
    """What an import would come to, which is not made. Raises RefusedError as the import would."""
    _refuse_unimportable(services, tables, replace=replace)
    command = ImportTables(at=services.clock(), tables=tables, replace=replace, based_on=based_on)
    async with naming_changes(services):
        reply = services.configuration.reply_to(command)
        if isinstance(reply, Refusal):
            raise RefusedError.of(reply)
    if not isinstance(reply, ConfigurationReply):
        raise TypeError(f"an import is answered with {reply!r}")
    return reply


def _refuse_unimportable(services: Services, tables: Tables, *, replace: bool) -> None:
    _refuse_unusable(services, tables)
    if replace:
        now = services.configuration.tables
        refuse_to_strand(services, now.queues.keys() - tables.queues, now.mrds.keys() - tables.mrds)


def _refuse_unusable(services: Services, tables: Tables) -> None:
    """Refuses what a decider may not check: calendars that cannot be followed, keys that check no
    signature, secrets that are not in the settings."""
    if found := [*calendar_faults(tables), *identity_faults(tables), *secret_faults(tables, services.settings.secrets)]:
        raise invalid_fields(found)
