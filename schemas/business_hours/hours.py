"""The opening hours of one calendar: open or closed, and until when."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from schemas.business_hours.days_off import YEARS, DaysOff
from schemas.business_hours.shifts import DAY, Shift, week_of
from schemas.business_hours.zones import first_showing, last_showing, zone_named
from schemas.configuration import Calendar

__all__ = ["BusinessHours", "Span"]

_FIRST = datetime(YEARS[0], 1, 1, tzinfo=UTC)
_LAST = datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
_A_DAY = timedelta(days=1)
_MAX_DAYS_KEPT = 1024


class Span(NamedTuple):
    """A time during which the calendar is open: from ``start`` up to ``end``, which is not part of it."""

    start: datetime
    end: datetime


class BusinessHours:
    """A calendar's hours. Arguments are aware instants; results are in UTC.

    Where clocks jump over the start or the end of a shift, it starts or ends at the jump. Where an hour is repeated, a
    shift that starts in it starts the first time, one that ends in it ends the second time: a customer who reads the
    clock and the calendar never comes too late. Outside the years 1900 to 2199 nothing is open.
    """

    def __init__(self, calendar: Calendar) -> None:
        """Raises CalendarError, which names the field at fault."""
        self._zone = zone_named(calendar.zone)
        self._week = week_of(calendar)
        self._days_off = DaysOff(calendar)
        self._minutes_a_week = sum(shift.end - shift.start for shifts in self._week for shift in shifts)
        self._spans = lru_cache(_MAX_DAYS_KEPT)(self._make_spans)

    def is_open(self, at: datetime) -> bool:
        return self._span_at(at) is not None

    def next_change(self, at: datetime) -> datetime | None:
        """The first instant after ``at`` at which the calendar closes, if it is open, or opens, if it is closed. None
        if that never comes."""
        return self._closes_at(at) if self.is_open(at) else self._next_opening(at)

    def opens_at(self, at: datetime) -> datetime | None:
        """The first instant from ``at`` on at which the calendar is open; ``at`` itself if it is open then. None if
        that never comes."""
        return at.astimezone(UTC) if self.is_open(at) else self._next_opening(at)

    def spans_between(self, start: datetime, end: datetime) -> list[Span]:
        """The times between the two instants during which the calendar is open, in order; shifts that meet are one."""
        spans: list[Span] = []
        opens = self.opens_at(start)
        while opens is not None and opens < end:
            closes = min(self._closes_at(opens) or end, end).astimezone(UTC)
            spans.append(Span(opens, closes))
            opens = self.opens_at(closes)
        return spans

    def _span_at(self, at: datetime) -> Span | None:
        if not _FIRST <= at < _LAST:
            return None
        day = at.astimezone(self._zone).date()
        for span in chain(self._spans(day), self._spans(day - _A_DAY)):  # a repeated hour may reach past midnight
            if span.start <= at < span.end:
                return span
        return None

    def _closes_at(self, at: datetime) -> datetime | None:
        end = at
        while (span := self._span_at(end)) is not None:
            end = span.end
            if self._minutes_a_week == 7 * DAY:
                holiday = self._days_off.next_from(end.astimezone(self._zone).date())
                if holiday is None:
                    return None
                end = max(end, first_showing(_midnight(holiday), self._zone))
        return end

    def _next_opening(self, at: datetime) -> datetime | None:
        if not self._minutes_a_week or not _FIRST <= at < _LAST:
            return None
        day = at.astimezone(self._zone).date()
        # One shift a week may be all there is, and each listed holiday may take one away.
        for _ in range(366 + 7 * len(self._days_off.listed)):
            for span in self._spans(day):
                if span.start > at:
                    return span.start
            day += _A_DAY
        return None

    def _make_spans(self, day: date) -> tuple[Span, ...]:
        if day in self._days_off:
            return ()
        spans = (self._span_of(day, shift) for shift in self._week[day.weekday()])
        return tuple(span for span in spans if span.start < span.end)

    def _span_of(self, day: date, shift: Shift) -> Span:
        start, end = (_midnight(day) + timedelta(minutes=minute) for minute in shift)
        # The next day's first midnight ends this day, also where midnight comes twice.
        ends = first_showing if shift.end == DAY else last_showing
        return Span(first_showing(start, self._zone), ends(end, self._zone))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
