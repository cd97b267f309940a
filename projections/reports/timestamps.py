"""Instants in reports: by the clock of the request's zone, with its offset."""

from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from projections.runner.columns import instant_of

__all__ = ["LocalTime", "local_time", "local_time_or_none"]

LocalTime = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"}, extra={"holds": "instant"})]
"""The type of a report's column that holds an instant."""


def local_time(moment: int, zone: ZoneInfo) -> str:
    """The instant by the zone's clock, always with microseconds, such as 2026-11-22T11:00:00.000000+01:00."""
    return instant_of(moment).astimezone(zone).isoformat(timespec="microseconds")


def local_time_or_none(moment: int | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else local_time(moment, zone)
