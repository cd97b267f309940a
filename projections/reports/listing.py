"""Pages of the reports that list facts."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sql

from projections.reports.exceptions import InvalidRequestError
from projections.runner import TableReader

__all__ = ["list_page"]

R = TypeVar("R", bound=msgspec.Struct)


def list_page(
    reader: TableReader,
    statement: "sql.Select[Any]",
    key: Sequence["sql.ColumnElement[Any]"],
    after: str | None,
    limit: int,
    make: Callable[[Any], R],
) -> tuple[list[R], str | None]:
    """The rows beyond the cursor ``after`` and the next cursor, None at the end. The first of the key's columns is a
    position, the second, if there is one, text; the statement selects them under their names. Raises
    InvalidRequestError for text that is no cursor."""
    if after is not None:
        statement = statement.where(_beyond(key, after))
    found = reader.connection.execute(statement.order_by(*key).limit(limit + 1)).all()
    more = found[limit - 1] if len(found) > limit else None
    cursor = None if more is None else ".".join(str(getattr(more, column.key or "")) for column in key)
    return [make(row) for row in found[:limit]], cursor


def _beyond(key: Sequence["sql.ColumnElement[Any]"], after: str) -> "sql.ColumnElement[bool]":
    position, dot, rest = after.partition(".")
    if (
        not (position.isascii() and position.isdigit() and len(position) < 19 and bool(dot) == (len(key) > 1))
        or "\x00" in rest
    ):
        raise InvalidRequestError("cursor", "must be the next of an answer to the same request")
    values = [int(position), rest][: len(key)]
    return sql.tuple_(*key) > sql.tuple_(*(sql.literal(value) for value in values))
