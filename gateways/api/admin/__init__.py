"""The Admin API: what is configured, as items, as a whole, and as a list of agents."""

from gateways.api.admin.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
