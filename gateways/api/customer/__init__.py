"""The Customer API, for the channels by which customers come: web widgets, connectors, apps."""

from gateways.api.customer.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
