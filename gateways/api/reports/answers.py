"""The answers of reports in JSON: rows, intervals and the period before."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from gateways.inspection.masking import masked_rows
from projections.reports import Report, ReportRequest
from projections.reports.comparison import counterparts, days_between
from projections.reports.timestamps import local_time
from schemas.api.reports import ReportInterval

__all__ = ["Page", "answer_type", "encoded_answer"]

Rows = Sequence[msgspec.Struct]
Fields = list[tuple[str, Any]]

_PERIOD: Fields = [("from_", str), ("to", str), ("as_of", str)]


class Page(NamedTuple):
    """``before`` are the rows of the period before, if it was asked for."""

    rows: Rows
    next: str | None
    position: int
    before: Rows


@lru_cache
def answer_type(report: Report) -> type[msgspec.Struct]:
    """The type of one report's answer, with its own rows."""
    rows = ("rows", list[report.row])  # type: ignore[name-defined] # each report has its own rows
    fields: Fields = [
        ("report", str),
        ("zone", str),
        ("interval", str),
        ("by", list[str]),
        *_PERIOD,
        ("position", int),
        ("masked", bool),
        rows,
        ("next", str | None),
    ]
    if report.rows is not None:
        fields += [("intervals", list[ReportInterval]), ("previous", _previous_type(report) | None)]
    return _struct(f"{report.row.__name__}Report", fields)


@lru_cache
def _previous_type(report: Report) -> type[msgspec.Struct]:
    """The type of the period before in an answer. It lies ``days`` earlier."""
    rows = ("rows", list[report.row])  # type: ignore[name-defined] # each report has its own rows
    fields: Fields = [*_PERIOD, ("days", int), ("intervals", list[ReportInterval]), rows]
    return _struct(f"{report.row.__name__}Previous", fields)


def _struct(name: str, fields: Fields) -> type[msgspec.Struct]:
    return msgspec.defstruct(name, fields, rename={"from_": "from"}, kw_only=True, module=__name__)


def encoded_answer(
    report: Report,
    request: ReportRequest,
    compared: ReportRequest | None,
    found: Page,
    personal: bool,
) -> bytes:
    """The answer as JSON; rows are masked unless the caller sees what is ``personal``."""
    body = answer_type(report)(
        **_range_fields(request),
        report=report.name,
        position=found.position,
        masked=not personal,
        rows=found.rows if personal else masked_rows(found.rows, report.row),
        next=found.next,
        **({} if report.rows is None else _summary_fields(report, request, compared, found.before)),
    )
    return msgspec.json.encode(body)


def _range_fields(request: ReportRequest) -> dict[str, Any]:
    return {
        "zone": request.zone.key,
        "interval": request.interval,
        "by": list(request.by),
        **_period_fields(request),
    }


def _period_fields(request: ReportRequest) -> dict[str, Any]:
    return {
        "from_": local_time(request.start, request.zone),
        "to": local_time(request.end, request.zone),
        "as_of": local_time(request.as_of, request.zone),
    }


def _summary_fields(
    report: Report, request: ReportRequest, compared: ReportRequest | None, rows: Rows
) -> dict[str, Any]:
    """What the answer of a report that sums up has besides. The rows of such a report hold nothing personal."""
    if compared is None:
        return {"intervals": _intervals(request, {}), "previous": None}
    previous = _previous_type(report)(
        **_period_fields(compared), days=days_between(request), intervals=_intervals(compared, {}), rows=rows
    )
    return {"intervals": _intervals(request, counterparts(request, compared)), "previous": previous}


def _intervals(request: ReportRequest, before: Mapping[str, str]) -> list[ReportInterval]:
    return [
        ReportInterval(
            interval=label,
            from_=local_time(start, request.zone),
            to=local_time(end, request.zone),
            before=before.get(label),
        )
        for start, end, label in request.intervals
    ]
