"""The JSON schemas of the types that the APIs speak of, as components."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from gateways.openapi.examples import EXAMPLES

__all__ = ["Schemas", "reference"]

_REFERENCE = "#/components/schemas/{name}"
_INSTANT = re.compile(r"(^|_)(at|since|oldest)$")


def reference(name: str) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=name)}


class Schemas:
    """Knows each type's schema. Structs are components; two of the same name are told apart by their modules."""

    def __init__(self, types: Iterable[Any]) -> None:
        distinct = tuple(dict.fromkeys(types))
        schemas, components = msgspec.json.schema_components(distinct, ref_template=_REFERENCE)
        self._schemas = dict(zip(distinct, schemas, strict=True))
        self.components: dict[str, dict[str, Any]] = components
        for component in components.values():
            _tidy(component)

    def media_type(self, spoken: Any) -> dict[str, Any]:
        """The type as what a JSON body holds, with its example."""
        described = {"schema": self._schemas[spoken]}
        return {**described, "example": EXAMPLES[spoken]} if spoken in EXAMPLES else described


def _tidy(component: dict[str, Any]) -> None:
    if "description" in component:
        component["description"] = inspect.cleandoc(component["description"])
    for name, schema in component.get("properties", {}).items():
        if _INSTANT.search(name):
            _mark_instant(schema)


def _mark_instant(schema: dict[str, Any]) -> None:
    """msgspec names the format only where an offset is demanded, and never for text."""
    for option in schema.get("anyOf", [schema]):
        if option.get("type") == "string":
            option["format"] = "date-time"
