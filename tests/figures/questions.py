"""The questions about a corpus: every report in several zones and intervals, with every filter, over ranges that begin
and end in the middle of everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from projections.reports import Report
from tests.figures.asked import Asked
from tests.figures.recording import recorded, span

__all__ = ["questions"]

_ZONES = ["UTC", "Europe/Vienna", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]
_INTERVALS = ["15", "30", "60", "day", "total"]
_FILTERS = {
    "agent": [["agent0"], ["agent1", "agent7"], ["nobody"]],
    "team": [["first"], ["second", "third"], ["none"]],
    "queue": [["support"], ["sales", "desk"], ["callback"], ["none"]],
    "mrd": [["chat"], ["callback", "video"]],
    "channel": [["sms"], ["web", "app"], ["fax"]],
    "bot": [["greeter"], ["helper", "nobody"]],
    "direction": [["inbound"], ["outbound"], ["transfer_direct"], ["consult", "conference"], ["monitor", "barge_in"]],
}


def questions(journal: Path, report: Report) -> Iterator[Asked]:
    begin, end, (first, second, third) = _instants(journal)
    whole = Asked(from_=begin - timedelta(hours=5), to=end + timedelta(days=1), now=end + timedelta(hours=1))
    ranges = cycle([whole, replace(whole, from_=first, to=third)])
    if report.rows is None:
        for zone in _ZONES:
            yield replace(whole, zone=zone)
    else:
        for zone in _ZONES:
            for interval in _INTERVALS:
                yield replace(whole, zone=zone, interval=interval)
    zones, intervals = cycle(_ZONES), cycle(_INTERVALS if report.rows is not None else [None])
    for from_, to in [(first, third), (begin, second), (second, end), (third, end + timedelta(hours=1))]:
        yield replace(whole, from_=from_, to=to, now=end, zone=next(zones), interval=next(intervals))
    for by in [(), *((name,) for name in report.dimensions), report.dimensions] if report.dimensions else []:
        yield replace(next(ranges), zone=next(zones), interval=next(intervals), by=by)
    for name, choices in _FILTERS.items():
        if name in report.optional:
            yield _filtered(replace(next(ranges), zone=next(zones), by=(name,)), name, ["-"])
        for values in choices if name in report.filters else []:
            yield _filtered(replace(next(ranges), zone=next(zones), interval=next(intervals)), name, values)
        if name in report.filters and "agent" in report.filters and name != "agent":
            some = replace(whole, zone=next(zones), agent=frozenset(f"agent{number}" for number in range(0, 40, 2)))
            yield _filtered(some, name, choices[0])


def _filtered(asked: Asked, name: str, values: list[str]) -> Asked:
    filters: dict[str, Any] = {name: frozenset(values)}
    return replace(asked, **filters)


def _instants(journal: Path) -> tuple[datetime, datetime, list[datetime]]:
    """The first and the last instant, and some between."""
    states = [event.at for event in recorded(journal, "AgentMrdStateChanged")]
    between = [states[len(states) * part // 10] + timedelta(microseconds=1) for part in (2, 5, 8)]
    return *span(journal), between
