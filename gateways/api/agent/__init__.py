"""The Agent API, for agents' desktops, CRMs and apps."""

from gateways.api.agent.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
