"""A delivery: one event on its way to one target."""

from typing import NamedTuple

import msgspec

__all__ = ["Delivery", "Planned"]


class Planned(NamedTuple):
    """Where an event has to go. The deliveries of one lane of a target are made in order, those of different lanes side
    by side."""

    target: str
    lane: str


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """``position`` is that of the event. ``tries`` counts the calls before this one, and ``done`` the parts of the
    message that the target has taken already."""

    id: int
    target: str
    lane: str
    position: int
    tries: int = 0
    done: int = 0
