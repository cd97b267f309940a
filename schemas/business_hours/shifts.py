"""The shifts of a week, as minutes of the day."""

import re
from itertools import pairwise
from typing import NamedTuple, get_args

from schemas.configuration import Calendar
from schemas.configuration.items import Weekday
from schemas.exceptions import CalendarError

__all__ = ["DAY", "Shift", "week_of"]

DAY = 24 * 60
"""The minutes of a day."""

_SHIFT = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")


class Shift(NamedTuple):
    """A shift from the minute ``start`` up to the minute ``end``, which is not part of it."""

    start: int
    end: int


def week_of(calendar: Calendar) -> tuple[tuple[Shift, ...], ...]:
    """The shifts of each of the seven days from Monday on, in their order. Raises CalendarError."""
    days: tuple[Weekday, ...] = get_args(Weekday)
    return tuple(_day_of(f"shifts.{day}", calendar.shifts.get(day, [])) for day in days)


def _day_of(path: str, texts: list[str]) -> tuple[Shift, ...]:
    shifts = sorted((_shift(f"{path}[{number}]", text), number) for number, text in enumerate(texts))
    for (before, first), (shift, second) in pairwise(shifts):
        if shift.start < before.end:
            later, earlier = max(first, second), min(first, second)
            raise CalendarError(f"{path}[{later}]", f"{texts[later]} overlaps {texts[earlier]}: make them one")
    return tuple(shift for shift, _ in shifts)


def _shift(path: str, text: str) -> Shift:
    found = _SHIFT.fullmatch(text)
    if found is None:
        raise CalendarError(path, f"{text!r} is no shift: write one such as 09:00-17:30")
    start, end = _minute(path, found[1], found[2]), _minute(path, found[3], found[4])
    if start >= end == 0:
        raise CalendarError(path, f"{text} ends before it starts: write 24:00 for the end of the day")
    if start >= end:
        fix = f"write {text[:5]}-24:00, and 00:00-{text[6:]} on the next day, if it goes through midnight"
        raise CalendarError(path, f"{text} ends before it starts: {fix}")
    return Shift(start, end)


def _minute(path: str, hour: str, minute: str) -> int:
    if int(hour) * 60 + int(minute) > DAY or int(minute) > 59:
        raise CalendarError(path, f"{hour}:{minute} is no time of day: they run from 00:00 to 24:00")
    return int(hour) * 60 + int(minute)
