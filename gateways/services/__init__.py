"""What every handler and every effect is given."""

from typing import TypeAlias

from gateways.http.call import HttpCall
from gateways.services.services import Services

__all__ = ["Call", "Services"]

Call: TypeAlias = HttpCall[Services]
"""A request, as the handlers of the APIs get it."""
