"""The whole configuration from plain values, as TOML and JSON give them."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from schemas.configuration.items import Item
from schemas.configuration.tables import TABLES, TableName, Tables
from schemas.exceptions import InvalidTablesError
from schemas.faults import faults_of
from schemas.field_errors import FieldError
from schemas.identifiers import ConfiguredName
from schemas.nul import nul_faults

__all__ = ["items_of", "read_tables"]


def read_tables(values: Mapping[str, Any]) -> Tables:
    """The tables of plain values. Raises InvalidTablesError, which names every fault of every item."""
    found: list[FieldError] = []
    for table, entries in values.items():
        found += _table_faults(table, entries)
    if found:
        raise InvalidTablesError(found)
    tables = Tables()
    for table, kind in TABLES.items():
        getattr(tables, table).update(
            {name: msgspec.convert(entry, kind) for name, entry in values.get(table, {}).items()}
        )
    return tables


def items_of(tables: Tables) -> Iterator[tuple[TableName, str, Item]]:
    """Every item with its table and name. Each item comes after the items that it names."""
    for table in TABLES:
        for name, item in getattr(tables, table).items():
            yield table, name, item


def _table_faults(table: str, entries: Any) -> list[FieldError]:
    kind = next((kind for name, kind in TABLES.items() if name == table), None)
    if kind is None:
        return [FieldError(table, f"there is no such table; there are {', '.join(TABLES)}")]
    if not isinstance(entries, Mapping):
        return [FieldError(table, f"must be a table of named items, as in [{table}.name]")]
    found = []
    for name, entry in entries.items():
        place = f"{table}.{name}" if name else table
        found += [FieldError(place, fault.message) for fault in faults_of(name, ConfiguredName)]
        found += faults_of(entry, kind, place) or nul_faults(entry, place)
    return found
