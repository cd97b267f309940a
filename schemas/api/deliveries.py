"""The answers about deliveries: what is on its way to outside systems, and what became of it."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from schemas.personal import Personal

__all__ = [
    "DeliveredEvent",
    "Deliveries",
    "Delivery",
    "DeliveryState",
    "DeliveryTarget",
    "DeliveryTargets",
    "DeliveryWithEvent",
    "Outcome",
    "Retried",
    "RewindRequest",
    "Rewound",
]

DeliveryState = Literal["waiting", "calling", "parked", "delivered", "refused"]
Outcome = Literal[
    "delivered",
    "message_refused",
    "recipient_refused",
    "configuration_fault",
    "try_again",
    "unknown",
    "server_fault",
]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One event, or one thing that came in, on its way to one target. ``tries`` counts the calls so far, and ``parts``
    the parts of a message that the target has taken. ``outcome``, ``code`` and ``detail`` are of the last call.
    ``provider_id`` is the target's id of what it has taken, for callers who see personal data. ``position`` is that of
    the event; null where something came in instead."""

    id: int
    target: str
    effect: str
    state: DeliveryState
    position: int | None
    tries: int
    parts: int
    planned_at: datetime
    first_try_at: datetime | None
    last_try_at: datetime | None
    outcome: Outcome | None
    code: str | None
    detail: str | None
    provider_id: Annotated[str, Personal] | None


class Deliveries(msgspec.Struct, frozen=True, kw_only=True):
    """The latest delivery comes first. ``next`` is the ``before`` to go on from; null at the end."""

    deliveries: list[Delivery]
    next: int | None


class DeliveredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The event that is delivered, without what it says."""

    event_id: str
    type: str
    stream: str
    version: int
    position: int
    at: str


class DeliveryWithEvent(msgspec.Struct, frozen=True, kw_only=True):
    """``event`` is null where something came in instead."""

    delivery: Delivery
    event: DeliveredEvent | None


class DeliveryTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A target with the number of deliveries that wait and are parked. ``oldest_seconds`` is how long the first of
    those that wait has waited. ``delivered`` and ``failed`` count the deliveries of the last five minutes by their last
    call. ``stopped`` says why no call can succeed; ``replayed_to`` is the position up to which a target that is rewound
    has been planned again."""

    target: str
    effect: str
    state: Literal["working", "stopped", "rewound"]
    waiting: int
    parked: int
    oldest_seconds: float | None
    delivered: int
    failed: int
    stopped: str | None
    replayed_to: int | None


class DeliveryTargets(msgspec.Struct, frozen=True):
    targets: list[DeliveryTarget]


class Retried(msgspec.Struct, frozen=True):
    """How many parked deliveries wait again."""

    deliveries: int


class RewindRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where events go to the target again: those beyond ``position``, or those from the instant ``at`` on."""

    position: (
        Annotated[
            int,
            msgspec.Meta(ge=0, description="A position of the journal; exactly one of `position` and `at` is given."),
        ]
        | None
    ) = None
    at: (
        Annotated[datetime, msgspec.Meta(tz=True, description="Exactly one of `position` and `at` is given.")] | None
    ) = None


class Rewound(msgspec.Struct, frozen=True):
    """The events beyond the position go to the target again."""

    target: str
    position: int
