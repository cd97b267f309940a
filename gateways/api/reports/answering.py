"""The handlers of reports: they read off the event loop, mask personal data, and write JSON or CSV."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import ParamSpec, TypeVar

import msgspec
from starlette.responses import Response, StreamingResponse

from gateways.api.call import Call
from gateways.api.csv_file import CSV_TYPE, CsvForm, csv_form
from gateways.api.reports.answers import Page, answer_type, encoded_answer
from gateways.api.reports.csv_rows import report_head, report_lines
from gateways.http.answer import Answer
from gateways.http.endpoints import Handler, declared
from gateways.http.problems import invalid_input
from gateways.identity.personal import sees_personal
from gateways.inspection.masking import masked_rows
from gateways.read_models import read, wait_for_position
from projections.reports import InvalidRequestError, Report, ReportRequest
from projections.reports.comparison import period_before
from projections.reports.report import DrillDown, DrillDownRow, transcript_of
from projections.runner import TableReader
from schemas.api.reports import ConversationOfFigure, ConversationsOfFigure
from schemas.records import conversation_stream

__all__ = ["drill_down_handler", "report_handler"]

_LIMIT = 1_000
_MAX_LIMIT = 10_000
_CSV_PAGE = 5_000

P = ParamSpec("P")
T = TypeVar("T")


def report_handler(report: Report) -> Handler:
    """The handler that answers the report."""
    answer = answer_type(report)

    async def handler(call: Call) -> Answer[msgspec.Struct] | Response:
        request = _request(call, report)
        form, csv = call.query.get("format", "json"), csv_form(call)
        limit, cursor = call.number("limit", _LIMIT, _MAX_LIMIT), call.query.get("cursor")
        await _wait_until_caught_up(call, report)
        personal = sees_personal(call.principal, call.services.configuration)
        if form == "csv":
            return await _as_csv(call, report, request, csv, personal)
        compared = _refused(period_before, request) if "compare" in call.query else None
        found = await _page(call, report, request, cursor, limit, compared)
        return Answer(await asyncio.to_thread(encoded_answer, report, request, compared, found, personal))

    name = report.name.replace("-", "_")
    return declared(handler, name=name, description=report.description, answer=answer)


def drill_down_handler(report: Report, drill_down: DrillDown) -> Handler:
    """The handler that lists the conversations that a figure of the report counts."""

    async def handler(call: Call) -> Answer[ConversationsOfFigure]:
        limit, cursor = call.number("limit", _LIMIT, _MAX_LIMIT), call.number("cursor", 0, 2**62)
        await _wait_until_caught_up(call, report)
        request = _request(call, report)
        figure = call.query["figure"]
        found = await read(
            call.services.projections,
            report.projections,
            lambda reader: report.find_conversations(reader, request, figure, cursor, limit),
        )
        more = len(found) > limit
        conversations = [_conversation(row) for row in found[:limit]]
        following = str(conversations[-1].position) if more else None
        return Answer(ConversationsOfFigure(report.name, figure, conversations, following))

    about = "Lists the conversations whose tasks, turns, sessions or states the figure counts, in the journal's order."
    name = f"{report.name}_behind".replace("-", "_")
    return declared(handler, name=name, description=about, answer=ConversationsOfFigure)


def _conversation(row: DrillDownRow) -> ConversationOfFigure:
    events = f"/inspect/v1/streams/{conversation_stream(row.conversation_id)}"
    return ConversationOfFigure(row.conversation_id, row.position, events, transcript_of(row.conversation_id))


async def _wait_until_caught_up(call: Call, report: Report) -> None:
    """Waits until the report has seen the event at ``after_position``, if the request asks for that."""
    if "after_position" not in call.query:
        return
    position = call.number("after_position", 0, 2**62)
    if position > await asyncio.to_thread(call.services.journal.last_position):
        raise invalid_input("after_position", f"the journal has not come as far as {position}")
    await wait_for_position(call.services.projections, report.projections, position)


def _request(call: Call, report: Report) -> ReportRequest:
    now: datetime = call.services.clock()
    request = _refused(
        ReportRequest.read, call.query, now, report.default_interval, report.filters, by=report.default_by
    )
    if report.rows is not None:
        _refused(lambda: request.intervals)
    return request


def _refused(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of the work. Raises Problem in place of InvalidRequestError."""
    try:
        return work(*args, **kwargs)
    except InvalidRequestError as error:
        raise invalid_input(error.parameter, error.message) from None


async def _page(
    call: Call,
    report: Report,
    request: ReportRequest,
    cursor: str | None,
    limit: int,
    compared: ReportRequest | None = None,
) -> Page:
    def work(reader: TableReader) -> Page:
        rows, following = report.page(reader, request, cursor, limit)
        before = report.page(reader, compared, None, limit)[0] if compared is not None else ()
        return Page(rows, following, reader.position, before)

    try:
        return await read(call.services.projections, report.projections, work)
    except InvalidRequestError as error:
        raise invalid_input(error.parameter, error.message) from None


async def _as_csv(call: Call, report: Report, request: ReportRequest, form: CsvForm, personal: bool) -> Response:
    """Streams all rows, however many: one page is written, then the next one is read. An error before the first page
    still becomes a problem."""
    first = await _page(call, report, request, None, _CSV_PAGE)

    def written(rows: Sequence[msgspec.Struct]) -> bytes:
        return report_lines(rows if personal else masked_rows(rows, report.row), request.zone.key, form)

    async def lines() -> AsyncIterator[bytes]:
        rows, cursor = first.rows, first.next
        yield report_head(report, form)
        yield await asyncio.to_thread(written, rows)
        while cursor is not None:
            rows, cursor, *_ = await _page(call, report, request, cursor, _CSV_PAGE)
            yield await asyncio.to_thread(written, rows)

    disposition = f'attachment; filename="{report.name}.csv"'
    return StreamingResponse(lines(), media_type=CSV_TYPE, headers={"Content-Disposition": disposition})
