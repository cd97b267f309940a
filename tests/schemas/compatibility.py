"""The check that recorded events still fit: it compares JSON schemas as msgspec makes them.

A change breaks recorded events when data that fits the recorded schema would no longer decode, would lose a field, or
would mean something else: a field that takes another default, say.
"""

from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["breaking_changes"]

Schema = dict[str, Any]

_NO_WIDER = ("minLength", "minItems", "minimum", "exclusiveMinimum", "minProperties")
_NO_NARROWER = ("maxLength", "maxItems", "maximum", "exclusiveMaximum", "maxProperties")
_MARKS = ("x-personal", "x-personal-where", "x-secret")
_THE_SAME = ("pattern", "format", "contentEncoding", "multipleOf", "const")
_SAYS_NOTHING = {"title", "description", "examples", *_MARKS, "discriminator", "$defs"}
_STRUCTURE = {"$ref", "additionalProperties", "anyOf", "default", "enum", "items", "properties", "required", "type"}
_COMPARED = {*_NO_WIDER, *_NO_NARROWER, *_THE_SAME, *_SAYS_NOTHING, *_STRUCTURE}
_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def breaking_changes(recorded: dict[str, Any], current: dict[str, Any]) -> list[str]:
    """The changes in ``current`` by which events as ``recorded`` no longer fit; both as EventRegistry.json_schemas
    gives them."""
    return [change for name in recorded for change in _changes_of_type(name, recorded[name], current.get(name))]


def _changes_of_type(name: str, recorded: dict[str, Any], current: dict[str, Any] | None) -> Iterator[str]:
    if current is None:
        yield f"{name}: the type was removed"
    elif current["version"] < recorded["version"]:
        yield f"{name}: the version went back from {recorded['version']} to {current['version']}"
    elif current["version"] == recorded["version"]:
        yield from _Comparison(recorded["schema"], current["schema"]).changes(name)


class _Comparison:
    """A comparison of two schemas with their definitions. ``seen`` ends the comparison of definitions that contain
    themselves."""

    def __init__(self, recorded: Schema, current: Schema, seen: Iterable[tuple[str, str]] = ()) -> None:
        self._recorded = recorded
        self._current = current
        self._seen = set(seen)

    def changes(self, path: str) -> Iterator[str]:
        yield from self._compare(path, self._recorded, self._current)

    def _compare(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair) and pair in self._seen:
            return
        self._seen.add(pair)
        old, new = _resolve(old, self._recorded), _resolve(new, self._current)
        if unknown := sorted(key for key in (old | new).keys() - _COMPARED if old.get(key) != new.get(key)):
            yield f"{path}: the comparison does not know {', '.join(unknown)}"
        elif "anyOf" in old or "anyOf" in new:
            yield from self._compare_alternatives(path, old, new)
        elif new.keys() - _SAYS_NOTHING - {"default"}:
            yield from _compare_values(path, old, new)
            yield from self._compare_objects(path, old, new)
            yield from self._compare_items(path, old, new)

    def _compare_alternatives(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        """Each recorded alternative must fit one of today's."""
        for number, alternative in enumerate(old.get("anyOf", [old])):
            if not any(self._fits(alternative, other) for other in new.get("anyOf", [new])):
                yield f"{path}: alternative {number} of what was recorded no longer fits"

    def _fits(self, old: Schema, new: Schema) -> bool:
        comparison = _Comparison(self._recorded, self._current, self._seen)
        return not any(comparison._compare("", old, new))

    def _compare_objects(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        if new.get("type") != "object":
            return
        fields, now = old.get("properties", {}), new.get("properties", {})
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{path}.{name}: is required now, recorded events may lack it"
        for name in sorted(fields.keys() - now.keys()):
            yield f"{path}.{name}: was removed"
        for name in sorted(fields.keys() & now.keys()):
            yield from self._compare(f"{path}.{name}", fields[name], now[name])
            yield from _compare_defaults(f"{path}.{name}", fields[name], now[name])
        yield from self._compare_others(path, old, new)

    def _compare_others(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        """Compares the keys beyond those named: all, none, or those with values of a schema."""
        others, now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if now is True or now == {} or others is False:
            return
        if now is False:
            yield f"{path}: forbids unknown fields now"
        else:
            yield from self._compare(f"{path}.*", {} if others is True else others, now)

    def _compare_items(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        if new.get("items"):
            yield from self._compare(f"{path}[]", old.get("items") or {}, new["items"])


def _compare_values(path: str, old: Schema, new: Schema) -> Iterator[str]:
    if not _types(old) <= _types(new) | ({"integer"} if "number" in _types(new) else set()):
        yield f"{path}: was {_named(old)}, is {_named(new)}"
    if "enum" in new and not set(old.get("enum", [...])) <= set(new["enum"]):
        yield f"{path}: no longer takes every recorded value"
    for rule in _THE_SAME:
        if rule in new and new[rule] != old.get(rule):
            yield f"{path}: {rule} is {new[rule]!r} now"
    for rule in _NO_WIDER:
        if rule in new and not (rule in old and old[rule] >= new[rule]):
            yield f"{path}: {rule} is {new[rule]} now"
    for rule in _NO_NARROWER:
        if rule in new and not (rule in old and old[rule] <= new[rule]):
            yield f"{path}: {rule} is {new[rule]} now"


def _compare_defaults(path: str, old: Schema, new: Schema) -> Iterator[str]:
    if "default" in old and ("default" not in new or old["default"] != new["default"]):
        yield f"{path}: another default changes what recorded events without it mean"


def _resolve(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        referred = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        schema = {**referred, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def _types(schema: Schema) -> set[str]:
    if "enum" in schema:
        return {_JSON_TYPES[type(value)] for value in schema["enum"]}
    stated = schema.get("type", ["string", "number", "boolean", "object", "array", "null"])
    return {stated} if isinstance(stated, str) else set(stated)


def _named(schema: Schema) -> str:
    return " or ".join(sorted(_types(schema)))
