"""Calendars: open or closed, until when, and right when clocks change."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.business_hours import BusinessHours
from schemas.configuration import Calendar
from schemas.configuration.items import Weekday
from schemas.exceptions import CalendarError
from schemas.instants import format_instant, parse_instant

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
MINUTE = timedelta(minutes=1)

CLOCK_CHANGES_OF_2026 = {
    "Europe/Vienna": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),  # at midnight, and midnight comes twice
    "Africa/Cairo": (date(2026, 4, 24), date(2026, 10, 29)),  # at midnight, and the last hour of a day comes twice
    "America/Nuuk": (date(2026, 3, 28), date(2026, 10, 24)),  # an hour before midnight
    "Australia/Lord_Howe": (date(2026, 10, 4), date(2026, 4, 5)),  # by half an hour
    "Asia/Tokyo": (date(2026, 3, 29), date(2026, 12, 31)),  # never
}


def every_day(*shifts: str, zone: str = "Europe/Vienna", holidays: tuple[str, ...] = ()) -> BusinessHours:
    return BusinessHours(Calendar(zone=zone, shifts={day: list(shifts) for day in WEEKDAYS}, holidays=list(holidays)))


def week(zone: str = "Europe/Vienna", **shifts: list[str]) -> BusinessHours:
    return BusinessHours(Calendar(zone=zone, shifts={day: shifts[day] for day in WEEKDAYS if day in shifts}))


def at(text: str) -> datetime:
    return parse_instant(text)


def changes(hours: BusinessHours, start: str, count: int) -> list[str]:
    """The next changes as text, to the minute."""
    found, instant = [], at(start)
    for _ in range(count):
        change = hours.next_change(instant)
        assert change is not None
        assert change.tzinfo is UTC
        found.append(format_instant(change)[:16] + "Z")
        instant = change
    return found


class TestOrdinaryDays:
    HOURS = week(monday=["09:00-12:00", "13:00-17:30"], friday=["09:00-24:00"], saturday=["00:00-02:00"])

    @pytest.mark.parametrize(
        ("instant", "is_open"),
        [
            ("2026-11-23T07:59:59.999999Z", False),
            ("2026-11-23T08:00:00Z", True),
            ("2026-11-23T10:59:59.999999Z", True),
            ("2026-11-23T11:00:00Z", False),
            ("2026-11-23T12:00:00Z", True),
            ("2026-11-23T16:30:00Z", False),
            ("2026-11-24T10:00:00Z", False),
            ("2026-11-27T23:00:00Z", True),
            ("2026-11-28T01:00:00Z", False),
        ],
    )
    def test_open_from_the_start_of_a_shift_up_to_its_end(self, instant: str, is_open: bool) -> None:
        assert self.HOURS.is_open(at(instant)) is is_open

    def test_changes_follow_each_other_and_midnight_is_none(self) -> None:
        assert changes(self.HOURS, "2026-11-23T00:00:00Z", 7) == [
            "2026-11-23T08:00Z",
            "2026-11-23T11:00Z",
            "2026-11-23T12:00Z",
            "2026-11-23T16:30Z",
            "2026-11-27T08:00Z",
            "2026-11-28T01:00Z",
            "2026-11-30T08:00Z",
        ]

    def test_opens_at_once_while_it_is_open_and_else_with_the_next_shift(self) -> None:
        assert self.HOURS.opens_at(at("2026-11-23T10:00:00Z")) == at("2026-11-23T10:00:00Z")
        assert self.HOURS.opens_at(at("2026-11-23T16:30:00Z")) == at("2026-11-27T08:00:00Z")

    def test_the_offset_of_the_question_does_not_matter(self) -> None:
        asked = at("2026-11-23T10:00:00Z").astimezone(ZoneInfo("Asia/Tokyo"))
        assert self.HOURS.is_open(asked)
        opens = self.HOURS.opens_at(asked)
        assert opens is not None
        assert opens.tzinfo is UTC

    def test_shifts_that_meet_are_one(self) -> None:
        hours = every_day("12:00-13:00", "08:00-12:00")
        assert changes(hours, "2026-11-23T08:00:00Z", 1) == ["2026-11-23T12:00Z"]
        (span,) = hours.spans_between(at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))
        assert span == (at("2026-11-23T07:00:00Z"), at("2026-11-23T12:00:00Z"))

    def test_the_spans_between_two_instants_end_with_these(self) -> None:
        start, end = at("2026-11-23T09:00:00Z"), at("2026-11-28T00:30:00Z")
        assert self.HOURS.spans_between(start, end) == [
            (start, at("2026-11-23T11:00:00Z")),
            (at("2026-11-23T12:00:00Z"), at("2026-11-23T16:30:00Z")),
            (at("2026-11-27T08:00:00Z"), end),
        ]
        assert self.HOURS.spans_between(at("2026-11-23T11:00:00Z"), at("2026-11-23T12:00:00Z")) == []


class TestNever:
    def test_without_shifts_it_never_opens(self) -> None:
        hours = week()
        assert not hours.is_open(at("2026-11-23T10:00:00Z"))
        assert hours.next_change(at("2026-11-23T10:00:00Z")) is None
        assert hours.opens_at(at("2026-11-23T10:00:00Z")) is None
        assert hours.spans_between(at("2026-11-23T10:00:00Z"), at("2027-11-23T10:00:00Z")) == []

    def test_open_at_all_hours_it_never_closes(self) -> None:
        hours = every_day("00:00-12:00", "12:00-24:00")
        assert hours.is_open(at("2026-11-23T10:00:00Z"))
        assert hours.next_change(at("2026-11-23T10:00:00Z")) is None
        days = (at("2026-11-23T10:00:00Z"), at("2026-12-07T10:00:00Z"))
        assert hours.spans_between(*days) == [days]

    def test_open_at_all_hours_it_closes_for_a_holiday_however_far(self) -> None:
        hours = every_day("00:00-24:00", zone="UTC", holidays=("2020-01-01", "2150-05-01", "2150-05-02"))
        assert changes(hours, "2026-11-23T10:00:00Z", 2) == ["2150-05-01T00:00Z", "2150-05-03T00:00Z"]
        assert hours.next_change(at("2150-05-03T00:00:00Z")) is None

    def test_a_holiday_closes_for_its_day_also_when_asked_just_before(self) -> None:
        hours = every_day("00:00-24:00", zone="UTC", holidays=("2026-12-25",))
        assert changes(hours, "2026-12-24T12:00:00Z", 2) == ["2026-12-25T00:00Z", "2026-12-26T00:00Z"]

    @pytest.mark.parametrize("year", [1, 1800, 2200, 9999])
    def test_far_from_our_years_nothing_is_open(self, year: int) -> None:
        hours = every_day("00:00-24:00", zone="Pacific/Kiritimati")
        for instant in (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, 59, tzinfo=UTC)):
            assert not hours.is_open(instant)
            assert hours.next_change(instant) is None
            assert hours.opens_at(instant) is None


class TestHolidays:
    def test_listed_days_are_closed_in_the_calendars_own_zone(self) -> None:
        hours = every_day("00:00-24:00", zone="Asia/Tokyo", holidays=("2026-12-31",))
        assert changes(hours, "2026-12-01T00:00:00Z", 2) == ["2026-12-30T15:00Z", "2026-12-31T15:00Z"]

    def test_public_holidays_of_a_country_are_closed_across_the_year_end(self) -> None:
        weekdays = {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}
        hours = BusinessHours(Calendar(zone="Europe/Vienna", shifts=weekdays, country="AT", holidays=["2026-12-24"]))
        assert changes(hours, "2026-12-23T16:00:00Z", 3) == [
            "2026-12-28T08:00Z",
            "2026-12-28T16:00Z",
            "2026-12-29T08:00Z",
        ]
        assert hours.opens_at(at("2026-12-31T16:00:00Z")) == at("2027-01-04T08:00:00Z")

    def test_a_subdivision_has_its_own(self) -> None:
        epiphany = at("2026-01-06T10:00:00Z")
        shifts = {day: ["09:00-17:00"] for day in WEEKDAYS}
        for subdivision, is_open in (("BY", False), ("BE", True)):
            calendar = Calendar(zone="Europe/Berlin", shifts=shifts, country="DE", subdivision=subdivision)
            assert BusinessHours(calendar).is_open(epiphany) is is_open

    def test_a_holiday_that_is_observed_in_the_year_before(self) -> None:
        hours = BusinessHours(Calendar(zone="UTC", shifts={"friday": ["00:00-24:00"]}, country="US"))
        assert not hours.is_open(at("2027-12-31T12:00:00Z"))

    def test_open_at_all_hours_but_on_public_holidays(self) -> None:
        hours = BusinessHours(
            Calendar(
                zone="UTC", shifts={day: ["00:00-24:00"] for day in WEEKDAYS}, country="AT", holidays=["2030-01-02"]
            )
        )
        assert changes(hours, "2026-12-27T00:00:00Z", 2) == ["2027-01-01T00:00Z", "2027-01-02T00:00Z"]

    def test_opens_after_years_of_holidays(self) -> None:
        mondays = [(date(2026, 1, 5) + timedelta(weeks=number)).isoformat() for number in range(520)]
        hours = BusinessHours(Calendar(zone="UTC", shifts={"monday": ["09:00-17:00"]}, holidays=mondays))
        assert hours.next_change(at("2026-01-01T00:00:00Z")) == at("2035-12-24T09:00:00Z")


class TestClockChanges:
    """A shift across the change, ending in it, or starting in it."""

    @pytest.mark.parametrize(
        ("zone", "shift", "start", "opens", "closes"),
        [
            # Vienna, 29 March: 02:00 becomes 03:00 at 01:00Z; 25 October: 03:00 becomes 02:00 at 01:00Z.
            ("Europe/Vienna", "01:00-05:00", "2026-03-28T12:00:00Z", "2026-03-29T00:00Z", "2026-03-29T03:00Z"),
            ("Europe/Vienna", "01:00-02:30", "2026-03-28T12:00:00Z", "2026-03-29T00:00Z", "2026-03-29T01:00Z"),
            ("Europe/Vienna", "02:30-05:00", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z", "2026-03-29T03:00Z"),
            ("Europe/Vienna", "01:00-05:00", "2026-10-24T12:00:00Z", "2026-10-24T23:00Z", "2026-10-25T04:00Z"),
            ("Europe/Vienna", "01:00-02:30", "2026-10-24T12:00:00Z", "2026-10-24T23:00Z", "2026-10-25T01:30Z"),
            ("Europe/Vienna", "02:30-05:00", "2026-10-24T12:00:00Z", "2026-10-25T00:30Z", "2026-10-25T04:00Z"),
            ("Europe/Vienna", "09:00-17:00", "2026-03-28T17:00:00Z", "2026-03-29T07:00Z", "2026-03-29T15:00Z"),
            # New York, 8 March: 02:00 becomes 03:00 at 07:00Z; 1 November: 02:00 becomes 01:00 at 06:00Z.
            ("America/New_York", "02:30-04:00", "2026-03-08T00:00:00Z", "2026-03-08T07:00Z", "2026-03-08T08:00Z"),
            ("America/New_York", "01:15-01:45", "2026-10-31T12:00:00Z", "2026-11-01T05:15Z", "2026-11-01T06:45Z"),
            # Havana, 8 March: 00:00 becomes 01:00 at 05:00Z; 1 November: 01:00 becomes 00:00 at 05:00Z.
            ("America/Havana", "00:30-02:00", "2026-03-08T00:00:00Z", "2026-03-08T05:00Z", "2026-03-08T06:00Z"),
            ("America/Havana", "20:00-24:00", "2026-10-31T12:00:00Z", "2026-11-01T00:00Z", "2026-11-01T04:00Z"),
            ("America/Havana", "00:00-02:00", "2026-10-31T12:00:00Z", "2026-11-01T04:00Z", "2026-11-01T07:00Z"),
            # Cairo, 29 October: 24:00 becomes 23:00 at 21:00Z.
            ("Africa/Cairo", "22:00-24:00", "2026-10-29T12:00:00Z", "2026-10-29T19:00Z", "2026-10-29T22:00Z"),
            # Lord Howe, 4 October: 02:00 becomes 02:30 at 15:30Z; 5 April: 02:00 becomes 01:30 at 15:00Z.
            ("Australia/Lord_Howe", "02:15-03:00", "2026-10-03T00:00:00Z", "2026-10-03T15:30Z", "2026-10-03T16:00Z"),
            ("Australia/Lord_Howe", "01:00-01:45", "2026-04-04T00:00:00Z", "2026-04-04T14:00Z", "2026-04-04T15:15Z"),
        ],
    )
    def test_move_the_ends_of_a_shift(self, zone: str, shift: str, start: str, opens: str, closes: str) -> None:
        assert changes(every_day(shift, zone=zone), start, 2) == [opens, closes]

    def test_a_shift_that_clocks_jump_over_is_left_out(self) -> None:
        hours = every_day("02:15-02:45")
        assert changes(hours, "2026-03-28T12:00:00Z", 1) == ["2026-03-30T00:15Z"]

    def test_a_break_that_clocks_jump_over_is_none(self) -> None:
        hours = every_day("00:00-02:00", "03:00-24:00")
        assert changes(hours, "2026-03-28T12:00:00Z", 2) == ["2026-03-30T00:00Z", "2026-03-30T01:00Z"]

    def test_a_day_that_a_zone_left_out(self) -> None:
        hours = every_day("09:00-17:00", zone="Pacific/Apia")
        assert changes(hours, "2011-12-30T03:00:00Z", 2) == ["2011-12-30T19:00Z", "2011-12-31T03:00Z"]


ENDS = st.sampled_from([0, 30, 60, 90, 120, 135, 150, 180, 1380, 1410, 1440]) | st.integers(0, 1440)


@st.composite
def shifts_of_a_day(draw: st.DrawFn) -> list[str]:
    ends = sorted(draw(st.lists(ENDS, max_size=6, unique=True)))
    return [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in zip(ends[::2], ends[1::2], strict=False)]


@st.composite
def calendars_and_instants(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar with hours near a clock change, and an instant from up to two days before it to two days after it."""
    zone = draw(st.sampled_from(list(CLOCK_CHANGES_OF_2026)))
    change = draw(st.sampled_from(CLOCK_CHANGES_OF_2026[zone]))
    near = [change + timedelta(days=days) for days in range(-2, 3)]
    calendar = Calendar(
        zone=zone,
        shifts=draw(st.dictionaries(st.sampled_from(WEEKDAYS), shifts_of_a_day())),
        holidays=[day.isoformat() for day in draw(st.lists(st.sampled_from(near), max_size=2))],
    )
    start = datetime(change.year, change.month, change.day, tzinfo=UTC)
    return calendar, start + draw(st.integers(-2 * 1440, 2 * 1440)) * MINUTE


