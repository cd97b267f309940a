"""The whole configuration from plain values, as TOML and JSON give them."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from schemas.configuration.items import Item
from schemas.configuration.tables import TABLES, TableName, Tables
from schemas.exceptions import InvalidItemError
from schemas.identifiers import ConfiguredName

__all__ = ["items_of", "read_tables"]


def read_tables(values: Mapping[str, Any]) -> Tables:
    """The tables of plain values. Each item is read alone, because msgspec does not name the wrong item of a whole
    table. Raises InvalidItemError, which names it."""
    tables = Tables()
    for table, entries in values.items():
        if table not in TABLES:
            raise InvalidItemError(table, "", f"there is no such table; there are {', '.join(TABLES)}")
        if not isinstance(entries, Mapping):
            raise InvalidItemError(table, "", f"must be a table of named items, as in [{table}.name]")
        for name, entry in entries.items():
            getattr(tables, table)[name] = _read(table, name, entry)
    return tables


def items_of(tables: Tables) -> Iterator[tuple[TableName, str, Item]]:
    """Every item with its table and name. Each item comes after the items that it names."""
    for table in TABLES:
        for name, item in getattr(tables, table).items():
            yield table, name, item


def _read(table: TableName, name: str, entry: Any) -> Item:
    try:
        msgspec.convert(name, ConfiguredName)
    except msgspec.ValidationError:
        message = "a name is made of lower-case letters, digits, '.', '_' and '-', at most 64"
        raise InvalidItemError(table, name, message) from None
    try:
        return msgspec.convert(entry, TABLES[table])
    except msgspec.ValidationError as error:
        raise InvalidItemError(table, name, str(error)) from error
