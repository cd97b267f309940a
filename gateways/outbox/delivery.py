"""A delivery: one event, or one thing that came in, on its way to one target."""

from typing import Literal, NamedTuple

import msgspec

from gateways.outbox.outcome import OutcomeKind

__all__ = ["Delivery", "DeliveryState", "Planned"]

DeliveryState = Literal["waiting", "calling", "parked", "delivered", "refused"]


class Planned(NamedTuple):
    """Where an event has to go. The deliveries of one lane of a target are made in order, those of different lanes side
    by side."""

    target: str
    lane: str


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """``position`` is that of the event, or 0 where there is a ``payload`` instead. ``tries`` counts the calls before
    this one, and ``done`` the parts of the message that the target has taken already. ``outcome``, ``code`` and
    ``detail`` are of the last call. Times are Unix times in seconds."""

    id: int
    effect: str
    target: str
    lane: str
    position: int
    payload: bytes | None = None
    state: DeliveryState = "waiting"
    tries: int = 0
    done: int = 0
    planned_at: float = 0.0
    first_try_at: float | None = None
    last_try_at: float | None = None
    outcome: OutcomeKind | None = None
    code: str | None = None
    detail: str | None = None
    provider_id: str | None = None
