"""Each figure of a report equals the number of conversations that its drill-down finds, on days of a contact centre
at work."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from actors.journal import SqliteJournal
from projections.all import PROJECTIONS
from projections.reports import REPORTS, Report, ReportRequest
from projections.reports.intervals import IntervalLength
from projections.reports.report import DrillDownRow
from projections.reports.request import DIMENSION_COLUMNS, NONE
from projections.runner import Database, TableReader, moment_of, read_tables
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from tests.figures.comparing import request_of
from tests.figures.corpus import record_days
from tests.figures.questions import questions
from tests.figures.recording import recorded, span

_BEGIN = datetime(2026, 10, 25, tzinfo=UTC)
"""The begin of the days: an hour before clocks go back in Vienna, and an hour before midnight on Cape Verde."""
_ALL = 1_000_000
SUMMING = [name for name, report in REPORTS.items() if report.rows is not None and name != "agent-availability"]
LISTING = [name for name, report in REPORTS.items() if report.listing is not None and name != "agent-states"]


@dataclass
class Days:
    journal: Path
    database: Database

    def request(self, interval: IntervalLength = "total", **fields: Any) -> ReportRequest:
        """A request for everything as one, unless these values narrow it."""
        begin, end = span(self.journal)
        plain: dict[str, Any] = {
            "start": moment_of(begin),
            "end": moment_of(end + timedelta(hours=1)),
            "as_of": moment_of(end),
            "zone": ZoneInfo("UTC"),
            "interval": interval,
        }
        return ReportRequest(**{**plain, **fields})

    def positions(self, *types: str) -> dict[int, str]:
        """The conversation of each event of these types, by the event's position."""
        return {each.position: each.data.get("conversation_id", each.entity) for each in recorded(self.journal, *types)}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("days") / "journal.db"
    record_days(file, 5, 6_000, _BEGIN)
    return file


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def days(request: pytest.FixtureRequest, journal: Path) -> Iterator[Days]:
    if request.param == "sqlite":
        url = sqlite_url(journal.with_name("reports.db"))
    else:
        url = request.getfixturevalue("postgresql_server").make_database()
    with closing(SqliteJournal(journal)) as source, closing(Database(url)) as database:
        rebuild(source, database, PROJECTIONS)
        yield Days(journal, database)


@pytest.fixture
def reader(days: Days) -> Iterator[TableReader]:
    with read_tables(days.database, *PROJECTIONS) as found:
        yield found


def drill_down(reader: TableReader, report: Report, request: ReportRequest, figure: str) -> list[DrillDownRow]:
    found = report.find_conversations(reader, request, figure, 0, _ALL)
    assert [each.position for each in found] == sorted({each.position for each in found})
    return found


def rows(reader: TableReader, report: Report, request: ReportRequest) -> list[dict[str, Any]]:
    page, _ = report.page(reader, request, None, _ALL)
    return [msgspec.to_builtins(row) for row in page]


def figures(report: Report) -> Mapping[str, Any]:
    assert report.drill_down is not None
    return report.drill_down.figures


@pytest.mark.parametrize("name", SUMMING)
def test_a_figure_of_the_whole_range_equals_the_number_of_its_conversations(
    days: Days, reader: TableReader, name: str
) -> None:
    report, request = REPORTS[name], days.request()
    listed = rows(reader, report, request)
    counted = {figure: len(drill_down(reader, report, request, figure)) for figure in figures(report)}
    assert counted == {figure: sum(row[figure] for row in listed) for figure in figures(report)}
    assert sum(counted.values()) > 50


@pytest.mark.parametrize("name", SUMMING)
def test_a_figure_equals_the_number_of_its_conversations_for_any_request(
    days: Days, reader: TableReader, name: str
) -> None:
    report, filtered = REPORTS[name], 0
    for asked in questions(days.journal, report):
        request = request_of(report, replace(asked, by=()))
        listed = rows(reader, report, request)
        for figure in figures(report):
            if figure == "conversations" and request.interval != "total":
                continue  # a conversation with turns in two intervals counts in both
            found = drill_down(reader, report, request, figure)
            assert len(found) == sum(row[figure] for row in listed), f"{figure}: {asked}"
            filtered += len(found) if request.filters else 0
    assert filtered > 100


@pytest.mark.parametrize(("zone", "interval"), [("Europe/Vienna", "60"), ("Atlantic/Cape_Verde", "day")])
@pytest.mark.parametrize("name", SUMMING)
def test_a_figure_of_a_row_equals_the_number_of_its_conversations(
    days: Days, reader: TableReader, name: str, zone: str, interval: IntervalLength
) -> None:
    """The request narrows the range to the row's interval, and the filters to its dimensions."""
    report = REPORTS[name]
    asked = days.request(interval, zone=ZoneInfo(zone), by=report.dimensions)
    bounds = {each.label: (each.start, each.end) for each in asked.intervals}
    columns = {filter_: DIMENSION_COLUMNS[filter_] for filter_ in report.dimensions}
    expected: dict[tuple[Any, ...], dict[str, int]] = {}
    for row in rows(reader, report, asked):
        sums = expected.setdefault((row["interval"], *(row[column] for column in columns.values())), {})
        for figure in figures(report):
            sums[figure] = sums.get(figure, 0) + row[figure]
    assert len({label for label, *_ in expected}) == 2
    for (label, *values), sums in expected.items():
        start, end = bounds[label]
        filters = {filter_: (value or NONE,) for filter_, value in zip(columns, values, strict=True)}
        part = days.request(start=start, end=end, as_of=min(end, asked.as_of), filters=filters)
        assert {figure: len(drill_down(reader, report, part, figure)) for figure in sums} == sums


