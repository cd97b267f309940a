"""The fields of events and of the objects inside them, in Markdown."""

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from gateways.openapi.feeds import ALL_SIGNALS
from schemas import configuration
from schemas.events import REGISTRY

__all__ = ["description", "fields", "objects_of"]

_Schema = dict[str, Any]
_DESCRIBED = (*REGISTRY.types.values(), *ALL_SIGNALS)
_COMPONENTS: dict[str, _Schema] = msgspec.json.schema_components(_DESCRIBED, ref_template="{name}")[1]
_CONFIGURED = {
    name for name, item in vars(configuration).items() if isinstance(item, type) and issubclass(item, msgspec.Struct)
}
"""Items of the configuration have a page of their own."""
_WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
_NOTHING: tuple[object, ...] = (None, False, 0, "", [], {})


def description(name: str) -> str:
    """The docstring of the event or object, as paragraphs of Markdown."""
    text = inspect.cleandoc(_COMPONENTS[name].get("description", ""))
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).replace("``", "`")


def fields(name: str, hidden: Iterable[str] = ()) -> str:
    """The table of the fields. ``hidden`` are those that the customer does not see."""
    component = _COMPONENTS[name]
    if not component["properties"]:
        return "It has no fields.\n"
    rows = []
    for field, schema in component["properties"].items():
        notes = _notes(schema, field in component["required"], field in hidden)
        rows.append(f"| `{field}` | {_holds(schema)} | {' '.join(notes)} |")
    return "\n".join(["| field | holds | |", "|---|---|---|", *rows, ""])


def objects_of(names: Iterable[str]) -> list[str]:
    """The objects inside the events and signals of these names, and inside each other."""
    found, waiting = set[str](), list(names)
    while waiting:
        inside = set(_references(_COMPONENTS[waiting.pop()])) - found - _CONFIGURED
        found |= inside
        waiting += inside
    return sorted(found)


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)


def _holds(schema: _Schema) -> str:
    match schema:
        case {"$ref": name} if name in _CONFIGURED:
            return "[configuration](../configuration.md)"
        case {"$ref": name}:
            return f"[{name}](objects.md#{name.lower()})"
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"anyOf": options}:
            values = [_holds(option) for option in options if option != {"type": "null"}]
            return ", ".join(values) + (" or null" if len(values) < len(options) else "")
        case {"type": "array", "items": items}:
            return f"list of {_holds(items)}"
        case {"type": "object", "additionalProperties": dict(values)} if values:
            return f"object of {_holds(values)} by name"
        case {"type": "object"}:
            return "object"
        case {"type": "string", "format": "date-time"}:
            return "instant"
        case {"type": type_}:
            return _WORDS[type_]
    return "anything"


def _notes(schema: _Schema, required: bool, hidden: bool) -> Iterator[str]:
    if not required and (default := schema.get("default")) not in _NOTHING:
        yield f"`{msgspec.json.encode(default).decode()}` when left out."
    elif not required:
        yield "May be left out."
    if any("x-personal" in option or "x-personal-where" in option for option in schema.get("anyOf", [schema])):
        yield "Personal."
    if hidden:
        yield "Hidden from the customer."
