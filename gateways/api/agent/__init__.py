"""The Agent API, for the desktops, CRMs and apps with which agents work."""

from gateways.api.agent.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS"]
