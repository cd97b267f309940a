"""Many items are configured at once."""

from actors.configuration.changes import (
    Change,
    changed,
    conflicts,
    differences,
    new_faults,
    refuse_faults,
    with_changes,
)
from actors.configuration.state import Configuration
from actors.decider import Decision, refuse
from schemas.commands import ImportTables
from schemas.configuration import items_of
from schemas.events import ConfigurationEvent
from schemas.replies import RefusalCode

__all__ = ["import_tables"]


def import_tables(state: Configuration, command: ImportTables) -> Decision[ConfigurationEvent]:
    if command.based_on not in (None, state.version):
        moved = f"the configuration has changed since version {command.based_on}; export it again"
        return refuse(RefusalCode.CONFIGURATION_CHANGED, moved)
    changes = differences(state.tables, items_of(command.tables))
    if command.replace:
        changes += [
            Change(table, name, None)
            for table, name, _ in reversed(list(items_of(state.tables)))
            if name not in getattr(command.tables, table)
        ]
    after = with_changes(state.tables, changes)
    if wrong := new_faults(state.tables, after):
        return refuse_faults(RefusalCode.INVALID_INPUT, wrong)
    if found := conflicts(state.tables, after):
        return refuse_faults(RefusalCode.CONFIGURATION_CONFLICT, found)
    return changed(state, changes, command.at)
