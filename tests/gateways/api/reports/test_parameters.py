"""Parameters of reports that are wrong, missing, huge or hostile."""

from typing import Any
from urllib.parse import quote

import pytest

from projections.reports import FILTERS, REPORTS
from tests.gateways.centre import Centre
from tests.gateways.clients import Caller

pytestmark = pytest.mark.asyncio(loop_scope="module")

SUMS = [name for name, report in REPORTS.items() if report.rows is not None]
LISTS = [name for name, report in REPORTS.items() if report.rows is None]
HOSTILE = ["", "x" * 4_000, "'; DROP TABLE projections; --", "../../etc/passwd", "\x00", "%", "\N{PILE OF POO}", "-1"]
WRONG: dict[str, list[str]] = {
    "from": [*HOSTILE, "2026-13-01", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-22T25:00", "now", "1e9"],
    "to": [*HOSTILE, "1989-12-31", "3000-01-02", "2026-11-22T10:00:00+99:00"],
    "zone": [*HOSTILE, "Vienna", "Europe/", "/etc/localtime", "Europe/../Europe/Vienna", "utc/.."],
    "interval": [*HOSTILE, "0", "7", "hour", "15.0"],
    "by": [*HOSTILE, "queue", "agent,queue", "agent,total", "agent,", "Agent"],
    "compare": [*HOSTILE, "next", "previous,previous"],
    "format": [*HOSTILE, "xml", "JSON"],
    "limit": [*HOSTILE, "0", "1.5", "9" * 30, "\N{ARABIC-INDIC DIGIT FIVE}"],
    "after_position": [*HOSTILE, "1.5", "9" * 30, "99999999"],
    "agent": ["", ",", ",,,", "\x00", "a\x00b", ",".join(f"a{number}" for number in range(1_001))],
    "colour": ["red"],
}


@pytest.fixture
def reader(read_centre: Centre) -> Caller:
    return Caller(read_centre, "reads")


def path(report: str, **query: Any) -> str:
    return f"/reports/v1/{report}?" + "&".join(f"{name.rstrip('_')}={quote(str(v))}" for name, v in query.items())


async def test_a_wrong_parameter_is_named(reader: Caller) -> None:
    report = "agent-availability"
    for name, value in ((name, value) for name, values in WRONG.items() for value in values):
        details = (await reader.get(path(report, **{name: value}))).problem(422, "invalid_input")
        assert details.detail.startswith(f"{name}:"), (value, details.detail)
        assert len(details.detail) < 300


async def test_an_invalid_cursor_is_refused(reader: Caller) -> None:
    for value in (*HOSTILE, "5", "x.y", "1.chat\x00", "9" * 19 + ".chat", "\N{ARABIC-INDIC DIGIT THREE}.chat"):
        answer = await reader.get(path("agent-states", cursor=value))
        assert answer.problem(422, "invalid_input").detail.startswith("cursor:")


async def test_an_interval_for_a_list_and_a_cursor_for_a_summary_are_refused(reader: Caller) -> None:
    for report in SUMS:
        (await reader.get(path(report, cursor="1"))).problem(422, "invalid_input")
    for report in LISTS:
        (await reader.get(path(report, cursor="nonsense"))).problem(422, "invalid_input")


async def test_filters_apply_or_are_refused_whatever_their_values(reader: Caller) -> None:
    known = {
        "agent": "alice,bob",
        "team": "service",
        "queue": "support,sales",
        "mrd": "chat",
        "channel": "web",
        "bot": "greeter",
        "direction": "inbound,consult",
    }
    hostile = ("nobody", "-alice", "alice,-a", "'; DROP TABLE items; --", "x" * 3_000, "%", "\N{PILE OF POO}")
    for report, name in ((report, name) for report in REPORTS for name in FILTERS):
        for value in (known[name], *hostile):
            answer = await reader.get(path(report, **{name: value}))
            if name in REPORTS[report].filters and value in known.values():
                answer.of(200)
            else:
                assert answer.problem(422, "invalid_input").detail.startswith(f"{name}:")


async def test_a_filter_takes_a_dash_where_something_may_lack_it(reader: Caller) -> None:
    cases = [(report, name) for report in REPORTS.values() for name in report.filters]
    for report, name in cases:
        answer = await reader.get(path(report.name, **{name: "-"}))
        if name in report.optional:
            answer.of(200)
        else:
            assert answer.problem(422, "invalid_input").detail.startswith(f"{name}:")


async def test_rows_are_distinguished_as_the_request_asks(reader: Caller) -> None:
    body = (await reader.get(path("queue-productivity", by="queue,agent"))).of(200)
    assert body["by"] == ["agent", "queue"]
    assert {(row["agent_id"], row["queue"], row["mrd"]) for row in body["rows"]} == {("alice", "support", None)}
    [row] = (await reader.get(path("queue-productivity", by="total"))).of(200)["rows"]
    assert (row["agent_id"], row["queue"], row["mrd"], row["handled"]) == (None, None, None, 1)
    for report in LISTS:
        (await reader.get(path(report, by="total"))).problem(422, "invalid_input")


async def test_ranges_with_too_many_intervals_are_refused(reader: Caller) -> None:
    for report in SUMS:
        answer = await reader.get(path(report, from_="1990-01-01", to="2999-01-01", interval="15"))
        assert answer.problem(422, "invalid_input").detail.startswith("interval:")
        (await reader.get(path(report, from_="1990-01-01", to="2999-01-01", interval="total"))).of(200)


async def test_a_period_before_that_lies_too_far_back_is_refused(reader: Caller) -> None:
    for begin, end in (("1990-01-01", "1990-01-03"), ("1991-01-01", "2999-01-01"), ("2026-01-01", "2999-01-01")):
        for report in SUMS:
            answer = await reader.get(path(report, from_=begin, to=end, interval="total", compare="previous"))
            assert answer.problem(422, "invalid_input").detail.startswith("compare: the period before would begin")


async def test_only_reports_that_sum_up_are_compared_and_not_in_csv(reader: Caller) -> None:
    for report in LISTS:
        (await reader.get(path(report, compare="previous"))).problem(422, "invalid_input")
    refused = (await reader.get(path("bots", compare="previous", format="csv"))).problem(422, "invalid_input")
    assert refused.detail == "compare: applies only without format or with format=json"


async def test_a_range_must_run_forwards(reader: Caller) -> None:
    for begin, end in (("2026-11-22", "2026-11-22"), ("2026-11-23", "2026-11-22"), ("2026-11-22T10:00Z", "2026-11-22")):
        details = (await reader.get(path("bots", from_=begin, to=end))).problem(422, "invalid_input")
        assert details.detail == "to: must lie behind from"


async def test_dates_are_those_of_the_zone(reader: Caller) -> None:
    body = (await reader.get(path("bots", from_="2026-03-29", to="2026-03-30", zone="Europe/Vienna"))).of(200)
    assert (body["from"], body["to"], body["zone"]) == (
        "2026-03-29T00:00:00.000000+01:00",
        "2026-03-30T00:00:00.000000+02:00",
        "Europe/Vienna",
    )
    body = await reader.get(path("bots", from_="2026-03-28T23:00:00Z", to="2026-03-29T05:00", zone="Asia/Kathmandu"))
    assert body.of(200)["from"] == "2026-03-29T04:45:00.000000+05:45"


async def test_an_unknown_figure_is_refused(reader: Caller) -> None:
    for value in (*HOSTILE, "unknown", "offered,answered"):
        answer = await reader.get(path("queue-intervals/conversations", figure=value))
        assert answer.problem(422, "invalid_input").detail.startswith("figure: must be one of offered, ")
    (await reader.get(path("queue-intervals/conversations"))).problem(422, "invalid_input")


async def test_an_unknown_queue_of_the_dashboard_is_refused(reader: Caller) -> None:
    for value in ("nobody", "\x00", "support,nobody", "x" * 5_000):
        answer = await reader.get(path("live", queue=value))
        assert answer.problem(422, "invalid_input").detail.startswith("queue: nothing is or was configured as queues.")


async def test_an_unknown_report_and_another_method_are_refused(reader: Caller) -> None:
    (await reader.get(path("no-such-report"))).problem(404, "not_found")
    (await reader.post(path("bots"))).problem(405, "method_not_allowed")
    (await reader.get("/reports/v1/bots/conversations/more")).problem(404, "not_found")
    (await reader.get("/reports/v1/bots?zone=%ff")).problem(400, "malformed_query")
