"""The Extern API, for other applications."""

from gateways.api.extern.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
