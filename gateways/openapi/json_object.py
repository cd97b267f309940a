"""A JSON object of an OpenAPI document."""

from typing import Any, TypeAlias

__all__ = ["JsonObject"]

JsonObject: TypeAlias = dict[str, Any]  # OpenAPI and JSON Schema have no types here
