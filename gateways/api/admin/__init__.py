"""The Admin API: the configuration as single items, as a whole, and its agents as a list."""

from gateways.api.admin.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
