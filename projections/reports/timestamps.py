"""Instants as reports show them: by the clock of the zone that was asked for, with its offset."""

from zoneinfo import ZoneInfo

from projections.runner.columns import instant_of

__all__ = ["shown", "shown_if"]


def shown(moment: int, zone: ZoneInfo) -> str:
    """Always with microseconds, such as 2026-11-22T11:00:00.000000+01:00."""
    return instant_of(moment).astimezone(zone).isoformat(timespec="microseconds")


def shown_if(moment: int | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else shown(moment, zone)
