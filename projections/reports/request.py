"""The request for a report: range, zone, interval and filters."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from projections.reports.exceptions import InvalidRequestError
from projections.reports.intervals import IntervalLength, Intervals, day_begins
from projections.runner import moment_of

__all__ = ["DIMENSION_COLUMNS", "FILTERS", "FIRST_YEAR", "NONE", "TOTAL", "Filter", "ReportRequest", "zone_named"]

Filter = Literal["agent", "team", "queue", "mrd", "channel", "direction", "bot"]
FILTERS: tuple[Filter, ...] = get_args(Filter)
DIMENSION_COLUMNS: dict[Filter, str] = {
    "agent": "agent_id",
    "queue": "queue",
    "mrd": "mrd",
    "channel": "channel",
    "direction": "direction",
    "bot": "bot",
}
"""The columns of rows that hold the values of filters."""
NONE = "-"
"""The value of a filter for what has no value, such as a conversation in which no agent was. No name is like it."""
TOTAL = "total"
"""The value of ``by`` for everything as one."""

_MAX_VALUES = 1_000


class ReportRequest(msgspec.Struct, kw_only=True, dict=True):
    """The range is from ``start`` up to ``end``, which is not part of it; both are moments. Whatever still lasts counts
    up to ``as_of``. ``filters`` holds the values that pass, ``by`` what a report that sums up distinguishes."""

    start: int
    end: int
    as_of: int
    zone: ZoneInfo
    interval: IntervalLength
    filters: Mapping[Filter, tuple[str, ...]] = {}
    by: tuple[Filter, ...] = ()

    @cached_property
    def intervals(self) -> Intervals:
        return Intervals(self.start, self.end, self.zone, self.interval)

    @classmethod
    def read(
        cls,
        query: Mapping[str, str],
        now: datetime,
        default_interval: IntervalLength,
        filters: tuple[Filter, ...] = (),
        by: tuple[Filter, ...] = (),
    ) -> "ReportRequest":
        """The request of a query string's parameters, in which ``by`` need not be. Raises InvalidRequestError."""
        zone = zone_named(query.get("zone", "UTC"))
        start, end = _range(query, zone, now)
        return cls(
            start=start,
            end=end,
            as_of=min(end, moment_of(now)),
            zone=zone,
            interval=_interval(query, default_interval),
            filters=_filters(query, filters),
            by=_by(query) if "by" in query else by,
        )


def zone_named(name: str) -> ZoneInfo:
    """The zone of this name. Raises InvalidRequestError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidRequestError("zone", f"{name[:64]!r} is no IANA time zone, such as Europe/Vienna") from None


def _range(query: Mapping[str, str], zone: ZoneInfo, now: datetime) -> tuple[int, int]:
    """Without an end, the range ends with today; without a begin, it begins with the day of its end."""
    today = now.astimezone(zone).date()
    start = _instant("from", query["from"], zone) if "from" in query else None
    end = _instant("to", query["to"], zone) if "to" in query else None
    if start is None:
        last = today if end is None else (end - timedelta(microseconds=1)).astimezone(zone).date()
        start = day_begins(last, zone)
    if end is None:
        first = start.astimezone(zone).date()
        end = day_begins(max(first, today) + timedelta(days=1), zone)
    if end <= start:
        raise InvalidRequestError("to", "must lie behind from")
    return moment_of(start), moment_of(end)


def _instant(parameter: str, text: str, zone: ZoneInfo) -> datetime:
    try:
        if len(text) == len("2026-11-22"):
            instant = day_begins(date.fromisoformat(text), zone)
        else:
            found = datetime.fromisoformat(text)
            instant = (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        message = (
            f"{text[:64]!r} is no date, local time or instant, such as 2026-11-22, 2026-11-22T09:30 or …T09:30:00Z"
        )
        raise InvalidRequestError(parameter, message) from None
    if not FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise InvalidRequestError(parameter, f"must lie between {FIRST_YEAR} and {_LAST_YEAR}")
    return instant


def _interval(query: Mapping[str, str], default: IntervalLength) -> IntervalLength:
    text: Any = query.get("interval", default)
    if text not in get_args(IntervalLength):
        raise InvalidRequestError(
            "interval", f"must be one of {', '.join(get_args(IntervalLength))}, not {text[:32]!r}"
        )
    length: IntervalLength = text
    return length


def _filters(query: Mapping[str, str], known: tuple[Filter, ...]) -> dict[Filter, tuple[str, ...]]:
    found: dict[Filter, tuple[str, ...]] = {}
    for name in FILTERS:
        if name not in query:
            continue
        if name not in known:
            usable = ", ".join(known) or "none"
            raise InvalidRequestError(name, f"does not apply to this report; it can be filtered by: {usable}")
        values = tuple(dict.fromkeys(value for value in query[name].split(",") if value))
        if not values or len(values) > _MAX_VALUES:
            raise InvalidRequestError(name, f"must name between one and {_MAX_VALUES:,}, separated by commas")
        if any("\x00" in value for value in values):
            raise InvalidRequestError(name, "must not hold NUL (U+0000)")
        found[name] = values
    return found


def _by(query: Mapping[str, str]) -> tuple[Filter, ...]:
    named = query["by"].split(",")
    if TOTAL in named and len(named) > 1:
        raise InvalidRequestError("by", f"{TOTAL} stands for everything as one, and so alone")
    return tuple(name for name in FILTERS if name in named)


FIRST_YEAR = 1990
_LAST_YEAR = 2999
