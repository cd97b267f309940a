"""The durable outbox: what is on its way to whom, in a small SQLite file. ``outbox`` is what the engine of deliveries
reads and writes, ``listing`` is what people look at and change."""

from gateways.outbox.delivery import Delivery, DeliveryState, Planned
from gateways.outbox.outbox import Call, Claimed, Outbox, furthest_cursor
from gateways.outbox.outcome import Outcome, OutcomeKind
from gateways.outbox.policy import TargetPolicy

__all__ = [
    "Call",
    "Claimed",
    "Delivery",
    "DeliveryState",
    "Outbox",
    "Outcome",
    "OutcomeKind",
    "Planned",
    "TargetPolicy",
    "furthest_cursor",
]
