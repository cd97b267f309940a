"""The reports over HTTP: as JSON, as CSV, and as a live dashboard."""

from gateways.api.reports.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
