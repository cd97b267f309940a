"""The signals on an agent's feeds that concern no conversation."""

from datetime import datetime

import msgspec

from gateways.feeds.hub import Signal
from gateways.services import Services
from schemas.instants import format_instant

__all__ = ["Heartbeat", "heartbeat_of"]


class Heartbeat(msgspec.Struct, frozen=True):
    """The feed is alive. ``server_time`` is by the clock that sets the instants of events and the ends of offers, which
    a desktop counts down to whatever the clock of its own machine reads."""

    server_time: datetime


def heartbeat_of(services: Services) -> Signal:
    """The signal that shows that an agent's feed is alive."""
    now = services.clock()
    return Signal(Heartbeat.__name__, format_instant(now), msgspec.Raw(msgspec.json.encode(Heartbeat(now))))
