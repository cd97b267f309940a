"""The Admin API's bodies. The configured items have their own structs (see schemas.configuration)."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from schemas.configuration import TABLES, Scope, TableName
from schemas.passwords import NewPassword

__all__ = [
    "PAGES",
    "ConfigurationChange",
    "History",
    "ImportResult",
    "ListedKey",
    "NewKey",
    "NewKeyRequest",
    "PasswordRequest",
    "Undone",
]


class PasswordRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: NewPassword


class NewKeyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=4)]


class NewKey(msgspec.Struct, frozen=True):
    """``key`` is answered only this once; the server keeps its digest alone."""

    name: str
    key: str
    scopes: list[Scope]


class ListedKey(msgspec.Struct, frozen=True):
    scopes: list[Scope]


class ImportResult(msgspec.Struct, frozen=True):
    """The numbers of added, changed and removed items."""

    added: int
    changed: int
    removed: int


class ConfigurationChange(msgspec.Struct, frozen=True):
    """``actor`` changed an item ``at`` this instant. ``before`` and ``after`` are the item as reading it answers; null
    where it is not there. ``version`` is the ETag's since then. Items that were changed at once have the same
    ``correlation_id``; ``together`` is their number. A change is ``undoable`` until its item is changed again."""

    event_id: str
    version: int
    position: int
    at: datetime
    actor: str
    kind: TableName
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    correlation_id: str
    together: int
    undoable: bool


class History(msgspec.Struct, frozen=True):
    """The changes from the newest to the oldest. ``next`` is what to pass as ``before`` to go on, if there are more."""

    changes: list[ConfigurationChange]
    next: int | None


class Undone(msgspec.Struct, frozen=True):
    """The item as it is now, as reading it answers; null when it is not there any more. ``version`` is that of its last
    change."""

    kind: TableName
    name: str
    item: dict[str, Any] | None
    version: int


def _page(table: TableName) -> type[msgspec.Struct]:
    item: Any = ListedKey if table == "api_keys" else TABLES[table]
    name = "Configured" + "".join(word.capitalize() for word in table.split("_"))
    fields = [("items", dict[str, item]), ("next", str | None), ("versions", dict[str, int])]
    page = msgspec.defstruct(name, fields, frozen=True, module=__name__)
    page.__doc__ = (
        "Items by name, in the order of their names. ``next`` is the name after which to go on, if any. ``versions`` "
        "has the version of each item's last change, by name, as ``If-Match`` takes it in quotation marks."
    )
    return page


PAGES: dict[TableName, type[msgspec.Struct]] = {table: _page(table) for table in TABLES}
"""The answer to listing a table."""
