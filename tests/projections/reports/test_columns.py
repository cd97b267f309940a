"""What the columns of a report claim about themselves holds for its rows, on days of a contact centre at work."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from actors.journal import SqliteJournal
from projections.all import PROJECTIONS
from projections.reports import REPORTS, Report
from projections.reports.columns import ReportColumn
from projections.reports.request import DIMENSION_COLUMNS
from projections.runner import Database
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from tests.figures.asked import Asked
from tests.figures.comparing import projected_rows
from tests.figures.corpus import record_days
from tests.figures.recording import span

SUMMING = [name for name, report in REPORTS.items() if report.rows is not None]
_BEGIN = datetime(2026, 10, 24, 12, tzinfo=UTC)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("days") / "journal.db"
    record_days(file, 2, 4_000, _BEGIN)
    return file


@pytest.fixture(scope="module")
def database(journal: Path) -> Iterator[Database]:
    with (
        closing(SqliteJournal(journal)) as source,
        closing(Database(sqlite_url(journal.with_name("reports.db")))) as found,
    ):
        rebuild(source, found, PROJECTIONS)
        yield found


@pytest.fixture
def whole(journal: Path) -> Asked:
    begin, end = span(journal)
    return Asked(from_=begin, to=end, now=end, zone="Europe/Vienna", interval="total")


@pytest.mark.parametrize("name", SUMMING)
@pytest.mark.parametrize("interval", ["60", "total"])
def test_rows_combine_into_those_of_larger_groups(database: Database, whole: Asked, name: str, interval: str) -> None:
    """By their columns alone, a page can make a total of any rows."""
    report = REPORTS[name]
    finest = projected_rows(database, report, replace(whole, interval=interval, by=report.dimensions))
    for by in [(), *((dimension,) for dimension in report.dimensions)]:
        larger = projected_rows(database, report, replace(whole, by=by))
        columns = [DIMENSION_COLUMNS[dimension] for dimension in by]
        groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in finest:
            groups[tuple(row[column] for column in columns)].append(row)
        assert {tuple(row[column] for column in columns) for row in larger} == groups.keys()
        for row in larger:
            _compare(report, row, groups[tuple(row[column] for column in columns)])


def _compare(report: Report, row: Row, parts: Sequence[Row]) -> None:
    combined = [column for column in report.columns if column.combines is not None]
    assert combined
    for column in combined:
        assert row[column.name] == pytest.approx(_combined(column, parts), abs=1e-3), column.name


def _combined(column: ReportColumn, rows: Sequence[Row]) -> float | None:
    values: list[float] = [row[column.name] for row in rows if row[column.name] is not None]
    match column.combines:
        case "sum":
            return sum(values)
        case "smallest":
            return min(values, default=None)
        case "largest":
            return max(values, default=None)
    whole = _sum(rows, column.whole) - _sum(rows, column.without)
    return _sum(rows, column.part) / whole * (100 if column.kind == "share" else 1) if whole else None


def _sum(rows: Sequence[Row], columns: Sequence[str]) -> float:
    return float(sum(row[column] for row in rows for column in columns))


@pytest.mark.parametrize("name", REPORTS)
def test_columns_hold_what_their_kind_says(database: Database, whole: Asked, name: str) -> None:
    report = REPORTS[name]
    rows = projected_rows(database, report, whole)
    assert rows
    for column in report.columns:
        assert column.description
        for value in (row[column.name] for row in rows if row[column.name] is not None):
            match column.kind:
                case "interval" | "instant":
                    assert datetime.fromisoformat(value).tzinfo is not None
                case "list":
                    assert isinstance(value, list)
                case "boolean":
                    assert isinstance(value, bool)
                case "count" | "number" | "duration" | "share":
                    assert isinstance(value, int | float)
                    assert value >= 0
                case _:
                    assert isinstance(value, str)


def test_what_a_report_distinguishes_has_a_column_and_a_filter() -> None:
    for name in SUMMING:
        report = REPORTS[name]
        assert set(report.default_by) <= set(report.dimensions) <= set(report.filters)
        assert set(report.optional) <= set(report.dimensions)
        assert {DIMENSION_COLUMNS[each] for each in report.dimensions} == {
            column.name for column in report.columns if column.filter is not None
        }
