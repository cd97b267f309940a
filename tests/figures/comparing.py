"""Comparing the projections' rows with those computed apart."""

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from projections.reports import REPORTS as PROJECTED
from projections.reports import Report, ReportRequest
from projections.runner import Database, moment_of, read_tables
from tests.figures.asked import Asked
from tests.figures.groups import COLUMNS
from tests.figures.reports import REPORTS

__all__ = ["PROJECTED", "Apart", "differences", "projected_rows", "request_of"]

_KEYS = (*("interval", *COLUMNS.values()), "from", "state", "reason", "task_id", "offered_at")
_LISTED_KEYS = {"channel-sessions": ("conversation_id", "number"), "conversations": ("conversation_id",)}
_SHARES = [column.name for report in PROJECTED.values() for column in report.columns if column.kind == "share"]
_CLOSE, _CLOSE_SHARE = 1e-6, 1e-4
_PAGE = 1_000

Row = dict[str, Any]


class Apart:
    """The rows of a journal computed apart; the facts are gathered once for each report."""

    def __init__(self, journal: Path) -> None:
        self._facts = {name: report.facts(journal) for name, report in REPORTS.items()}

    def rows(self, name: str, asked: Asked) -> list[Row]:
        found: list[Row] = REPORTS[name].figures(self._facts[name], asked)
        return found


def projected_rows(database: Database, report: Report, asked: Asked) -> list[Row]:
    request = request_of(report, asked)
    with read_tables(database, *report.projections) as reader:
        if report.rows is not None:
            return [msgspec.to_builtins(row) for row in report.rows(reader, request)]
        assert report.listing is not None
        rows: list[Row] = []
        cursor: str | None = None
        while True:
            page, cursor = report.listing(reader, request, cursor, _PAGE)
            rows += [msgspec.to_builtins(row) for row in page]
            if cursor is None:
                return rows


def request_of(report: Report, asked: Asked) -> ReportRequest:
    return ReportRequest(
        start=moment_of(asked.from_),
        end=moment_of(asked.to),
        as_of=moment_of(asked.as_of),
        zone=ZoneInfo(asked.zone),
        interval=asked.interval or report.default_interval,  # type: ignore[arg-type] # one of those there are
        by=report.default_by if asked.by is None else asked.by,  # type: ignore[arg-type] # some of those there are
        filters={name: tuple(sorted(values)) for name in report.filters if (values := getattr(asked, name))},
    )


def differences(name: str, zone: str, apart: list[Row], projected: list[Row]) -> list[str]:
    """One line for each row or figure that differs."""
    ours, theirs = _by_key(name, zone, apart), _by_key(name, zone, projected)
    lines = [f"{name} {key}: only computed apart" for key in ours.keys() - theirs.keys()]
    lines += [f"{name} {key}: only projected" for key in theirs.keys() - ours.keys()]
    for key in ours.keys() & theirs.keys():
        for column, value, other in _unequal(ours[key], theirs[key]):
            lines.append(f"{name} {key}: {column} is {value!r} apart and {other!r} projected")
    return sorted(lines)


def _by_key(name: str, zone: str, rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    named = [{column: _plain(value, zone) for column, value in row.items() if column != "position"} for row in rows]
    columns = _LISTED_KEYS.get(name, _KEYS)
    found = {tuple(str(row[column]) for column in columns if column in row): row for row in named}
    assert len(found) == len(rows), f"{name} has rows of the same key"
    return found


def _plain(value: Any, zone: str) -> Any:
    """The row as plain values, its instants by the zone's clock."""
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).isoformat(timespec="microseconds")
    return None if isinstance(value, float) and math.isnan(value) else value


def _unequal(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for column in ours.keys() | theirs.keys():
        value, other = ours.get(column, "missing"), theirs.get(column, "missing")
        if value != other and not _is_close(column, value, other):
            yield column, value, other


def _is_close(column: str, value: Any, other: Any) -> bool:
    """Compares whole numbers exactly, means and durations to the microsecond, shares to four decimals."""
    if not (isinstance(value, float) and isinstance(other, int | float)):
        return False
    return math.isclose(value, other, rel_tol=1e-12, abs_tol=_CLOSE_SHARE if column in _SHARES else _CLOSE)
