"""Commands to the configuration."""

from schemas.commands.command import Command
from schemas.configuration import Item, TableName, Tables

__all__ = ["AdmitAgent", "ConfigurationCommand", "ConfigureItem", "ImportTables", "RemoveItem"]


class ConfigureItem(Command, frozen=True, kw_only=True):
    """Adds the item under this name, or replaces the existing one unless the item must be ``only_new``. The item's
    type decides its table. With ``based_on``, the command is refused unless this is the version of the item's last
    change; 0 stands for an item that is not there."""

    name: str
    item: Item
    only_new: bool = False
    based_on: int | None = None


class RemoveItem(Command, frozen=True, kw_only=True):
    """With ``based_on``, the command is refused unless this is the version of the item's last change."""

    table: TableName
    name: str
    based_on: int | None = None


class ImportTables(Command, frozen=True, kw_only=True):
    """Imports all items or none. Existing items that are not in ``tables`` remain, unless ``replace`` removes them.
    With ``based_on``, the import is refused unless the configuration is at this version."""

    tables: Tables
    replace: bool = False
    based_on: int | None = None


class AdmitAgent(Command, frozen=True, kw_only=True):
    """Logs the agent in as configured at this moment (see LogIn)."""

    agent_id: str
    idle_logout_seconds: float | None = None
    connection_grace_seconds: float = 30.0


ConfigurationCommand = ConfigureItem | RemoveItem | ImportTables | AdmitAgent
