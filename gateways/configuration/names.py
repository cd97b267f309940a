"""Names of configured items in queries. A name that nothing ever had is refused: its empty answer would mislead."""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from actors.journal import Journal
from gateways.exceptions import invalid_fields
from gateways.services import Services
from schemas.configuration import TableName
from schemas.events import ItemRemoved
from schemas.field_errors import FieldError
from schemas.records import CENTRE

__all__ = ["GivenNames", "check_names"]

_BATCH = 1_000
_MAX_QUOTED = 64


class GivenNames(NamedTuple):
    """The names that ``field`` gives of items of ``table``."""

    field: str
    table: TableName
    names: set[str]


async def check_names(services: Services, given: Iterable[GivenNames]) -> None:
    """Raises RefusedError, which names each field with a name that no item has or had."""
    found = []
    for field, table, names in given:
        unknown = names - getattr(services.configuration.tables, table).keys()
        if unknown and (never := await asyncio.to_thread(_never_configured, services.journal, table, unknown)):
            message = f"nothing is or was configured as {table}.{min(never)[:_MAX_QUOTED]}"
            found.append(FieldError(field, message))
    if found:
        raise invalid_fields(found)


def _never_configured(journal: Journal, table: TableName, names: set[str]) -> set[str]:
    """The names that no removed item had either: what is removed still stands in reports."""
    never, after = set(names), 0
    while never and (records := journal.read_stream(CENTRE, after, _BATCH)):
        for record in records:
            if record.type == ItemRemoved.__name__:
                removed = msgspec.json.decode(record.data, type=ItemRemoved)
                if removed.table == table:
                    never.discard(removed.name)
        after = records[-1].version
    return never
