"""The period before that of a request, and which of its intervals belong beside which."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from projections.reports.exceptions import InvalidRequestError
from projections.reports.intervals import IntervalLength, Intervals, day_begins
from projections.reports.request import FIRST_YEAR, ReportRequest
from projections.runner import moment_of
from projections.runner.columns import instant_of

__all__ = ["counterparts", "days_between", "period_before"]


def days_between(request: ReportRequest) -> int:
    """By how many days of its zone the period before lies earlier: as many as the range touches."""
    first, last = instant_of(request.start), instant_of(request.end - 1)
    return (last.astimezone(request.zone).date() - first.astimezone(request.zone).date()).days + 1


def period_before(request: ReportRequest) -> ReportRequest:
    """The same request as many days earlier as its range touches, from and to the same times by the clock on the wall.

    Of a range that is not over, it has only what corresponds to the part until now. It is empty where clocks leave
    nothing of it. Raises InvalidRequestError when it lies too far back."""
    days = days_between(request)
    start = _earlier(request.start, request.zone, days)
    end = max(_earlier(max(min(request.end, request.as_of), request.start), request.zone, days), start)
    return msgspec.structs.replace(request, start=start, end=end, as_of=end)


def _earlier(moment: int, zone: ZoneInfo, days: int) -> int:
    """The same time so many days before. The begin of a day becomes the begin of a day, whenever that is."""
    instant = instant_of(moment)
    local = instant.astimezone(zone)
    try:
        day = local.date() - timedelta(days=days)
        begins = instant == day_begins(local.date(), zone)
        earlier = day_begins(day, zone) if begins else datetime.combine(day, local.time(), zone).astimezone(UTC)
    except OverflowError:
        earlier = datetime.min.replace(tzinfo=UTC)
    if earlier.year < FIRST_YEAR:
        raise InvalidRequestError("compare", f"the period before would begin before {FIRST_YEAR}")
    return moment_of(earlier)


def counterparts(request: ReportRequest, before: ReportRequest) -> dict[str, str]:
    """The label of the interval of the period before that belongs beside each interval: the one of the same time by the
    clock on the wall. Beside both of the two hours that the clock shows twice stands the one hour of another day."""
    days = timedelta(days=days_between(request))
    earlier = defaultdict(list)
    for label in _labels(before.intervals):
        earlier[_wall(label, request.interval)].append(label)
    found: dict[str, str] = {}
    times: dict[datetime | date | None, int] = defaultdict(int)
    for label in _labels(request.intervals):
        wall = _wall(label, request.interval)
        same = earlier.get(None if wall is None else wall - days)
        if same:
            found[label] = same[min(times[wall], len(same) - 1)]
        times[wall] += 1
    return found


def _labels(intervals: Intervals) -> list[str]:
    return [interval.label for interval in intervals]


def _wall(label: str, interval: IntervalLength) -> datetime | date | None:
    """What the clock on the wall shows, or the calendar beside it; None for the whole range."""
    if interval == "total":
        return None
    local = datetime.fromisoformat(label).replace(tzinfo=None)
    return local.date() if interval == "day" else local
