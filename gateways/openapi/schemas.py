"""The JSON schemas of the types that the APIs use, as components."""

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from gateways.http.endpoints import TypeForm
from gateways.openapi.examples import EXAMPLES
from gateways.openapi.json_object import JsonObject
from gateways.openapi.nul import state_no_nul

__all__ = ["Schemas", "reference"]

_REFERENCE = "#/components/schemas/{name}"
_INSTANT = re.compile(r"(^|_)(at|since|oldest)$")


def reference(name: str) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=name)}


class Schemas:
    """The schemas of all types. Structs become components; two structs of the same name are distinguished by their
    modules. ``requests`` are those of the types that are bodies of requests."""

    def __init__(self, types: Iterable[TypeForm], requests: Iterable[TypeForm] = ()) -> None:
        distinct = tuple(dict.fromkeys(types))
        schemas, components = msgspec.json.schema_components(distinct, ref_template=_REFERENCE)
        self._schemas = dict(zip(distinct, schemas, strict=True))
        self.components: dict[str, JsonObject] = components
        for component in components.values():
            _tidy(component)
        state_no_nul([self._schemas[request] for request in requests], components)
        for struct in _descendants(msgspec.Struct):
            if (component := components.get(struct.__name__)) is not None:
                component.update(_rules_between_fields(struct))

    def media_type(self, type_: TypeForm) -> JsonObject:
        """Describes a JSON body of this type, with its example."""
        described = {"schema": self._schemas[type_]}
        return {**described, "example": EXAMPLES[type_]} if type_ in EXAMPLES else described


def _descendants(base: type[msgspec.Struct]) -> Iterator[Any]:
    for struct in base.__subclasses__():
        yield struct
        yield from _descendants(struct)


def _rules_between_fields(struct: Any) -> JsonObject:
    """The rules that single fields do not show: exactly one of some fields is given, or one depends on another."""
    rules: JsonObject = {}
    if hasattr(struct, "EXACTLY_ONE"):
        rules["oneOf"] = [_given(name) for name in struct.EXACTLY_ONE]
    if hasattr(struct, "CONDITIONS"):
        rules["allOf"] = list(struct.CONDITIONS)
    return rules


def _given(name: str) -> JsonObject:
    return {"required": [name], "properties": {name: {"type": "string"}}}


def _tidy(component: JsonObject) -> None:
    if "description" in component:
        component["description"] = inspect.cleandoc(component["description"])
    for name, schema in component.get("properties", {}).items():
        if _INSTANT.search(name):
            _mark_instant(schema)


def _mark_instant(schema: JsonObject) -> None:
    """Adds the format, which msgspec names only if an offset is required, and never for text."""
    for option in schema.get("anyOf", [schema]):
        if option.get("type") == "string":
            option["format"] = "date-time"
