"""The services that every handler and every effect is given."""

from gateways.services.services import Services

__all__ = ["Services"]
