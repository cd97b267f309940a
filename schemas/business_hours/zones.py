"""Time zones: their names, and the instants at which their clocks show a time."""

from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from schemas.exceptions import CalendarError

__all__ = ["first_showing", "last_showing", "zone_named"]

_MAX_QUOTED = 64


def zone_named(name: str) -> ZoneInfo:
    """The zone of this name. Raises CalendarError."""
    known = _names()
    if name not in known:
        quoted = name[:_MAX_QUOTED]
        near = get_close_matches(quoted, known, n=1) or ["Europe/Vienna"]
        raise CalendarError("zone", f"{quoted!r} is no IANA time zone: write one such as {near[0]}")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _names() -> set[str]:
    return available_timezones() - {"localtime"}  # the machine's own zone, which differs between machines


def first_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which clocks show this time; if they jump over it, the instant of the jump."""
    return _showing(wall.replace(tzinfo=zone, fold=0))


def last_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """The last instant at which clocks show this time; it differs from the first where an hour is repeated."""
    return _showing(wall.replace(tzinfo=zone, fold=1))


def _showing(local: datetime) -> datetime:
    instant = local.astimezone(UTC)
    shifted = instant.astimezone(local.tzinfo)
    return instant if shifted.replace(tzinfo=None) == local.replace(tzinfo=None) else _jump(local)


def _jump(skipped: datetime) -> datetime:
    """The instant at which clocks jump over this time, to the second: found by bisection between the two ways to read
    it."""
    after, before = (int(skipped.replace(fold=fold).timestamp()) for fold in (0, 1))
    offset = datetime.fromtimestamp(after, skipped.tzinfo).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, skipped.tzinfo).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return datetime.fromtimestamp(after, UTC)
