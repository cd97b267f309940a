"""A request, as the handlers of the APIs get it."""

from typing import TypeAlias

from gateways.http.call import HttpCall
from gateways.services import Services

__all__ = ["Call"]

Call: TypeAlias = HttpCall[Services]
