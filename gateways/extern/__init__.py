"""The Extern API, for other applications."""

from gateways.extern.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
