"""Changes of the tables: which are refused, and which events the others become."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from actors.configuration.news import news
from actors.configuration.state import Configuration
from actors.decider import Decision, refuse
from schemas.configuration import TABLES, Item, TableName, Tables
from schemas.configuration.checks import faults
from schemas.events import ConfigurationEvent, ItemConfigured, ItemRemoved
from schemas.field_errors import FieldError
from schemas.replies import ConfigurationReply, Refusal, RefusalCode

__all__ = [
    "MAX_AT_ONCE",
    "Change",
    "Named",
    "changed",
    "conflicts",
    "differences",
    "new_faults",
    "refuse_faults",
    "refuse_moved",
    "refuse_use",
    "with_changes",
]

MAX_AT_ONCE = 30_000
"""The most changes and messages of one command. Each may bring about events elsewhere, and one cascade holds 65,535."""

_MAX_ERRORS = 50
"""The most errors that a refusal lists."""


class Change(NamedTuple):
    """``item`` is None when the item is removed."""

    table: TableName
    name: str
    item: Item | None


class Named(NamedTuple):
    """The one item that a command is about."""

    table: TableName
    name: str


def differences(tables: Tables, items: Iterable[tuple[TableName, str, Item]]) -> list[Change]:
    return [Change(table, name, item) for table, name, item in items if getattr(tables, table).get(name) != item]


def with_changes(tables: Tables, changes: Iterable[Change]) -> Tables:
    """The tables after the changes; the given tables are not changed."""
    after = Tables(**{table: dict(getattr(tables, table)) for table in TABLES})
    for table, name, item in changes:
        if item is None:
            del getattr(after, table)[name]
        else:
            getattr(after, table)[name] = item
    return after


def new_faults(before: Tables, after: Tables) -> list[FieldError]:
    """Faults that stood already, under rules of their time, are no reason to refuse another change."""
    found = faults(after)
    known = set(faults(before)) if found else set()
    return [fault for fault in found if fault not in known]


def conflicts(before: Tables, after: Tables) -> list[FieldError]:
    """Tables that are sound by themselves and yet may not follow those before."""
    found = [
        FieldError(f"queues.{name}.mrd", f"stays {queue.mrd!r}, where its tasks wait; add a queue of another name")
        for name, queue in before.queues.items()
        if name in after.queues and after.queues[name].mrd != queue.mrd
    ]
    administrators = _administrators(before)
    if administrators and not _administrators(after):
        field = "disabled" if _is_disabled(after, administrators[0]) else "role"
        found.append(
            FieldError(f"agents.{administrators[0]}.{field}", "is the last administrator; appoint another first")
        )
    return found


def _is_disabled(tables: Tables, agent_id: str) -> bool:
    agent = tables.agents.get(agent_id)
    return agent is not None and agent.disabled


def _administrators(tables: Tables) -> list[str]:
    return [name for name, agent in tables.agents.items() if agent.role == "administrator" and not agent.disabled]


def refuse_faults(code: RefusalCode, errors: list[FieldError]) -> Decision[ConfigurationEvent]:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    detail = f"{errors[0].path} {errors[0].message}{more}"
    return Decision(reply=Refusal(code, detail, tuple(errors[:_MAX_ERRORS])))


def refuse_use(what: str, using: list[FieldError]) -> Decision[ConfigurationEvent]:
    """``what`` cannot be removed while others use it."""
    named = ", ".join(error.path for error in using[:_MAX_ERRORS])
    detail = f"{what} is in use by {named}; change that first"
    return Decision(reply=Refusal(RefusalCode.CONFIGURATION_CONFLICT, detail, tuple(using[:_MAX_ERRORS])))


def refuse_moved(
    state: Configuration, table: TableName, name: str, based_on: int | None
) -> Decision[ConfigurationEvent] | None:
    """Refuses a change that is based on another version of the item than the one that stands."""
    is_there = name in getattr(state.tables, table)
    if based_on is None or (not is_there if based_on == 0 else based_on == state.last_change(table, name)):
        return None
    moved = f"is not at version {based_on} any more" if is_there else "is not there any more"
    detail = f"{table}.{name} {moved if based_on else 'is there already'}; read it again"
    return refuse(RefusalCode.CHANGED_MEANWHILE, detail)


def changed(
    state: Configuration, changes: list[Change], at: datetime, about: Named | None = None
) -> Decision[ConfigurationEvent]:
    """``about`` is the one item that the command is about, if it is about one."""
    after = with_changes(state.tables, changes)
    events = [_event(change) for change in changes]
    messages = list(news(state.tables, after, events, at)) if changes else []
    if len(events) + len(messages) > MAX_AT_ONCE:
        detail = f"more than {MAX_AT_ONCE} changes and agents concerned at once; make the change in parts"
        return refuse(RefusalCode.INVALID_INPUT, detail)
    removed = sum(change.item is None for change in changes)
    added = sum(change.name not in getattr(state.tables, change.table) for change in changes)
    kept = len(changes) - added - removed
    version = state.version + len(events)
    item_version = None if about is None else version if changes else state.last_change(about.table, about.name)
    return Decision(events, messages, ConfigurationReply(version, added, kept, removed, item_version))


def _event(change: Change) -> ConfigurationEvent:
    if change.item is None:
        return ItemRemoved(table=change.table, name=change.name)
    item = Tables()
    getattr(item, change.table)[change.name] = change.item
    return ItemConfigured(item=item)