@pytest.mark.parametrize("name", SUMMING)
def test_every_task_or_turn_has_at_most_one_outcome(days: Days, reader: TableReader, name: str) -> None:
    """Each task or turn has one outcome or none yet, and never two."""
    whole, outcomes = {
        "queue-intervals": ("offered", ("answered", "abandoned", "expired", "moved", "cancelled", "waiting")),
        "queue-productivity": ("offered", ("done", "transferred_out", "rona", "declined", "cancelled", "open")),
        "bots": ("turns", ("contained", "handed_off", "failed", "taken_over", "open")),
        "first-responses": ("asked", ("responded", "unanswered", "awaiting")),
        "resolutions": ("conversations", ("resolved", "unresolved", "open")),
        "ratings": ("rated", tuple(f"rated_{score}" for score in range(1, 6))),
        "volume": ("conversations", ("conversations",)),
    }[name]
    report, request = REPORTS[name], days.request()
    parts = [each for outcome in outcomes for each in drill_down(reader, report, request, outcome)]
    assert sorted(parts, key=lambda each: each.position) == drill_down(reader, report, request, whole)


def test_a_conversation_that_a_bot_got_twice_is_behind_the_figure_once(days: Days, reader: TableReader) -> None:
    turns, conversations = (
        drill_down(reader, REPORTS["bots"], days.request(), figure) for figure in ("turns", "conversations")
    )
    assert len(turns) > len(conversations)
    assert len({each.conversation_id for each in conversations}) == len(conversations)
    assert {each.conversation_id for each in conversations} == {each.conversation_id for each in turns}


@pytest.mark.parametrize("name", LISTING)
def test_each_row_of_a_list_is_behind_its_figure(days: Days, reader: TableReader, name: str) -> None:
    report, request = REPORTS[name], days.request()
    (figure,) = figures(report)
    found = drill_down(reader, report, request, figure)
    assert found == [DrillDownRow(row["conversation_id"], row["position"]) for row in rows(reader, report, request)]
    assert found


@pytest.mark.parametrize("name", [*SUMMING, *LISTING, "agent-availability", "agent-states"])
def test_behind_a_figure_are_events_of_those_conversations(days: Days, reader: TableReader, name: str) -> None:
    types = {
        "queue-intervals": ("TaskQueued", "TaskMoved"),
        "bots": ("ConversationStarted", "BotAssigned"),
        "channel-sessions": ("ConversationStarted", "CustomerReturned"),
        "conversations": ("ConversationStarted",),
        "first-responses": ("AgentRequested",),
        "resolutions": ("ConversationStarted",),
        "ratings": ("ConversationStarted",),
        "volume": ("ConversationStarted",),
    }.get(name, ("TaskReserved", "TaskAssignedDirectly"))
    recorded_as = days.positions(*types)
    found = [
        each for figure in figures(REPORTS[name]) for each in drill_down(reader, REPORTS[name], days.request(), figure)
    ]
    assert found
    for each in found:
        assert recorded_as[each.position] == each.conversation_id


@pytest.mark.parametrize("name", ["agent-availability", "agent-states"])
def test_behind_a_time_in_a_state_are_the_tasks_that_were_held_in_it(
    days: Days, reader: TableReader, name: str
) -> None:
    """States and tasks are compared as the reports list them, over a range that cuts some of both."""
    whole = days.request()
    begin, end = whole.start + (whole.end - whole.start) // 3, whole.start + (whole.end - whole.start) // 2
    request = days.request(start=begin, end=end, as_of=end)
    tasks = rows(reader, REPORTS["agent-tasks"], whole)
    for figure in figures(REPORTS[name]):
        states = [
            row for row in rows(reader, REPORTS["agent-states"], request) if figure in (row["state"], "logged_in")
        ]
        expected = {
            DrillDownRow(task["conversation_id"], task["position"])
            for task in tasks
            for state in states
            if _held_in(task, state, begin, end)
        }
        assert set(drill_down(reader, REPORTS[name], request, figure)) == expected, figure
    assert drill_down(reader, REPORTS[name], request, "active")


def _held_in(task: dict[str, Any], state: dict[str, Any], begin: int, end: int) -> bool:
    if (task["agent_id"], task["mrd"]) != (state["agent_id"], state["mrd"]):
        return False
    first = max(_moment(task["offered_at"], end), _moment(state["from"], end), begin)
    last = min(_moment(task["closed_at"], end), _moment(state["to"], end), end)
    return first < last


def _moment(text: str | None, end: int) -> int:
    return end if text is None else moment_of(datetime.fromisoformat(text))
