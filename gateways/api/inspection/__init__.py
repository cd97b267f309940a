"""The inspection API, for streams, events, states, causes and the floor."""

from gateways.api.inspection.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
