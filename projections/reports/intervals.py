"""Cutting time into intervals by the clock on a zone's walls."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from projections.reports.exceptions import InvalidRequestError
from projections.runner import moment_of
from projections.runner.columns import instant_of

__all__ = ["MAX_INTERVALS", "QUARTER", "Interval", "IntervalLength", "Intervals", "day_begins"]

IntervalLength = Literal["15", "30", "60", "day", "total"]

QUARTER = 15 * 60 * 1_000_000
"""A quarter of an hour as a duration. Every zone's offset has been a multiple of it since 1987."""
MAX_INTERVALS = 20_000
_STEP = timedelta(minutes=15)
_DAY = timedelta(days=1)


class Interval(NamedTuple):
    """The time from ``start`` up to ``end``, which is not part of it, both moments. ``label`` is its beginning by the
    clock on the wall."""

    start: int
    end: int
    label: str


class Intervals:
    """The intervals of a range, in order. An interval that the range cuts keeps the label of the whole interval.

    It raises InvalidRequestError when there are too many.
    """

    def __init__(self, start: int, end: int, zone: ZoneInfo, length: IntervalLength) -> None:
        self._intervals: list[Interval] = []
        for interval in _cut(start, end, zone, length):
            self._intervals.append(interval)
            if len(self._intervals) > MAX_INTERVALS:
                raise InvalidRequestError("interval", f"the range has more than {MAX_INTERVALS:,}; ask for longer ones")
        self._starts = [interval.start for interval in self._intervals]

    def __len__(self) -> int:
        return len(self._intervals)

    def __iter__(self) -> Iterator[Interval]:
        return iter(self._intervals)

    def __getitem__(self, number: int) -> Interval:
        return self._intervals[number]

    def number_at(self, moment: int) -> int:
        """The number of the interval that holds the moment; -1 before the first one."""
        return bisect_right(self._starts, moment) - 1

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The intervals that a span of time touches, by number, and how much of it lies in each."""
        number = max(self.number_at(start), 0)
        while number < len(self._intervals) and self._intervals[number].start < end:
            interval = self._intervals[number]
            part = min(end, interval.end) - max(start, interval.start)
            if part > 0:
                yield number, part
            number += 1


def _cut(start: int, end: int, zone: ZoneInfo, length: IntervalLength) -> Iterator[Interval]:
    if length == "total":
        if start < end:
            yield Interval(start, end, _label(start, zone))
        return
    step = None if length == "day" else int(length)
    boundaries = _boundaries(instant_of(start).astimezone(zone).date(), zone, step)
    begin = next(boundaries)
    while begin < end:
        after = next(boundaries)
        if after > start:
            yield Interval(max(begin, start), min(after, end), _label(begin, zone))
        begin = after


def _boundaries(day: date, zone: ZoneInfo, step: int | None) -> Iterator[int]:
    """The moments at which intervals begin, from the begin of the day on: at each day, and wherever the clock on the
    wall shows a multiple of ``step`` minutes."""
    begins = day_begins(day, zone)
    while True:
        day += _DAY
        following = day_begins(day, zone)
        yield from _within(begins, following, zone, step)
        begins = following


def _within(begins: datetime, ends: datetime, zone: ZoneInfo, step: int | None) -> Iterator[int]:
    if begins < ends:
        yield moment_of(begins)
    instant = begins + _STEP
    while step is not None and instant < ends:
        local = instant.astimezone(zone)
        if (local.hour * 60 + local.minute) % step == 0:
            yield moment_of(instant)
        instant += _STEP


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day, in UTC. It is not midnight if clocks jump over midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _label(moment: int, zone: ZoneInfo) -> str:
    return instant_of(moment).astimezone(zone).isoformat()
