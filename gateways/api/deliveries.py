"""The bodies about deliveries that several APIs share."""

import asyncio
from datetime import UTC, datetime
from typing import get_args

import msgspec

from actors.journal.places import position_before, record_at
from gateways.api.call import Call
from gateways.http.endpoints import QueryParameter
from gateways.http.problems import Problem, invalid_input
from gateways.identity.personal import sees_personal
from gateways.outbox import Delivery
from gateways.outbox.listing import list_deliveries
from gateways.outbox.operating import in_outbox
from schemas.api import deliveries as api
from schemas.events import REGISTRY

__all__ = [
    "DELIVERIES_QUERY",
    "delivery_number",
    "describe_delivery",
    "event_of",
    "page_of_deliveries",
    "rewound_position",
]

DELIVERIES_QUERY = (
    QueryParameter("state", "Only deliveries in one of these states.", values=get_args(api.DeliveryState), listed=True),
    QueryParameter("before", "Only deliveries before this one.", "integer", minimum=1),
    QueryParameter("limit", "The maximum number of deliveries in the answer.", "integer", minimum=1),
)
_PAGE, _MAX_PAGE = 100, 1_000
_MAX_DIGITS = 18


def delivery_number(call: Call) -> int:
    """The number in the path. Raises Problem (404) when no delivery can have it."""
    text = call.parameter("delivery_id")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise Problem("not_found", f"{text[:64]!r} is not the number of a delivery")
    return int(text)


async def page_of_deliveries(call: Call, target: str | None) -> api.Deliveries:
    """The deliveries that the query asks for."""
    query, limit = call.query, call.number("limit", _PAGE, _MAX_PAGE)
    before = int(query["before"]) if "before" in query else None
    states = tuple(query["state"].split(",")) if "state" in query else ()
    wanted = msgspec.convert(states, tuple[api.DeliveryState, ...])
    found = await in_outbox(list_deliveries, call.services.outbox, target, wanted, before, limit + 1)
    described = [describe_delivery(call, delivery) for delivery in found[:limit]]
    return api.Deliveries(deliveries=described, next=described[-1].id if len(found) > limit else None)


def describe_delivery(call: Call, delivery: Delivery) -> api.Delivery:
    """The lane is left out: that of a channel may be the customer's address."""
    personal = sees_personal(call.principal, call.services.configuration)
    return api.Delivery(
        id=delivery.id,
        target=delivery.target,
        effect=delivery.effect,
        state=delivery.state,
        position=delivery.position or None,
        tries=delivery.tries,
        parts=delivery.done,
        planned_at=_instant(delivery.planned_at),
        first_try_at=None if delivery.first_try_at is None else _instant(delivery.first_try_at),
        last_try_at=None if delivery.last_try_at is None else _instant(delivery.last_try_at),
        outcome=delivery.outcome,
        code=delivery.code,
        detail=delivery.detail,
        provider_id=delivery.provider_id if personal else None,
    )


async def event_of(call: Call, delivery: Delivery) -> api.DeliveredEvent | None:
    """The event that is delivered; None where something came in instead."""
    record = await asyncio.to_thread(record_at, call.services.journal, delivery.position)
    if record is None:
        return None
    return api.DeliveredEvent(
        event_id=record.event_id,
        type=REGISTRY.current_type(record),
        stream=record.stream,
        version=record.version,
        position=record.position,
        at=record.at,
    )


async def rewound_position(call: Call, body: api.RewindRequest) -> int:
    """The position beyond which events go again. Raises Problem for a body that names none."""
    if (body.position is None) == (body.at is None):
        raise invalid_input("at" if body.at is None else "position", "give exactly one of position and at")
    journal = call.services.journal
    if body.at is not None:
        return await asyncio.to_thread(position_before, journal, body.at)
    last = await asyncio.to_thread(journal.last_position)
    if body.position is None or body.position > last:
        raise invalid_input("position", f"must be a position of the journal, which ends at {last}")
    return body.position


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
