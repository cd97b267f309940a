"""Validates a description, in which the same schemas and problems stand in hundreds of places, each of them once."""

from collections.abc import Iterator
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31

__all__ = ["validate"]


def validate(description: dict[str, Any]) -> None:
    """Raises ValidationError unless the description is valid OpenAPI 3.1."""
    _Validator(_shared(description, {})).validate()


class _Validator(OpenAPIV31SpecValidator):
    """The validator itself checks an object against JSON Schema once. This one does so with OpenAPI's schema too."""

    def __init__(self, description: dict[str, Any]) -> None:
        super().__init__(description)
        self._valid: set[tuple[int, int]] = set()
        self.schema_validator = extend(Draft202012Validator, {"$ref": self._check_once})(dict(schema_v31))

    def _check_once(self, validator: Any, target: str, part: object, schema: Any) -> Iterator[ValidationError]:
        checked = (id(schema), id(part))
        if checked not in self._valid:
            errors = list(Draft202012Validator.VALIDATORS["$ref"](validator, target, part, schema))
            if not errors:
                self._valid.add(checked)
            yield from errors


def _shared(part: Any, objects: dict[bytes, Any]) -> Any:
    """The part, in which everything that is equal has become one object."""
    if isinstance(part, dict):
        part = {name: _shared(inner, objects) for name, inner in part.items()}
    elif isinstance(part, list):
        part = [_shared(inner, objects) for inner in part]
    else:
        return part
    return objects.setdefault(msgspec.json.encode(part), part)
