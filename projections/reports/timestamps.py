"""Instants in reports: by the clock of the request's zone, with its offset."""

from zoneinfo import ZoneInfo

from projections.runner.columns import instant_of

__all__ = ["local_time", "local_time_or_none"]


def local_time(moment: int, zone: ZoneInfo) -> str:
    """The instant by the zone's clock, always with microseconds, such as 2026-11-22T11:00:00.000000+01:00."""
    return instant_of(moment).astimezone(zone).isoformat(timespec="microseconds")


def local_time_or_none(moment: int | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else local_time(moment, zone)
