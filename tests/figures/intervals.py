"""Intervals of the clock on the wall, found by looking at the clock in every minute."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import pandas as pd

from tests.figures.asked import Asked

__all__ = ["Interval", "index_of", "intervals"]

_SLACK = pd.Timedelta(days=3)


@dataclass(frozen=True)
class Interval:
    """``label`` names the whole interval; ``begin`` and ``end`` are cut at the range."""

    label: str
    begin: datetime
    end: datetime


def intervals(asked: Asked, default: str) -> list[Interval]:
    """The intervals that the range touches, in order."""
    return _intervals(asked.from_, asked.to, asked.zone, asked.interval or default)


@lru_cache(maxsize=256)
def _intervals(from_: datetime, to: datetime, zone: str, interval: str) -> list[Interval]:
    begin, end = pd.Timestamp(from_).tz_convert("UTC"), pd.Timestamp(to).tz_convert("UTC")
    if interval == "total":
        return [Interval(begin.tz_convert(zone).isoformat(), from_, to)]
    begins = [each for each in _begins(begin, end, zone, interval) if each < end]
    ends = [*begins[1:], end]
    return [
        Interval(since.tz_convert(zone).isoformat(), max(since, begin).to_pydatetime(), min(until, end).to_pydatetime())
        for since, until in zip(begins, ends, strict=True)
        if until > begin
    ]


def _begins(begin: pd.Timestamp, end: pd.Timestamp, zone: str, interval: str) -> list[pd.Timestamp]:
    """The minutes at which the clock on the wall shows a multiple of the interval since midnight."""
    minutes = pd.date_range(begin.floor("min") - _SLACK, end.ceil("min") + _SLACK, freq="min", tz="UTC")
    wall = minutes.tz_convert(zone).tz_localize(None)
    clock = pd.DataFrame({"minute": minutes, "wall": wall})
    if interval == "day":
        # A day that the clock leaves and enters again began when it was entered first.
        day = clock["wall"].dt.normalize().cummax()
        begins = day.ne(day.shift())
    else:
        begins = (clock["wall"] - clock["wall"].dt.normalize()) % pd.Timedelta(int(interval), "min") == pd.Timedelta(0)
    return list(clock.loc[begins, "minute"])[1:]


def index_of(found: list[Interval], instants: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
    """The index of the interval in which each instant of the range lies."""
    begins = pd.Index([each.begin for each in found])
    return pd.Series(begins.searchsorted(instants, side="right") - 1, index=instants.index)
