"""Reading reports: pages, CSV, own writes, the conversations of a figure, the dashboard, and an absent database."""

import asyncio
import csv
import io
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
import pytest

from projections.reports import REPORTS
from projections.runner import DatabaseUnavailableError
from tests.gateways.api.reports.conftest import KEYS
from tests.gateways.centre import PATIENCE, Centre, open_centre, projected
from tests.gateways.clients import Agent, Caller, Customer
from tests.postgresql import PostgresqlServer

pytestmark = pytest.mark.asyncio

ONLY_READS = pytest.mark.asyncio(loop_scope="module")
"""Marks the tests that leave the centre as it is, and so share one."""


async def test_pages_have_neither_gap_nor_duplicate_while_rows_are_added(centre: Centre, reader: Caller) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = (await reader.get(f"/reports/v1/conversations?limit=1{cursor and f'&cursor={cursor}'}")).of(200)
        seen += [row["conversation_id"] for row in page["rows"]]
        if len(seen) < 6:
            await Customer.start(centre)
            await projected(centre.services)
        cursor = page["next"]
    everything = (await reader.get("/reports/v1/conversations")).of(200)["rows"]
    assert seen == [row["conversation_id"] for row in everything]
    assert len(seen) == len(set(seen)) == 9


@ONLY_READS
async def test_csv_holds_what_json_holds_and_no_formula(read_centre: Centre) -> None:
    seer = Caller(read_centre, "sees")
    answer = await seer.get("/reports/v1/channel-sessions?format=csv")
    rows = (await seer.get("/reports/v1/channel-sessions")).of(200)["rows"]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by it"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="channel-sessions.csv"'
    read = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["conversation_id"] for row in read] == [row["conversation_id"] for row in rows]
    assert [row["customer_name"] for row in read] == [
        '\'=HYPERLINK("https://example.org")',
        'Grace "Amazing" Hopper, Rear Admiral',
        "Zoë\nline two \N{PILE OF POO}",
        "",
    ]
    assert [row["customer_id"] for row in read] == ["", "c-1906", "'@sum", ""]
    assert read[0]["customer_phone"] == "+44 20 7946 0958", "a phone number stays what it is"


