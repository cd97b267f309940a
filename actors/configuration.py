"""The configuration of the contact centre: what is configured, and who is told when it changes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, assert_never

import msgspec

from actors.decider import Decider, Decision, Message, no_deadlines, refuse
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import (
    AdmitAgent,
    ConfigurationCommand,
    ConfigureAgent,
    ConfigureItem,
    ConfigureQueue,
    ImportTables,
    LogIn,
    LogOut,
    RemoveItem,
)
from schemas.configuration import TABLES, Item, TableName, Tables, items_of, table_of
from schemas.configuration.checks import faults
from schemas.events import ConfigurationEvent, ItemConfigured, ItemRemoved
from schemas.field_errors import FieldError
from schemas.replies import ConfigurationReply, Done, Refusal, RefusalCode

__all__ = ["CENTRE", "CONFIGURATION", "MAX_AT_ONCE", "Configuration", "agent_settings"]

CENTRE = "configuration-centre"
"""The stream of the one configuration that there is."""

MAX_AT_ONCE = 30_000
"""Changes and news of one command. Each may bring about events elsewhere, and one cascade holds 65,535."""

_MAX_ERRORS = 50
"""How many errors a refusal lists."""


class Configuration(msgspec.Struct):
    centre: str
    version: int = 0
    tables: Tables = msgspec.field(default_factory=Tables)


class _Change(NamedTuple):
    """``item`` is None when the item is removed."""

    table: TableName
    name: str
    item: Item | None


def agent_settings(tables: Tables, agent_id: str) -> AgentSettings:
    """What a login carries. Raises KeyError for an unknown agent."""
    agent = tables.agents[agent_id]
    mrds = {name: tables.mrds[name] for name in agent.mrds or tables.mrds}
    return AgentSettings(
        name=agent.name,
        mrds={name: MrdSettings(mrd.max_tasks, mrd.interruptible) for name, mrd in mrds.items()},
        attributes=agent.attributes,
    )


def decide(state: Configuration, command: ConfigurationCommand) -> Decision[ConfigurationEvent]:
    match command:
        case ConfigureItem():
            return _configure(state, command)
        case RemoveItem():
            return _remove(state, command)
        case ImportTables():
            return _import(state, command)
        case AdmitAgent():
            return _admit(state, command)
    assert_never(command)


def _configure(state: Configuration, command: ConfigureItem) -> Decision[ConfigurationEvent]:
    table = table_of(command.item)
    if command.only_new and command.name in getattr(state.tables, table):
        there = FieldError("name", f"{table}.{command.name} is there already; remove it first or take another name")
        return _refuse(RefusalCode.CONFIGURATION_CONFLICT, [there])
    refused = _refuse_item(state.tables, _Change(table, command.name, command.item))
    return refused or _changed(state, _differences(state.tables, [(table, command.name, command.item)]), command.at)


def _refuse_item(before: Tables, change: _Change) -> Decision[ConfigurationEvent] | None:
    """What is wrong with the item itself is bad input; where others would not fit any more, they are in the way."""
    after = _with(before, [change])
    own: list[FieldError] = []
    others: list[FieldError] = []
    for fault in _new_faults(before, after):
        (own if fault.path.startswith(f"{change.table}.{change.name}.") else others).append(fault)
    if own:
        return _refuse(RefusalCode.INVALID_INPUT, own)
    conflicts = [*_conflicts(before, after), *others]
    return _refuse(RefusalCode.CONFIGURATION_CONFLICT, conflicts) if conflicts else None


def _remove(state: Configuration, command: RemoveItem) -> Decision[ConfigurationEvent]:
    if command.name not in getattr(state.tables, command.table):
        return refuse(RefusalCode.NOT_FOUND, f"nothing is configured as {command.table}.{command.name}")
    change = _Change(command.table, command.name, None)
    after = _with(state.tables, [change])
    what = f"{command.table}.{command.name}"
    if using := [FieldError(fault.path, f"uses {what}") for fault in _new_faults(state.tables, after)]:
        named = ", ".join(error.path for error in using[:_MAX_ERRORS])
        detail = f"{what} is in use by {named}; change that first"
        return Decision(reply=Refusal(RefusalCode.CONFIGURATION_CONFLICT, detail, tuple(using[:_MAX_ERRORS])))
    if conflicts := _conflicts(state.tables, after):
        return _refuse(RefusalCode.CONFIGURATION_CONFLICT, conflicts)
    return _changed(state, [change], command.at)


def _import(state: Configuration, command: ImportTables) -> Decision[ConfigurationEvent]:
    if command.based_on not in (None, state.version):
        moved = f"the configuration has changed since version {command.based_on}; export it again"
        return refuse(RefusalCode.CONFIGURATION_CHANGED, moved)
    changes = _differences(state.tables, items_of(command.tables))
    if command.replace:
        changes += [
            _Change(table, name, None)
            for table, name, _ in reversed(list(items_of(state.tables)))
            if name not in getattr(command.tables, table)
        ]
    after = _with(state.tables, changes)
    if wrong := _new_faults(state.tables, after):
        return _refuse(RefusalCode.INVALID_INPUT, wrong)
    if conflicts := _conflicts(state.tables, after):
        return _refuse(RefusalCode.CONFIGURATION_CONFLICT, conflicts)
    return _changed(state, changes, command.at)


def _admit(state: Configuration, command: AdmitAgent) -> Decision[ConfigurationEvent]:
    """The login takes its turn among the changes, so that none can pass it unseen."""
    if command.agent_id not in state.tables.agents:
        return refuse(RefusalCode.NOT_FOUND, f"no agent {command.agent_id!r} is configured")
    log_in = LogIn(
        at=command.at,
        agent_id=command.agent_id,
        settings=agent_settings(state.tables, command.agent_id),
        idle_logout_seconds=command.idle_logout_seconds,
        connection_grace_seconds=command.connection_grace_seconds,
    )
    return Decision([], [Message(f"agent-{command.agent_id}", log_in)], Done(state.version))


def _differences(tables: Tables, items: Iterable[tuple[TableName, str, Item]]) -> list[_Change]:
    return [_Change(table, name, item) for table, name, item in items if getattr(tables, table).get(name) != item]


def _with(tables: Tables, changes: Iterable[_Change]) -> Tables:
    """The tables after the changes, beside the ones there are."""
    after = Tables(**{table: dict(getattr(tables, table)) for table in TABLES})
    for table, name, item in changes:
        if item is None:
            del getattr(after, table)[name]
        else:
            getattr(after, table)[name] = item
    return after


def _new_faults(before: Tables, after: Tables) -> list[FieldError]:
    """What stood already, under rules of its time, is no reason to refuse another change."""
    found = faults(after)
    known = set(faults(before)) if found else set()
    return [fault for fault in found if fault not in known]


def _conflicts(before: Tables, after: Tables) -> list[FieldError]:
    """What may not be so after what was."""
    found = [
        FieldError(f"queues.{name}.mrd", f"stays {queue.mrd!r}, where its tasks wait; add a queue of another name")
        for name, queue in before.queues.items()
        if name in after.queues and after.queues[name].mrd != queue.mrd
    ]
    administrators = _administrators(before)
    if administrators and not _administrators(after):
        found.append(FieldError(f"agents.{administrators[0]}.role", "is the last administrator; appoint another first"))
    return found


def _administrators(tables: Tables) -> list[str]:
    return [name for name, agent in tables.agents.items() if agent.role == "administrator"]


def _refuse(code: RefusalCode, errors: list[FieldError]) -> Decision[ConfigurationEvent]:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    detail = f"{errors[0].path} {errors[0].message}{more}"
    return Decision(reply=Refusal(code, detail, tuple(errors[:_MAX_ERRORS])))


def _changed(state: Configuration, changes: list[_Change], at: datetime) -> Decision[ConfigurationEvent]:
    after = _with(state.tables, changes)
    events = [_event(change) for change in changes]
    messages = list(_news(state.tables, after, at)) if changes else []
    if len(events) + len(messages) > MAX_AT_ONCE:
        detail = f"more than {MAX_AT_ONCE} changes and agents concerned at once; make the change in parts"
        return refuse(RefusalCode.INVALID_INPUT, detail)
    removed = sum(change.item is None for change in changes)
    added = sum(change.name not in getattr(state.tables, change.table) for change in changes)
    changed = len(changes) - added - removed
    return Decision(events, messages, ConfigurationReply(state.version + len(events), added, changed, removed))


def _event(change: _Change) -> ConfigurationEvent:
    if change.item is None:
        return ItemRemoved(table=change.table, name=change.name)
    item = Tables()
    getattr(item, change.table)[change.name] = change.item
    return ItemConfigured(item=item)


def _news(before: Tables, after: Tables, at: datetime) -> Iterator[Message]:
    """To the agents what became of them, to the routers what became of their queues.

    The agents hear it first, so that no task is offered by new rules to one who has no room for it any more.
    """
    for agent_id, agent in before.agents.items():
        if agent_id not in after.agents:
            yield Message(f"agent-{agent_id}", LogOut(at=at, reason="agent_removed"))
        elif agent != after.agents[agent_id] or before.mrds != after.mrds:
            settings = agent_settings(after, agent_id)
            if settings != agent_settings(before, agent_id):
                yield Message(f"agent-{agent_id}", ConfigureAgent(at=at, settings=settings))
    for name, queue in after.queues.items():
        if before.queues.get(name) != queue:
            yield Message(f"router-{queue.mrd}", ConfigureQueue(at=at, name=name, queue=queue))


def evolve(state: Configuration, event: ConfigurationEvent) -> None:
    state.version += 1
    match event:
        case ItemConfigured():
            for table, name, item in items_of(event.item):
                getattr(state.tables, table)[name] = item
        case ItemRemoved():
            getattr(state.tables, event.table).pop(event.name, None)
        case _:
            assert_never(event)


def finished(state: Configuration) -> bool:
    return False


CONFIGURATION = Decider(
    "configuration",
    Configuration,
    decide,
    evolve,
    no_deadlines,
    finished,
    snapshot=msgspec.json.encode,
    restore=msgspec.json.Decoder(Configuration).decode,
    pinned=True,
)
