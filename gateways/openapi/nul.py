"""States in the schemas of requests that texts hold no NUL, a rule that is checked on the whole body."""

from collections.abc import Iterable

from gateways.openapi.json_object import JsonObject
from schemas.nul import MAY_HOLD_NUL

__all__ = ["state_no_nul"]

_NO_NUL = r"^[^\u0000]*$"
_SAYS_MORE = {"pattern", "enum", "format"}
"""The keywords that admit no NUL already."""


def state_no_nul(bodies: Iterable[JsonObject], components: JsonObject) -> None:
    """Adds the pattern to all texts of these schemas, and of the components to which they refer."""
    seen: set[str] = set()
    waiting = list(bodies)
    while waiting:
        schema = waiting.pop()
        if "$ref" in schema and (name := schema["$ref"].rpartition("/")[2]) not in seen:
            seen.add(name)
            waiting.append(components[name])
        if schema.get("type") == "string" and not _SAYS_MORE & schema.keys():
            schema["pattern"] = _NO_NUL
        waiting += _inside(schema)


def _inside(schema: JsonObject) -> list[JsonObject]:
    found = [*schema.get("anyOf", ())]
    found += [field for name, field in schema.get("properties", {}).items() if name not in MAY_HOLD_NUL]
    found += [schema["items"]] if "items" in schema else []
    if isinstance(values := schema.get("additionalProperties"), dict):
        names = schema.setdefault("propertyNames", {})
        names.setdefault("type", "string")
        found += [values, names]
    return found
