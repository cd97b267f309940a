"""The opening hours of a queue, by its calendar."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec

from gateways.conversations.channels import channel_of_kind
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.business_hours import BusinessHours, Span
from schemas.configuration import Calendar
from schemas.instants import format_instant
from schemas.replies import RefusalCode

__all__ = ["Opening", "calendar_of", "open_between", "opening_at", "opening_now", "opens_at", "out_of_hours"]


class Opening(NamedTuple):
    """``opens_at`` is when a closed queue opens, ``closes_at`` is when an open one closes; None if that never comes."""

    open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def opening_now(services: Services, queue: str) -> Opening:
    """The queue's opening by the machine's clock, to which people keep: the journal's may be ahead."""
    return opening_at(services, queue, services.clock.machine())


def opening_at(services: Services, queue: str, at: datetime) -> Opening:
    """A queue without a calendar never closes."""
    calendar = calendar_of(services, queue)
    if calendar is None:
        return Opening(True)
    hours = _hours(msgspec.json.encode(calendar))
    if hours.is_open(at):
        return Opening(True, closes_at=hours.next_change(at))
    return Opening(False, opens_at=hours.opens_at(at))


def open_between(services: Services, queue: str, start: datetime, end: datetime) -> list[Span]:
    """The times between the two instants during which the queue is open, in order."""
    calendar = calendar_of(services, queue)
    if calendar is None:
        return [Span(start.astimezone(UTC), end.astimezone(UTC))]
    return _hours(msgspec.json.encode(calendar)).spans_between(start, end)


def opens_at(services: Services, queue: str, at: datetime) -> datetime | None:
    """The first instant from ``at`` on at which the queue is open, or None if it never opens."""
    opening = opening_at(services, queue, at)
    return at if opening.open else opening.opens_at


def out_of_hours(services: Services, queue: str) -> RefusedError | None:
    """The refusal to give while the queue is closed, with the time of the next opening and the channel for callbacks;
    None while it is open."""
    opening = opening_now(services, queue)
    if opening.open:
        return None
    detail = f"the queue {queue} is closed"
    if opening.opens_at is not None:
        detail += f" until {format_instant(opening.opens_at)}"
    callback = channel_of_kind(services.configuration, "callback")
    if callback is not None:
        detail += f"; ask for a callback on the channel {callback}"
    more = {"opens_at": opening.opens_at, "callback": callback}
    return RefusedError(RefusalCode.OUT_OF_HOURS, detail, more=more)


def calendar_of(services: Services, queue: str) -> Calendar | None:
    configuration = services.configuration
    configured = configuration.queues.get(queue)
    return configuration.calendars.get(configured.calendar or "") if configured is not None else None


@lru_cache(maxsize=256)
def _hours(calendar: bytes) -> BusinessHours:
    """The cache goes by the calendar's content, so that a changed calendar is another entry."""
    return BusinessHours(msgspec.json.decode(calendar, type=Calendar))
