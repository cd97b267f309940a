"""The request that the handlers of the APIs are given."""

from typing import TypeAlias

from gateways.http.call import HttpCall
from gateways.services import Services

__all__ = ["Call"]

Call: TypeAlias = HttpCall[Services]
