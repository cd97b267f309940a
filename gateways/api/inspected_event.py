"""The body of an inspected event."""

import msgspec

from gateways.inspection.events import InspectedEvent
from schemas.api import inspection as api

__all__ = ["described"]


def described(event: InspectedEvent) -> api.InspectedEvent:
    return api.InspectedEvent(**msgspec.structs.asdict(event))
