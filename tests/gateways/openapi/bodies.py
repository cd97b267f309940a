"""Bodies that are valid by the description, made from the schemas' own keywords."""

import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gateways.application.application import API
from gateways.openapi import describe

__all__ = ["DESCRIPTION", "is_valid", "resolved", "varied_bodies"]

DESCRIPTION = describe(API)
_WHOLE = Draft202012Validator(DESCRIPTION, format_checker=Draft202012Validator.FORMAT_CHECKER)

_Schema: TypeAlias = dict[str, Any]
_Values: TypeAlias = st.SearchStrategy[Any]

_HOSTILE = [
    "",
    " ",
    "\t\n",
    "\0",
    "a\0b",
    "\u200b",
    "\x1c",
    "\x85",
    "\ufeff",
    "ö",
    "\U0001f600",
    "a\n",
    "A b",
    "x" * 300,
]
_KNOWN = ["support", "chat", "web", "alice", "greeter", "nobody", "24:00-24:00", "2026-02-30", "9999-12-31", "http://["]
_FREE = st.one_of(st.sampled_from([*_HOSTILE, *_KNOWN]), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
_NUMBERS = st.one_of(st.integers(-3, 12), st.sampled_from([2**53, 2**63, 2**64, 2**70, -(2**70), 0.5, 1e300, 1e-300]))
_DEEP = st.integers(28, 40).map(lambda levels: _nested(levels))
_LARGE = st.just({"page": "x" * 20_000})
_ANY = st.one_of(st.none(), st.booleans(), _NUMBERS, _FREE, _DEEP, _LARGE, st.lists(_FREE, max_size=3))
_NAMES = st.one_of(
    st.sampled_from(["subject", "url", "wanted_at", "order", "\0", "", "X-Api-Key", "Host", "monday", "chat", "kty"]),
    _FREE,
)


def is_valid(value: object, schema: _Schema) -> bool:
    return bool(_WHOLE.evolve(schema=schema).is_valid(value))


def varied_bodies(example: dict[str, Any], schema: _Schema) -> _Values:
    """The example with other values at some of its fields, or a body of generated values alone."""
    properties = resolved(schema)["properties"]
    fields = [values_of(field).map(partial(_named, name)) for name, field in properties.items()]
    changes = st.one_of(*fields, st.just({}))
    varied = st.tuples(changes, st.one_of(st.just({}), changes)).map(lambda found: {**example, **found[0], **found[1]})
    return st.one_of(varied, varied, varied, values_of(schema)).filter(lambda body: is_valid(body, schema))


def _named(name: str, value: object) -> dict[str, object]:
    return {name: value}


def resolved(schema: _Schema) -> _Schema:
    if "$ref" in schema:
        found: _Schema = DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def values_of(schema: _Schema) -> _Values:
    """Values that the keywords suggest; those that do not fit all of them are left out."""
    return st.deferred(lambda: _values(resolved(schema)).filter(lambda value: is_valid(value, schema)))


def _values(schema: _Schema) -> _Values:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*(values_of(option) for option in schema["anyOf"]))
    return _OF_TYPE[schema["type"]](schema) if "type" in schema else _ANY


def _text(schema: _Schema) -> _Values:
    if schema.get("format") == "date-time":
        return _instants()
    if schema.get("format") == "date":
        return st.dates().map(date.isoformat)
    texts: list[_Values] = [_FREE]
    if "pattern" in schema:
        texts.append(st.from_regex(schema["pattern"]))
    if "maxLength" in schema:
        texts.append(st.sampled_from(string.ascii_letters).map(lambda letter: letter * schema["maxLength"]))
    return st.one_of(*texts)


def _instants() -> _Values:
    soon = datetime.now(UTC) + timedelta(days=2)
    moments = st.one_of(st.datetimes(timezones=st.just(UTC)), st.just(soon))
    return st.one_of(
        moments.map(datetime.isoformat), st.just("9999-12-31T23:59:59-23:59"), st.just("0001-01-01T00:00:00+23:59")
    )


def _number(schema: _Schema) -> _Values:
    bounds = [schema[bound] for bound in ("minimum", "maximum", "exclusiveMinimum") if bound in schema]
    near = st.sampled_from(bounds or [0]).flatmap(lambda bound: st.sampled_from([bound, bound + 1, bound - 1]))
    return st.one_of(near, _NUMBERS, near.map(float) if schema["type"] == "number" else near)


def _list(schema: _Schema) -> _Values:
    entries = values_of(schema.get("items", {}))
    fewest = schema.get("minItems", 0)
    few = st.lists(entries, min_size=fewest, max_size=min(schema.get("maxItems", 3), fewest + 3))
    return st.one_of(few, entries.map(lambda entry: [entry, entry]))


def _object(schema: _Schema) -> _Values:
    if "properties" not in schema:
        names = values_of({"type": "string", **schema.get("propertyNames", {})})
        names = st.one_of(names, _NAMES)
        inside = schema.get("additionalProperties", {})
        values = values_of(inside) if isinstance(inside, dict) else _ANY
        return st.dictionaries(names, values, min_size=schema.get("minProperties", 0), max_size=3)
    fields = {name: values_of(field) for name, field in schema["properties"].items()}
    required = {name: field for name, field in fields.items() if name in schema.get("required", ())}
    optional = {name: field for name, field in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


_OF_TYPE: dict[str, Callable[[_Schema], _Values]] = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
    "array": _list,
    "object": _object,
}


def _nested(levels: int) -> object:
    value: object = "deep"
    for _ in range(levels):
        value = {"in": value}
    return value
