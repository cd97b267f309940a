"""Commands to the configuration."""

from schemas.commands.command import Command
from schemas.configuration import Item, TableName, Tables

__all__ = ["AdmitAgent", "ConfigurationCommand", "ConfigureItem", "ImportTables", "RemoveItem"]


class ConfigureItem(Command, frozen=True, kw_only=True):
    """Adds the item under this name, or replaces the one there is unless it must be ``only_new``. Its type says in
    which table."""

    name: str
    item: Item
    only_new: bool = False


class RemoveItem(Command, frozen=True, kw_only=True):
    table: TableName
    name: str


class ImportTables(Command, frozen=True, kw_only=True):
    """All of it or nothing. What is there and not in ``tables`` stays, unless ``replace`` removes it. With ``based_on``
    only while the configuration stands at this version."""

    tables: Tables
    replace: bool = False
    based_on: int | None = None


class AdmitAgent(Command, frozen=True, kw_only=True):
    """Logs the agent in as configured at this moment (see LogIn)."""

    agent_id: str
    idle_logout_seconds: float | None = None
    connection_grace_seconds: float = 30.0


ConfigurationCommand = ConfigureItem | RemoveItem | ImportTables | AdmitAgent
