"""The signals on an agent's feeds that concern no conversation."""

from datetime import datetime

import msgspec

from gateways.feeds.hub import Signal, feed_owner
from gateways.services import Services
from schemas.instants import format_instant

__all__ = ["Heartbeat", "heartbeat_of"]


class Heartbeat(msgspec.Struct, frozen=True):
    """The feed is alive. ``server_time`` is by the clock that sets the instants of events and the ends of offers, which
    a desktop counts down to whatever the clock of its own machine reads. ``primary`` is the place that rings, if one is
    open."""

    server_time: datetime
    primary: str | None


def heartbeat_of(services: Services, agent_id: str) -> Signal:
    """The signal that shows that an agent's feed is alive."""
    now = services.clock()
    data = msgspec.json.encode(Heartbeat(now, services.primary_places.holder(feed_owner(agent_id))))
    return Signal(Heartbeat.__name__, format_instant(now), msgspec.Raw(data))
