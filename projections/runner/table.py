"""A projection's table: its rows are structs, from which everything else is made."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

import msgspec
import sqlalchemy as sql

from projections.runner.columns import Column, Kind, columns_of
from projections.runner.text_index import index_text

__all__ = ["Index", "Row", "Span", "Table"]

Row = TypeVar("Row", bound=msgspec.Struct)

_TYPES: dict[Kind, sql.types.TypeEngine[Any]] = {
    "text": sql.Text(),
    "integer": sql.BigInteger(),
    "number": sql.Double(),
    "boolean": sql.Boolean(),
    "moment": sql.BigInteger(),
    "duration": sql.BigInteger(),
    "json": sql.Text(),
}


class Index(NamedTuple):
    """An index over these columns. ``where`` is the condition on the rows in it; empty for all rows."""

    columns: tuple[str, ...]
    where: str = ""


class Span(NamedTuple):
    """A duration that the view has as a further column: from one moment to another; of two ends the first that is not
    empty."""

    name: str
    start: str
    end: str | tuple[str, str]
    description: str

    @property
    def expression(self) -> str:
        end = self.end if isinstance(self.end, str) else f"COALESCE({', '.join(self.end)})"
        return f"({end} - {self.start}) / 1000000.0"


class Table(Generic[Row]):
    """A table of a projection. ``grain`` says what one row is; ``example`` is SQL over the view of the same name, for
    people who read it with their own tools. A table that is ``internal`` has no view: only the projection uses it.
    The column ``searched`` holds texts that are found by their words; the rows of such a table are only appended.

    Each build of the projection has a generation of the table, named by its number; the view shows the one in use.
    """

    def __init__(
        self,
        name: str,
        row: type[Row],
        key: tuple[str, ...],
        *,
        grain: str = "",
        example: str = "",
        indexes: Iterable[Index] = (),
        spans: Iterable[Span] = (),
        internal: bool = False,
        searched: str | None = None,
    ) -> None:
        self.name = name
        self.row = row
        self.key = key
        self.grain = grain
        self.example = example
        self.indexes = tuple(indexes)
        self.spans = tuple(spans)
        self.internal = internal
        self.searched = searched
        self.columns: tuple[Column, ...] = columns_of(row)
        self.key_of: Callable[[Row], Any] = attrgetter(*key)
        """The key of a row: a value, or a tuple when the key has several columns."""
        hints = get_type_hints(row, include_extras=True)
        self._decoders = {
            number: msgspec.json.Decoder(hints[column.name])
            for number, column in enumerate(self.columns)
            if column.kind == "json"
        }
        """The decoders of the columns that hold JSON, by number: the values may be structs."""
        self.generation = lru_cache(maxsize=8)(self._generation)

    def __repr__(self) -> str:
        return f"<Table {self.name}>"

    def _generation(self, number: int) -> sql.Table:
        """The table of one build, as SQLAlchemy knows it."""
        name = f"{self.name}_{number}"
        table = sql.Table(name, sql.MetaData(), *(self._sql_column(column) for column in self.columns))
        for place, index in enumerate(self.indexes, 1):
            where = sql.text(index.where) if index.where else None
            columns = (table.c[column] for column in index.columns)
            sql.Index(f"{name}_{place}", *columns, sqlite_where=where, postgresql_where=where)
        if self.searched is not None:
            index_text(table, self.key[0], self.searched)
        return table

    def _sql_column(self, column: Column) -> "sql.Column[Any]":
        key = column.name in self.key
        return sql.Column(
            column.name, _TYPES[column.kind], primary_key=key, nullable=column.nullable and not key, autoincrement=False
        )

    def row_of(self, values: tuple[Any, ...]) -> Row:
        """A row as it was written."""
        if self._decoders:
            read = list(values)
            for number, decoder in self._decoders.items():
                read[number] = None if read[number] is None else decoder.decode(read[number])
            values = tuple(read)
        fields = self.row.__struct_fields__
        return self.row(**dict(zip(fields, values, strict=True)))

    def values_of(self, row: Row) -> tuple[Any, ...]:
        """The values that are written for a row, in the order of its columns."""
        values = msgspec.structs.astuple(row)
        if not self._decoders:
            return values
        written = list(values)
        for number in self._decoders:
            if written[number] is not None:
                written[number] = msgspec.json.encode(written[number]).decode()
        return tuple(written)
