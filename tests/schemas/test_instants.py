"""Instants as text and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.instants import format_instant, parse_instant, utc_now
from tests.examples import NOW

INSTANTS = st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@given(INSTANTS)
def test_an_instant_survives_as_text(instant: datetime) -> None:
    assert parse_instant(format_instant(instant)) == instant


@given(INSTANTS, INSTANTS)
def test_the_order_of_text_is_that_of_time(one: datetime, other: datetime) -> None:
    assert (format_instant(one) < format_instant(other)) == (one < other)


def test_the_text_has_microseconds_and_ends_with_z() -> None:
    assert format_instant(NOW) == "2026-11-22T10:00:00.000000Z"
    assert format_instant(NOW + timedelta(microseconds=7)) == "2026-11-22T10:00:00.000007Z"


def test_an_offset_is_turned_into_utc() -> None:
    instant = parse_instant("2026-11-22T12:00:00+02:00")
    assert instant == NOW
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "now", "2026-11-22T10:00:00", "2026-13-22T10:00:00Z"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_instant(text)


def test_now_is_in_utc() -> None:
    assert utc_now().tzinfo is UTC


def test_an_instant_of_another_offset_is_formatted_as_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=2)))
    assert format_instant(there) == format_instant(NOW)
