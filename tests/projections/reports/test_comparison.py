"""The period before another one, on days on which clocks change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.reports import InvalidRequestError, ReportRequest
from projections.reports.comparison import counterparts, days_between, period_before
from projections.reports.intervals import day_begins
from projections.reports.timestamps import local_time
from projections.runner import moment_of
from projections.runner.columns import instant_of

_NOW = datetime(2027, 1, 1, tzinfo=UTC)
_ZONES = ["UTC", "Europe/Vienna", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu"]


def asked(from_: str, to: str, zone: str = "Europe/Vienna", interval: Any = "day", now: datetime = _NOW) -> Any:
    return ReportRequest.read({"from": from_, "to": to, "zone": zone, "interval": interval}, now, "day")


def bounds(request: ReportRequest) -> tuple[str, str]:
    return local_time(request.start, request.zone)[:19], local_time(request.end, request.zone)[:19]


@pytest.mark.parametrize(
    ("zone", "from_", "to", "days", "before"),
    [
        ("Europe/Vienna", "2026-10-26", "2026-10-27", 1, ("2026-10-25T00:00:00", "2026-10-26T00:00:00")),
        ("Europe/Vienna", "2026-03-30", "2026-04-06", 7, ("2026-03-23T00:00:00", "2026-03-30T00:00:00")),
        ("Europe/Vienna", "2026-10-26T09:00", "2026-10-26T12:00", 1, ("2026-10-25T09:00:00", "2026-10-25T12:00:00")),
        ("Europe/Vienna", "2026-10-26T22:00", "2026-10-27T06:00", 2, ("2026-10-24T22:00:00", "2026-10-25T06:00:00")),
        ("Africa/Cairo", "2026-04-24", "2026-04-25", 1, ("2026-04-23T00:00:00", "2026-04-24T01:00:00")),
        ("Africa/Cairo", "2026-04-25", "2026-04-26", 1, ("2026-04-24T01:00:00", "2026-04-25T00:00:00")),
    ],
)
def test_the_period_before_has_the_same_times_as_many_days_earlier(
    zone: str, from_: str, to: str, days: int, before: tuple[str, str]
) -> None:
    request = asked(from_, to, zone)
    assert days_between(request) == days
    assert bounds(period_before(request)) == before


def test_of_a_day_that_is_not_over_the_same_part_of_the_day_before_counts() -> None:
    request = asked("2026-11-22", "2026-11-23", now=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    before = period_before(request)
    assert bounds(before) == ("2026-11-21T00:00:00", "2026-11-21T10:30:00")
    assert before.as_of == before.end


def test_before_a_range_of_the_future_nothing_counts() -> None:
    before = period_before(asked("2027-02-01", "2027-02-08"))
    assert before.start == before.end
    assert counterparts(asked("2027-02-01", "2027-02-08"), before).keys() <= {"2027-02-01T00:00:00+01:00"}


def test_the_hour_that_is_missing_leaves_nothing_of_a_range_in_it() -> None:
    before = period_before(asked("2026-03-30T02:30", "2026-03-30T03:00"))
    assert before.start == before.end


def test_beside_the_hour_that_comes_twice_stands_the_one_hour_of_another_day() -> None:
    request = asked("2026-10-25", "2026-10-26", interval="60")
    found = counterparts(request, period_before(request))
    assert found["2026-10-25T02:00:00+02:00"] == found["2026-10-25T02:00:00+01:00"] == "2026-10-24T02:00:00+02:00"
    assert len(found) == 25
    after = asked("2026-10-26", "2026-10-27", interval="60")
    found = counterparts(after, period_before(after))
    assert found["2026-10-26T02:00:00+01:00"] == "2026-10-25T02:00:00+02:00"
    assert len(found) == 24


def test_beside_an_hour_stands_none_where_the_clock_left_it_out() -> None:
    request = asked("2026-03-30", "2026-03-31", interval="60")
    found = counterparts(request, period_before(request))
    assert "2026-03-30T02:00:00+02:00" not in found
    assert len(found) == 23


def test_a_period_before_the_first_year_is_refused() -> None:
    for from_, to in (("1990-01-01", "1990-01-02"), ("1990-06-01", "2999-01-01")):
        with pytest.raises(InvalidRequestError, match="before 1990"):
            period_before(asked(from_, to, "UTC"))


@given(
    zone=st.sampled_from(_ZONES),
    first=st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 11, 1)),
    days=st.integers(1, 40),
    interval=st.sampled_from(["15", "30", "60", "day", "total"]),
)
def test_whole_days_follow_whole_days(zone: str, first: Any, days: int, interval: str) -> None:
    request = asked(str(first), str(first + timedelta(days=days)), zone, interval)
    before = period_before(request)
    assert days_between(request) == days
    assert before.end == request.start
    assert instant_of(before.start) == day_begins(first - timedelta(days=days), ZoneInfo(zone))
    found = counterparts(request, before)
    assert {interval.label for interval in request.intervals} >= found.keys()
    assert {interval.label for interval in before.intervals} >= set(found.values())
    if interval == "day":
        assert len(found) == days
    assert moment_of(instant_of(before.end)) == before.as_of
