"""Whether a calendar's times exist."""

from collections.abc import Iterator
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

from schemas.api.problem import FieldError
from schemas.configuration.items import Calendar

__all__ = ["calendar_faults"]

_END_OF_DAY = "24:00"


def calendar_faults(path: str, calendar: Calendar) -> Iterator[FieldError]:
    if not _is_zone(calendar.zone):
        yield FieldError(f"{path}.zone", f"{calendar.zone[:64]!r} is no IANA time zone such as Europe/Vienna")
    for day, spans in calendar.shifts.items():
        for number, span in enumerate(spans):
            if not _is_span(span):
                place = f"{path}.shifts.{day}[{number}]"
                yield FieldError(place, f"{span!r} is no span of a day such as 09:00-17:30 or 18:00-24:00")
    for number, holiday in enumerate(calendar.holidays):
        if not _is_date(holiday):
            yield FieldError(f"{path}.holidays[{number}]", f"{holiday!r} is no date such as 2026-12-24")
    if calendar.subdivision is not None and calendar.country is None:
        yield FieldError(f"{path}.subdivision", "is part of a country; name the country too")


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _is_span(text: str) -> bool:
    begin, _, end = text.partition("-")
    if not _is_time(begin):
        return False
    return end == _END_OF_DAY or (_is_time(end) and begin < end)


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
