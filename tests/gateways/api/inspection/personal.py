"""Events full of personal data that can be recognised wherever they appear."""

from itertools import count
from typing import Any

import msgspec

from schemas.events import REGISTRY, Event

__all__ = ["PERSONAL_NUMBER", "with_recognisable"]

PERSONAL_NUMBER = 12.345678
"""The value for a personal number; it is valid as a latitude and as a longitude."""

_MARK = "Zq7"
_SCHEMAS = REGISTRY.json_schemas()

Schema = dict[str, Any]


def with_recognisable(event: Event) -> tuple[dict[str, Any], list[str]]:
    """The event's data with another text in each place that its JSON schema marks as personal, and these texts.

    Works on the JSON schema, and so apart from what masks.
    """
    schema = _SCHEMAS[type(event).__name__]["schema"]
    texts = _Texts(schema["$defs"])
    data = texts.replaced(msgspec.json.decode(REGISTRY.encode(event)), schema)
    return data, texts.made


class _Texts:
    def __init__(self, definitions: Schema) -> None:
        self._definitions = definitions
        self._numbers = count(1)
        self.made: list[str] = []

    def replaced(self, data: Any, schema: Schema) -> Any:
        schema = self._resolved(schema)
        if schema.get("x-personal"):
            return self._recognisable(data)
        if "anyOf" in schema:
            return self.replaced(data, self._option(data, schema["anyOf"]))
        if isinstance(data, dict):
            return {name: self._field(name, value, schema, data) for name, value in data.items()}
        if isinstance(data, list):
            return [self.replaced(item, schema.get("items", {})) for item in data]
        return data

    def _field(self, name: str, value: Any, schema: Schema, beside: dict[str, Any]) -> Any:
        of_field = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
        for option in of_field.get("anyOf", [of_field]) if isinstance(of_field, dict) else []:
            where = option.get("x-personal-where")
            if where is not None and where.items() <= beside.items():
                return self._recognisable(value)
        return self.replaced(value, of_field if isinstance(of_field, dict) else {})

    def _resolved(self, schema: Schema) -> Schema:
        if "$ref" in schema:
            found: Schema = self._definitions[schema["$ref"].rpartition("/")[2]]
            return found
        return schema

    def _option(self, data: Any, options: list[Schema]) -> Schema:
        """The option to which the data belongs."""
        kinds = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}
        for option in map(self._resolved, options):
            tag = option.get("properties", {}).get("type", {}).get("enum")
            if isinstance(data, dict) and tag is not None and data.get("type") not in tag:
                continue
            if option.get("type") == kinds.get(type(data), "null") or "type" not in option:
                return option
        return {}

    def _recognisable(self, data: Any) -> Any:
        if isinstance(data, str):
            return self._text()
        if isinstance(data, dict):
            return {self._key(name): self._recognisable(value) for name, value in data.items()}
        if isinstance(data, list):
            return [self._recognisable(item) for item in data]
        return PERSONAL_NUMBER if isinstance(data, float) else data

    def _text(self) -> str:
        text = f"{_MARK}{next(self._numbers)}{_MARK}"
        self.made.append(text)
        return text

    def _key(self, name: str) -> str:
        """The names in a mapping of personal data are personal too; they are lower-case where they have to be."""
        text = self._text().lower()
        self.made.append(text)
        return text
