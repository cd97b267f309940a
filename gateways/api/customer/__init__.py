"""The Customer API, for channels: web widgets, connectors, apps."""

from gateways.api.customer.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
