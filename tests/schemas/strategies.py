"""Hypothesis strategies for msgspec types, made from the description by msgspec.inspect."""

import re
import string
from collections.abc import Callable
from datetime import UTC
from functools import cache, partial
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from msgspec import inspect

from schemas.configuration import Tables
from schemas.content import TEXT_PATTERN, VISIBLE_PATTERN
from schemas.identifiers import NAME_PATTERN

__all__ = ["values_of"]

Strategy = st.SearchStrategy[Any]

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=5,
)
_MANY = 2
"""The length of lists and dictionaries. They are nested deep: with one more of each, an item of the configuration is
many times as large."""
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_ALPHANUMERIC = string.ascii_lowercase + string.digits
_NAMES = st.builds(str.__add__, st.sampled_from(_ALPHANUMERIC), st.text(f"{_ALPHANUMERIC}._-", max_size=63))
"""They are drawn in two pieces: a pattern's strategy draws character by character, which takes many times as long."""


@cache
def values_of(data_type: Any) -> Strategy:
    """Values that fit the type and its constraints."""
    return _strategy(inspect.type_info(data_type))


def _strategy(info: inspect.Type) -> Strategy:
    return _STRATEGIES[type(info)](info)


def _text(info: Any) -> Strategy:
    if info.pattern == NAME_PATTERN:
        return _NAMES
    least = info.min_length or (0 if info.pattern is None else 1)
    texts = st.text(_CHARACTERS, min_size=least, max_size=min(info.max_length or 40, 40))
    if info.pattern is None:
        return texts
    fits = re.compile(info.pattern).search
    if info.pattern in (TEXT_PATTERN, VISIBLE_PATTERN):
        return texts.filter(fits)
    matching = st.from_regex(re.compile(info.pattern, re.ASCII), fullmatch=True)
    return matching.filter(lambda text: fits(text) and len(text) <= (info.max_length or len(text)))


def _integer(info: Any) -> Strategy:
    least = info.ge if info.ge is not None else -(2**63)
    most = info.le if info.le is not None else 2**63 - 1
    return st.integers(least, most)


def _number(info: Any) -> Strategy:
    least = info.ge if info.ge is not None else info.gt
    return st.floats(
        least, info.le, exclude_min=info.gt is not None, allow_nan=False, allow_infinity=False, allow_subnormal=False
    )


def _list(info: Any) -> Strategy:
    return st.lists(_strategy(info.item_type), min_size=info.min_length or 0, max_size=_MANY)


def _dictionary(info: Any) -> Strategy:
    keys, values = _strategy(info.key_type), _strategy(info.value_type)
    return st.dictionaries(keys, values, min_size=info.min_length or 0, max_size=_MANY)


def _struct(info: Any) -> Strategy:
    if info.cls is Tables:
        return st.one_of(*(_table(field.name, field.type) for field in info.fields))
    fields = {field.name: _strategy(field.type) for field in info.fields}
    return st.builds(partial(_made, info.cls), **fields)


def _made(cls: Callable[..., Any], **fields: Any) -> Any:
    """Fields that do not fit together make no example."""
    try:
        return cls(**fields)
    except ValueError:
        reject()


def _table(name: str, data_type: inspect.Type) -> Strategy:
    """Tables of which one is filled. All of them together are more than Hypothesis draws for an example."""
    return st.builds(Tables, **{name: _strategy(data_type)})


_STRATEGIES: dict[type[inspect.Type], Callable[[Any], Strategy]] = {
    inspect.AnyType: lambda _: _JSON,
    inspect.NoneType: lambda _: st.none(),
    inspect.BoolType: lambda _: st.booleans(),
    inspect.IntType: _integer,
    inspect.FloatType: _number,
    inspect.StrType: _text,
    inspect.DateTimeType: lambda _: st.datetimes(timezones=st.just(UTC)),
    inspect.LiteralType: lambda info: st.sampled_from(info.values),
    inspect.ListType: _list,
    inspect.DictType: _dictionary,
    inspect.UnionType: lambda info: st.one_of(*map(_strategy, info.types)),
    inspect.Metadata: lambda info: _strategy(info.type),
    inspect.StructType: _struct,
}
