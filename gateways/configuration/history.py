"""The history of the configuration: who changed what, when, and how the item was before."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sql

from actors.journal import Journal
from gateways.configuration.recorded_changes import RecordedChange, change_at
from gateways.read_models import read, wait_for_position
from gateways.services import Services
from projections.inspection import CHANGES_TABLE, CONFIGURATION_CHANGES
from projections.runner import TableReader
from schemas.configuration import Item

__all__ = ["HistoryEntry", "HistoryPage", "WantedChanges", "item_before", "read_history"]


class WantedChanges(NamedTuple):
    """The changes that a reader wants: each condition that is not None has to be met. ``before`` is the version before
    which the page begins, ``limit`` the most changes of it."""

    limit: int
    before: int | None = None
    kind: str | None = None
    name: str | None = None
    changed_by: str | None = None
    correlation_id: str | None = None


class HistoryEntry(NamedTuple):
    """A change and the item before it; None when it was not there. ``together`` is the number of items that were
    changed at once, ``undoable`` is true for the last change of its item."""

    change: RecordedChange
    before: Item | None
    together: int
    undoable: bool


class HistoryPage(NamedTuple):
    """The changes from the newest to the oldest. ``next`` is the version before which to go on."""

    entries: list[HistoryEntry]
    next: int | None


class _Place(NamedTuple):
    """A change's version, that of the change of the same item before it, and the number of changes together."""

    version: int
    previous: int | None
    together: int


async def read_history(services: Services, wanted: WantedChanges) -> HistoryPage:
    """The page, with every change that was made before the call. Raises ReportBehindError, NotBuiltError or
    DatabaseUnavailableError."""
    if not _can_match(wanted):
        return HistoryPage([], None)
    await _wait_for_last_change(services)

    def work(reader: TableReader) -> list[tuple[RecordedChange, Item | None, int]]:
        return list(_with_items(services.journal, _places(reader, wanted)))

    found = await read(services.projections, (CONFIGURATION_CHANGES,), work)
    entries = [
        HistoryEntry(change, before, together, _is_last(services, change))
        for change, before, together in found[: wanted.limit]
    ]
    following = entries[-1].change.record.version if len(found) > wanted.limit else None
    return HistoryPage(entries, following)


async def item_before(services: Services, change: RecordedChange) -> Item | None:
    """The item as it was before the change; None when it was not there. Raises as ``read_history`` does."""
    await _wait_for_last_change(services)

    def work(reader: TableReader) -> Item | None:
        table = reader.table(CHANGES_TABLE)
        earlier = sql.select(sql.func.max(table.c.version)).where(
            table.c.kind == change.table, table.c.name == change.name, table.c.version < change.record.version
        )
        return _item_at(services.journal, reader.connection.scalar(earlier))

    return await read(services.projections, (CONFIGURATION_CHANGES,), work)


def _can_match(wanted: WantedChanges) -> bool:
    """No text of a change has NUL, and some databases refuse it."""
    return not any("\0" in value for value in wanted if isinstance(value, str))


def _is_last(services: Services, change: RecordedChange) -> bool:
    return services.configuration.last_change(change.table, change.name) == change.record.version


async def _wait_for_last_change(services: Services) -> None:
    last = await asyncio.to_thread(change_at, services.journal, services.configuration.version)
    if last is not None:
        await wait_for_position(services.projections, (CONFIGURATION_CHANGES,), last.record.position)


def _places(reader: TableReader, wanted: WantedChanges) -> list[_Place]:
    """The places of the page's changes, and of one more if there is one."""
    table = reader.table(CHANGES_TABLE)
    others, siblings = table.alias(), table.alias()
    previous = (
        sql.select(sql.func.max(others.c.version))
        .where(others.c.kind == table.c.kind, others.c.name == table.c.name, others.c.version < table.c.version)
        .scalar_subquery()
    )
    together = (
        sql.select(sql.func.count())
        .select_from(siblings)
        .where(siblings.c.correlation_id == table.c.correlation_id)
        .scalar_subquery()
    )
    found = (
        sql.select(table.c.version, previous, together)
        .where(*_conditions(table, wanted))
        .order_by(table.c.version.desc())
        .limit(wanted.limit + 1)
    )
    return [_Place(*row) for row in reader.connection.execute(found)]


def _conditions(table: sql.Table, wanted: WantedChanges) -> "Iterator[sql.ColumnElement[bool]]":
    if wanted.before is not None:
        yield table.c.version < wanted.before
    columns = {
        "kind": wanted.kind,
        "name": wanted.name,
        "actor": wanted.changed_by,
        "correlation_id": wanted.correlation_id,
    }
    for column, value in columns.items():
        if value is not None:
            yield table.c[column] == value


def _with_items(journal: Journal, places: list[_Place]) -> Iterator[tuple[RecordedChange, Item | None, int]]:
    for place in places:
        change = change_at(journal, place.version)
        if change is not None:
            yield change, _item_at(journal, place.previous), place.together


def _item_at(journal: Journal, version: int | None) -> Item | None:
    change = None if version is None else change_at(journal, version)
    return None if change is None else change.item
