"""The rows that a projection reads and changes between two checkpoints: all changes are written with the second, or
none."""

from collections.abc import Iterable
from typing import Any, cast

from projections.runner.store import TableStore
from projections.runner.table import Row, Table

__all__ = ["Transaction"]

_MAX_CACHED_ROWS = 100_000


class _Rows:
    """The rows of one table in memory: ``cached`` as the database has them or will have them, ``changed`` those still
    to be written, ``fresh`` new ones that are never read again. None stands for a row that does not exist. While the
    cache is ``whole``, a row that is not in it does not exist."""

    __slots__ = ("cached", "changed", "fresh", "store", "whole")

    def __init__(self, store: TableStore) -> None:
        self.store = store
        self.cached: dict[Any, Any] = {}
        self.changed: dict[Any, Any] = {}
        self.fresh: list[Any] = []
        self.whole = store.is_new


class Transaction:
    """Rows are found by key, at first in the database and from then on in memory: there is one writer.

    A row that ``get`` returns is only read; one from ``change`` or given to ``add`` may be changed until the
    transaction is written.
    """

    def __init__(self, stores: Iterable[TableStore]) -> None:
        self._rows = {store.table: _Rows(store) for store in stores}

    def get(self, table: Table[Row], *key: Any) -> Row | None:
        rows = self._rows[table]
        identity = key[0] if len(key) == 1 else key
        try:
            return cast("Row | None", rows.cached[identity])
        except KeyError:
            row = rows.cached[identity] = None if rows.whole else rows.store.find(key)
            return cast("Row | None", row)

    def change(self, table: Table[Row], *key: Any) -> Row | None:
        row = self.get(table, *key)
        if row is not None:
            self._rows[table].changed[key[0] if len(key) == 1 else key] = row
        return row

    def add(self, table: Table[Row], row: Row) -> Row:
        """Adds a row, in place of the one with the same key if there is one."""
        rows, identity = self._rows[table], table.key_of(row)
        rows.cached[identity] = rows.changed[identity] = row
        return row

    def append(self, table: Table[Row], row: Row) -> None:
        """Adds a new row that is complete: it is not kept in memory. Its key must not have been read before."""
        self._rows[table].fresh.append(row)

    def remove(self, table: Table[Row], *key: Any) -> None:
        rows, identity = self._rows[table], key[0] if len(key) == 1 else key
        rows.cached[identity] = rows.changed[identity] = None

    def write(self, connection: Any) -> None:
        """Writes what has changed; the caller commits, and then calls ``keep`` or ``discard``."""
        for rows in self._rows.values():
            rows.store.write(connection, rows.changed, rows.fresh)

    def keep(self) -> None:
        """Ends the transaction after its commit: the changes are durable."""
        for rows in self._rows.values():
            rows.changed = {}
            rows.fresh = []
            if len(rows.cached) > _MAX_CACHED_ROWS:
                rows.cached, rows.whole = {}, False

    def discard(self) -> None:
        """Ends the transaction after its failure: nothing was written, and the rows in memory are forgotten."""
        for rows in self._rows.values():
            rows.cached, rows.changed, rows.fresh, rows.whole = {}, {}, [], False
