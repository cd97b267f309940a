"""The OpenAPI 3.1 description, made from the endpoints' declarations and the schemas."""

from gateways.openapi.description import describe

__all__ = ["describe"]