def by_the_clock(calendar: Calendar, instant: datetime) -> bool:
    """True if the time of the zone's clocks lies in a shift."""
    local = instant.astimezone(ZoneInfo(calendar.zone))
    if local.date().isoformat() in calendar.holidays:
        return False
    return any(
        shift[:5] <= f"{local:%H:%M}" < shift[6:] for shift in calendar.shifts.get(WEEKDAYS[local.weekday()], [])
    )


def comes_twice(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(ZoneInfo(calendar.zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


class TestEveryMinute:
    @given(calendars_and_instants())
    def test_the_next_change_is_the_first_minute_that_differs(self, case: tuple[Calendar, datetime]) -> None:
        calendar, start = case
        hours = BusinessHours(calendar)
        change = hours.next_change(start)
        minutes = (start + number * MINUTE for number in range(1, 3 * 1440))
        first = next((minute for minute in minutes if hours.is_open(minute) != hours.is_open(start)), None)
        assert first == change or (first is None and (change is None or change >= start + 3 * 1440 * MINUTE))
        if change is not None:
            assert hours.is_open(change) != hours.is_open(start) == hours.is_open(change - timedelta(microseconds=1))

    @given(calendars_and_instants())
    def test_is_open_by_the_clock_and_otherwise_only_in_a_repeated_hour(self, case: tuple[Calendar, datetime]) -> None:
        calendar, start = case
        hours = BusinessHours(calendar)
        for number in range(1440):
            minute = start + number * MINUTE
            if by_the_clock(calendar, minute) or not comes_twice(calendar, minute):
                assert hours.is_open(minute) == by_the_clock(calendar, minute)


class TestErrors:
    @pytest.mark.parametrize(
        ("calendar", "path", "problem"),
        [
            (Calendar(zone="Europe/Wien"), "zone", "'Europe/Wien' is no IANA time zone: write one such as Europe/"),
            (Calendar(zone=""), "zone", "no IANA time zone"),
            (Calendar(zone="Europe"), "zone", "no IANA time zone"),
            (Calendar(zone="../../etc/passwd"), "zone", "no IANA time zone"),
            (Calendar(zone="/etc/localtime"), "zone", "no IANA time zone"),
            (Calendar(zone="localtime"), "zone", "no IANA time zone"),
            (Calendar(zone="UTC\0"), "zone", "no IANA time zone"),
            (Calendar(zone="x" * 1_000_000), "zone", "'" + "x" * 64 + "' is no IANA time zone"),
            (Calendar(zone="UTC", shifts={"monday": ["9-5"]}), "shifts.monday[0]", "write one such as 09:00-17:30"),
            (Calendar(zone="UTC", shifts={"monday": ["\u0660\u0669:00-17:00"]}), "shifts.monday[0]", "is no shift"),
            (Calendar(zone="UTC", shifts={"monday": ["09:00-17:00\n"]}), "shifts.monday[0]", "is no shift"),
            (Calendar(zone="UTC", shifts={"monday": ["09:00-17:60"]}), "shifts.monday[0]", "17:60 is no time of day"),
            (Calendar(zone="UTC", shifts={"monday": ["09:00-24:01"]}), "shifts.monday[0]", "24:01 is no time of day"),
            (Calendar(zone="UTC", shifts={"monday": ["24:00-24:00"]}), "shifts.monday[0]", "ends before it starts"),
            (
                Calendar(zone="UTC", shifts={"friday": ["09:00-12:00", "17:00-09:00"]}),
                "shifts.friday[1]",
                "write 17:00-24:00, and 00:00-09:00 on the next day",
            ),
            (Calendar(zone="UTC", shifts={"friday": ["17:00-00:00"]}), "shifts.friday[0]", "write 24:00 for the end"),
            (Calendar(zone="UTC", shifts={"friday": ["00:00-00:00"]}), "shifts.friday[0]", "write 24:00 for the end"),
            (
                Calendar(zone="UTC", shifts={"sunday": ["13:00-17:00", "18:00-19:00", "09:00-13:01"]}),
                "shifts.sunday[2]",
                "09:00-13:01 overlaps 13:00-17:00: make them one",
            ),
            (
                Calendar(zone="UTC", shifts={"sunday": ["09:00-17:00", "09:00-17:00"]}),
                "shifts.sunday[1]",
                "overlaps 09:00-17:00",
            ),
            (Calendar(zone="UTC", holidays=["2026-12-24", "2026-02-29"]), "holidays[1]", "there is no 2026-02-29"),
            (Calendar(zone="UTC", holidays=["20261224"]), "holidays[0]", "write one such as 2026-12-24"),
            (Calendar(zone="UTC", holidays=["2026-W52-4"]), "holidays[0]", "is no date"),
            (Calendar(zone="UTC", holidays=["9999-12-31"]), "holidays[0]", "years run from 1900 to 2199"),
            (Calendar(zone="UTC", holidays=["0000-01-01"]), "holidays[0]", "there is no 0000-01-01"),
            (Calendar(zone="UTC", country="XX"), "country", "no public holidays are known of 'XX'"),
            (Calendar(zone="UTC", country="AUT"), "country", "no public holidays are known of 'AUT'"),
            (Calendar(zone="UTC", country="at"), "country", "no public holidays are known of 'at'"),
            (Calendar(zone="UTC", country="AT", subdivision="10"), "subdivision", "write one of 1, 2, 3"),
            (
                Calendar(zone="UTC", country="MC", subdivision="1"),
                "subdivision",
                "MC has no subdivision '1': leave it out",
            ),
            (Calendar(zone="UTC", subdivision="9"), "subdivision", "name the country too"),
        ],
    )
    def test_name_the_field_and_the_fix(self, calendar: Calendar, path: str, problem: str) -> None:
        with pytest.raises(CalendarError) as caught:
            BusinessHours(calendar)
        assert caught.value.path == path
        assert problem in caught.value.problem
        assert str(caught.value) == f"{path}: {caught.value.problem}"
