"""The clock that sentences show: one zone, which each of them names."""

from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from schemas.instants import parse_instant

__all__ = ["UTC_CLOCK", "Clock"]


class Clock(NamedTuple):
    """Writes instants for a sentence about what happened at the instant ``at``."""

    zone: tzinfo = UTC
    at: str | None = None

    def time(self, instant: datetime | str) -> str:
        """The time of day with its zone, such as ``10:00:05 UTC`` or ``11:00:05 CET``; the day too when it is not that
        of ``at``. Raises ValueError for a text that is no instant."""
        local = self._local(instant)
        same_day = self.at is None or self._local(self.at).date() == local.date()
        return f"{local:{'%H:%M:%S' if same_day else '%Y-%m-%d %H:%M:%S'}} {_zone_of(local)}"

    def _local(self, instant: datetime | str) -> datetime:
        return (parse_instant(instant) if isinstance(instant, str) else instant).astimezone(self.zone)


UTC_CLOCK = Clock()


def _zone_of(local: datetime) -> str:
    """The zone's abbreviation. Zones that have none are named by their offset from UTC."""
    name = local.tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"
