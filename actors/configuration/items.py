"""One item is configured or removed."""

from actors.configuration.changes import (
    Change,
    Named,
    changed,
    conflicts,
    differences,
    new_faults,
    refuse_faults,
    refuse_moved,
    refuse_use,
    with_changes,
)
from actors.configuration.state import Configuration
from actors.decider import Decision, refuse
from schemas.commands import ConfigureItem, RemoveItem
from schemas.configuration import Tables, table_of
from schemas.events import ConfigurationEvent
from schemas.field_errors import FieldError
from schemas.replies import RefusalCode

__all__ = ["configure", "remove"]


def configure(state: Configuration, command: ConfigureItem) -> Decision[ConfigurationEvent]:
    """What is there already as wished overwrites nothing, whatever it is based on: the first answer may have been
    lost."""
    table = table_of(command.item)
    changes = differences(state.tables, [(table, command.name, command.item)])
    if changes and (moved := refuse_moved(state, table, command.name, command.based_on)):
        return moved
    if command.only_new and command.name in getattr(state.tables, table):
        there = FieldError("name", f"{table}.{command.name} is there already; remove it first or take another name")
        return refuse_faults(RefusalCode.CONFIGURATION_CONFLICT, [there])
    refused = _refuse_item(state.tables, Change(table, command.name, command.item))
    return refused or changed(state, changes, command.at, Named(table, command.name))


def _refuse_item(before: Tables, change: Change) -> Decision[ConfigurationEvent] | None:
    """A fault of the item itself is invalid input. A fault of other items, which would no longer fit, is a conflict."""
    after = with_changes(before, [change])
    own: list[FieldError] = []
    others: list[FieldError] = []
    for fault in new_faults(before, after):
        (own if fault.path.startswith(f"{change.table}.{change.name}.") else others).append(fault)
    if own:
        return refuse_faults(RefusalCode.INVALID_INPUT, own)
    found = [*conflicts(before, after), *others]
    return refuse_faults(RefusalCode.CONFIGURATION_CONFLICT, found) if found else None


def remove(state: Configuration, command: RemoveItem) -> Decision[ConfigurationEvent]:
    if command.name not in getattr(state.tables, command.table):
        return refuse(RefusalCode.NOT_FOUND, f"nothing is configured as {command.table}.{command.name}")
    if moved := refuse_moved(state, command.table, command.name, command.based_on):
        return moved
    change = Change(command.table, command.name, None)
    after = with_changes(state.tables, [change])
    what = f"{command.table}.{command.name}"
    if using := [FieldError(fault.path, f"uses {what}") for fault in new_faults(state.tables, after)]:
        return refuse_use(what, using)
    if found := conflicts(state.tables, after):
        return refuse_faults(RefusalCode.CONFIGURATION_CONFLICT, found)
    return changed(state, [change], command.at, Named(command.table, command.name))
