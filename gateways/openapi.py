"""The OpenAPI 3.1 description, made from the endpoints' declarations and the schemas."""

from collections.abc import Sequence
from typing import Any

from gateways.http.endpoints import Endpoint, Feed

__all__ = ["describe"]


def describe(api: Sequence[Endpoint | Feed]) -> dict[str, Any]:
    return {"openapi": "3.1.0"}
