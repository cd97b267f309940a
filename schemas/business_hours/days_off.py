"""The days on which a calendar is closed: those that it lists, and its country's public holidays."""

import re
from bisect import bisect_left
from datetime import date
from functools import lru_cache

from schemas.configuration import Calendar
from schemas.exceptions import CalendarError

__all__ = ["YEARS", "DaysOff"]

YEARS = range(1900, 2200)
"""The years that a calendar covers. Public holidays are known for fewer years, about 1950 to 2100."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DaysOff:
    def __init__(self, calendar: Calendar) -> None:
        """Raises CalendarError."""
        listed = {_date(f"holidays[{number}]", text) for number, text in enumerate(calendar.holidays)}
        self.listed = sorted(listed)
        self._listed = frozenset(listed)
        self._country = calendar.country
        self._subdivision = calendar.subdivision
        _check_country(calendar)

    def __contains__(self, day: date) -> bool:
        return day in self._listed or day in self._public(day.year)

    def next_from(self, day: date) -> date | None:
        """The first day off on this day or after it."""
        place = bisect_left(self.listed, day)
        found = self.listed[place : place + 1]
        for year in (day.year, day.year + 1):
            found += sorted(public for public in self._public(year) if public >= day)[:1]
        return min(found, default=None)

    def _public(self, year: int) -> frozenset[date]:
        return _public_holidays(self._country, self._subdivision, year) if self._country else frozenset()


@lru_cache(maxsize=1024)
def _public_holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


def _date(path: str, text: str) -> date:
    if _DATE.fullmatch(text) is None:
        raise CalendarError(path, f"{text!r} is no date: write one such as 2026-12-24")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CalendarError(path, f"there is no {text}: {error}") from error
    if day.year not in YEARS:
        raise CalendarError(path, f"{text} is too far away: years run from {YEARS[0]} to {YEARS[-1]}")
    return day


def _check_country(calendar: Calendar) -> None:
    country, subdivision = calendar.country, calendar.subdivision
    if country is None:
        if subdivision is not None:
            raise CalendarError("subdivision", f"{subdivision!r} is part of no country: name the country too")
        return
    import holidays

    known = holidays.list_supported_countries(include_aliases=False).get(country)
    if known is None:
        raise CalendarError("country", f"no public holidays are known of {country!r}: write a code such as AT, or none")
    if subdivision is not None and subdivision not in known:
        choice = f"write one of {', '.join(known)}" if known else "leave it out"
        raise CalendarError("subdivision", f"{country} has no subdivision {subdivision!r}: {choice}")