@ONLY_READS
async def test_every_report_as_csv_has_its_columns(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    for name, report in REPORTS.items():
        lines = (await reader.get(f"/reports/v1/{name}?format=csv")).content.decode("utf-8-sig").split("\r\n")
        assert lines[0].split(",") == [*report.row.__struct_encode_fields__, "zone"]
        assert len(lines) > 2, name


@ONLY_READS
async def test_instants_in_csv_are_those_that_spreadsheets_take_as_times(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    for name in REPORTS:
        url = f"/reports/v1/{name}?zone=Europe/Vienna"
        csv_rows = read_csv(await reader.get(f"{url}&format=csv"))
        rows = (await reader.get(url)).of(200)["rows"]
        for row, csv_row in zip(rows, csv_rows, strict=True):
            instants = {column: value for column, value in row.items() if is_instant(value)}
            assert instants, name
            for column, value in instants.items():
                assert csv_row[column] == value[:19].replace("T", " "), column
            assert csv_row["zone"] == "Europe/Vienna"


@ONLY_READS
async def test_csv_for_spreadsheets_with_decimal_commas(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    rows = (await reader.get("/reports/v1/conversations?to=2027-01-01")).of(200)["rows"]
    answer = await reader.get("/reports/v1/conversations?to=2027-01-01&format=csv&delimiter=semicolon")
    found = read_csv(answer, ";")
    assert [row["conversation_id"] for row in found] == [row["conversation_id"] for row in rows]
    assert [float(row["bot_share"].replace(",", ".") or -1) for row in found] == [
        -1 if row["bot_share"] is None else row["bot_share"] for row in rows
    ]


@ONLY_READS
async def test_a_delimiter_is_that_of_a_csv_file(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    refused = (await reader.get("/reports/v1/bots?delimiter=tab")).problem(422, "invalid_input")
    assert refused.detail == "delimiter: applies only with format=csv"


@ONLY_READS
async def test_every_report_can_be_drawn_by_its_description_alone(read_centre: Centre) -> None:
    reader, drilled = Caller(read_centre, "reads"), 0
    described = (await reader.get("/reports/v1")).of(200)["reports"]
    assert [each["name"] for each in described] == list(REPORTS)
    for report in described:
        columns = {column["name"]: column for column in report["columns"]}
        for by in [*report["dimensions"], ",".join(report["dimensions"])] if report["kind"] == "summary" else [""]:
            body = (await reader.get(f"{report['path']}?{by and f'by={by}'}")).of(200)
            bounds = {each["interval"]: each for each in body.get("intervals", [])}
            for row in body["rows"][:1]:
                assert row.keys() == columns.keys()
                figure = next((name for name in report["figures"] if row.get(name) and bounds), None)
                if figure is None or columns[figure]["kind"] != "count":
                    continue
                part = {"from": bounds[row["interval"]]["from"], "to": bounds[row["interval"]]["to"], "figure": figure}
                part |= {
                    columns[name]["filter"]: value or "-"
                    for name, value in row.items()
                    if columns[name]["filter"] in by.split(",")
                }
                behind = (await reader.get(f"{report['conversations']}?{urlencode(part)}")).of(200)["conversations"]
                assert len(behind) == row[figure]
                drilled += 1
    assert drilled > 10


@ONLY_READS
async def test_an_answer_has_every_interval_and_the_period_before(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    query = "zone=Europe/Vienna&interval=60&from=2026-10-25&to=2026-10-26"
    body = (await reader.get(f"/reports/v1/volume?{query}")).of(200)
    assert (body["rows"], len(body["intervals"]), body["previous"]) == ([], 25, None)
    body = (await reader.get(f"/reports/v1/volume?{query}&compare=previous")).of(200)
    assert body["intervals"][3] == {
        "interval": "2026-10-25T02:00:00+01:00",
        "from": "2026-10-25T02:00:00.000000+01:00",
        "to": "2026-10-25T03:00:00.000000+01:00",
        "before": "2026-10-24T02:00:00+02:00",
    }
    previous = body["previous"]
    assert (previous["days"], previous["rows"], len(previous["intervals"])) == (1, [], 24)
    assert previous["from"] == "2026-10-24T00:00:00.000000+02:00"
    assert previous["to"] == previous["as_of"] == "2026-10-25T00:00:00.000000+02:00"


@ONLY_READS
async def test_the_period_before_has_rows_as_the_period_has(
    read_centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today is compared with itself, because the centre had no yesterday."""
    monkeypatch.setattr("gateways.api.reports.answering.period_before", lambda request: request)
    reader, compared = Caller(read_centre, "reads"), 0
    for name in (name for name, report in REPORTS.items() if report.rows is not None):
        body = (await reader.get(f"/reports/v1/{name}?compare=previous")).of(200)
        assert body["previous"]["rows"] == body["rows"]
        assert {row["interval"] for row in body["rows"]} <= {each["interval"] for each in body["intervals"]}
        compared += len(body["rows"])
    assert compared > 5


def read_csv(answer: Any, delimiter: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter))


def is_instant(value: object) -> bool:
    return isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", value) is not None


async def test_a_client_reads_its_own_writes(centre: Centre, reader: Caller) -> None:
    for count in range(5, 10):
        await Customer.start(centre)
        position = centre.services.hub.position
        body = (await reader.get(f"/reports/v1/conversations?after_position={position}")).of(200)
        assert len(body["rows"]) == count
        assert body["position"] >= position
    ahead = centre.services.hub.position + 1_000
    details = (await reader.get(f"/reports/v1/bots?after_position={ahead}")).problem(422, "invalid_input")
    assert details.detail.startswith("after_position: the journal has not come as far as")


@ONLY_READS
async def test_a_figure_counts_the_conversations_behind_it(read_centre: Centre) -> None:
    reader = Caller(read_centre, "reads")
    counted = 0
    for name, report in REPORTS.items():
        if report.rows is None or report.drill_down is None or name == "agent-availability":
            continue
        rows = (await reader.get(f"/reports/v1/{name}?interval=total&by=total")).of(200)["rows"]
        for figure in report.drill_down.figures:
            path = f"/reports/v1/{name}/conversations?figure={figure}"
            behind = (await reader.get(path)).of(200)["conversations"]
            assert len(behind) == sum(row[figure] for row in rows), (name, figure)
            counted += len(behind)
            for found in behind:
                assert (await (await Agent.log_in(read_centre, "sue")).get(found["events"])).status == 200
                break
            assert await _in_pages(reader, path) == behind
    assert counted > 5


async def _in_pages(reader: Caller, path: str) -> list[Any]:
    found: list[Any] = []
    cursor: str | None = "0"
    while cursor is not None:
        page = (await reader.get(f"{path}&limit=1&cursor={cursor}")).of(200)
        found += page["conversations"]
        cursor = page["next"]
    return found


async def test_the_dashboard_shows_the_floor_and_the_day(centre: Centre, reader: Caller) -> None:
    body = (await reader.get("/reports/v1/live?zone=Europe/Vienna")).of(200)
    support = {queue["queue"]: queue for queue in body["queues"]}["support"]
    assert (support["waiting"], support["offered"], support["answered"], support["abandoned"]) == (1, 3, 1, 1)
    assert support["oldest_wait"] >= 0
    assert body["conversations"] == {"waiting_for_agent": 1, "with_bot": 1}
    assert {mrd["mrd"]: mrd["logged_in"] for mrd in body["mrds"]}["chat"] == 1
    assert len(body["ongoing"]) == 2
    only = (await reader.get("/reports/v1/live?queue=sales")).of(200)
    assert [queue["queue"] for queue in only["queues"]] == ["sales"]
    assert only["ongoing"] == []


async def test_the_dashboard_of_a_queue_shows_all_of_its_conversations(
    centre: Centre, reader: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.api.reports.dashboard._MAX_ONGOING", 1)
    await Customer.start(centre, channel="web")
    [ongoing] = (await reader.get("/reports/v1/live?queue=support")).of(200)["ongoing"]
    assert ongoing["queue"] == "support"


async def test_the_dashboard_follows_changes_and_ends_with_the_server(centre: Centre, reader: Caller) -> None:
    headers = {"Accept": "text/event-stream", "Authorization": "Bearer reads"}
    async with centre.http.get(f"{centre.url}/reports/v1/live", headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        first = await _dashboard(response)
        await Customer.start(centre)
        while (await _dashboard(response))["conversations"]["waiting_for_agent"] == 1:
            pass
        assert first["conversations"]["waiting_for_agent"] == 1
        centre.services.hub.close()
        async with asyncio.timeout(PATIENCE):
            await response.content.read()


async def _dashboard(response: aiohttp.ClientResponse) -> Any:
    """The next dashboard of the stream."""
    async with asyncio.timeout(PATIENCE):
        while not (line := await response.content.readline()).startswith(b"data: "):
            assert line, "the stream has ended"
    return msgspec.json.decode(line.removeprefix(b"data: "))


async def test_a_silent_stream_sends_comments(centre: Centre, reader: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.api.reports.live._ALIVE_SECONDS", 0.1)
    headers = {"Accept": "text/event-stream", "Authorization": "Bearer reads"}
    async with centre.http.get(f"{centre.url}/reports/v1/live", headers=headers) as response:
        async with asyncio.timeout(PATIENCE):
            while await response.content.readline() != b": alive\n":
                pass


async def test_an_unavailable_database_is_a_problem_until_it_is_back(
    tmp_path: Path, quick_passwords: None, own_postgresql_server: PostgresqlServer
) -> None:
    server = own_postgresql_server
    reporting = {"runner": "thread", "database_url": server.make_database()}
    async with open_centre(tmp_path, api_keys=KEYS, reporting=reporting) as centre:
        reader = Caller(centre, "reads")
        await projected(centre.services)
        await asyncio.to_thread(server.break_down)
        for path in ("", "/bots", "/bots?format=csv", "/live"):
            answer = await reader.get(f"/reports/v1{path}")
            answer.problem(503, "reports_unavailable")
            assert int(answer.headers["Retry-After"]) > 0
            assert b"127.0.0.1" not in answer.content
        await Customer.start(centre)
        await asyncio.to_thread(server.start)
        await _again(lambda: projected(centre.services))
        assert len((await reader.get("/reports/v1/conversations")).of(200)["rows"]) == 1


async def _again(wait: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await wait()
            except DatabaseUnavailableError:
                continue
            return


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@127.0.0.1:9/reports",
        "postgresql+asyncpg://me:secret@db/x",
        "postgresql://me:secret@db:secret/x",
    ],
)
async def test_a_wrong_address_of_the_database_stops_only_the_reports(
    tmp_path: Path, quick_passwords: None, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    reporting = {"runner": "thread", "database_url": url}
    async with open_centre(tmp_path, api_keys=KEYS, reporting=reporting) as centre:
        (await Caller(centre, "reads").get("/reports/v1/bots")).problem(503, "reports_unavailable")
        await Customer.start(centre)
        async with asyncio.timeout(PATIENCE):
            while "projecting waits" not in caplog.text:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
    assert "secret" not in caplog.text


async def test_a_report_that_is_not_built_yet_is_a_problem(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path, api_keys=KEYS) as centre:
        answer = await Caller(centre, "reads").get("/reports/v1/bots")
        answer.problem(503, "not_built")
        assert answer.headers["Retry-After"] == "2"
