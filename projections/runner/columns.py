"""The columns of a projection's tables, read from the annotations of its rows."""

import types
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

__all__ = ["EPOCH", "Column", "Duration", "Kind", "Moment", "columns_of", "doc", "instant_of", "moment_of"]

Kind = Literal["text", "integer", "number", "boolean", "moment", "duration", "json"]

Moment = Annotated[int, msgspec.Meta(extra={"kind": "moment"})]
"""An instant as whole microseconds since 1970-01-01 UTC: exact, and the same arithmetic in every database."""

Duration = Annotated[int, msgspec.Meta(extra={"kind": "duration"})]
"""Whole microseconds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: dict[Any, Kind] = {str: "text", int: "integer", float: "number", bool: "boolean", list: "json", dict: "json"}


class Column(NamedTuple):
    """``personal`` marks personal data. ``description`` is for readers of the table, ``extra`` for the code that knows
    what further annotations mean."""

    name: str
    kind: Kind
    nullable: bool
    personal: bool
    description: str
    extra: dict[str, Any]


def doc(description: str) -> msgspec.Meta:
    """The description of a column, as an annotation of the row's field."""
    return msgspec.Meta(description=description)


def moment_of(instant: datetime) -> int:
    """The instant in microseconds. Raises TypeError for a datetime without an offset."""
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant_of(moment: int) -> datetime:
    seconds, microseconds = divmod(moment, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


def columns_of(row: type[msgspec.Struct]) -> tuple[Column, ...]:
    """The columns in the order of the struct's fields. Raises KeyError for a type that no column holds."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(_column(name, hints[name]) for name in row.__struct_fields__)


def _column(name: str, hint: Any) -> Column:
    plain, nullable, metas = hint, False, list[msgspec.Meta]()
    while True:
        if get_origin(plain) is Annotated:
            plain, *found = get_args(plain)
            metas += [meta for meta in found if isinstance(meta, msgspec.Meta)]
        elif get_origin(plain) in (Union, types.UnionType):
            nullable = True
            (plain,) = (member for member in get_args(plain) if member is not type(None))
        else:
            break
    extra = {name: value for meta in metas for name, value in (meta.extra or {}).items()}
    descriptions = [meta.description for meta in metas if meta.description]
    return Column(
        name=name,
        kind=extra.get("kind", _kind(plain)),
        nullable=nullable,
        personal=any("x-personal" in (meta.extra_json_schema or {}) for meta in metas),
        description=descriptions[-1] if descriptions else "",
        extra=extra,
    )


def _kind(plain: Any) -> Kind:
    origin = get_origin(plain)
    if origin is Literal:
        return _KINDS[type(next(_literals(plain)))]
    return _KINDS[origin or plain]


def _literals(plain: Any) -> Iterator[Any]:
    yield from get_args(plain)
