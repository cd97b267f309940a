"""Calendars for tests: open and closed whenever the test runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = ["ALWAYS", "NEVER", "closed_for_days"]

_EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AROUND_THE_CLOCK = {day: ["00:00-24:00"] for day in _EVERY_DAY}

ALWAYS: dict[str, Any] = {"zone": "UTC", "shifts": _AROUND_THE_CLOCK}
NEVER: dict[str, Any] = {"zone": "UTC"}


def closed_for_days(days: int) -> tuple[dict[str, Any], datetime]:
    """A calendar in UTC that opens again in so many days, at midnight; and that instant."""
    today = datetime.now(UTC).date()
    holidays = [str(today + timedelta(days=day)) for day in range(-1, days)]
    opens = datetime.combine(today + timedelta(days=days), datetime.min.time(), UTC)
    return {**ALWAYS, "holidays": holidays}, opens
