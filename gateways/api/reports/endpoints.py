"""The reports' endpoints."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from gateways.api.csv_file import DELIMITER
from gateways.api.reports.answering import drill_down_handler, report_handler
from gateways.api.reports.directory import directory
from gateways.api.reports.live import live
from gateways.http.endpoints import Endpoint, QueryParameter
from projections.reports import FILTERS, REPORTS, Report
from projections.reports.intervals import IntervalLength
from projections.reports.request import NONE, TOTAL, Filter
from schemas.tasks import Direction

__all__ = ["ENDPOINTS"]

_BASE = "/reports/v1"
_UNAVAILABLE = "reports_unavailable"
_NOT_BUILT = "not_built"
_BEHIND = "report_behind"
_ZONE = QueryParameter("zone", "An IANA time zone, such as Europe/Vienna; UTC without one.")
_RANGE = (
    QueryParameter("from", "The beginning of the range: a date or time in the zone, or an instant. Today without one."),
    QueryParameter("to", "The end of the range, which does not belong to it."),
    _ZONE,
)
_AFTER_POSITION = QueryParameter(
    "after_position", "Wait until the report has seen the event at this position.", "integer"
)
_FILTERS: dict[Filter, QueryParameter] = {
    "agent": QueryParameter("agent", "Only these agents, separated by commas.", names="agents", listed=True),
    "team": QueryParameter("team", "Only agents who belonged to these teams at the time.", names="teams", listed=True),
    "queue": QueryParameter("queue", "Only these queues.", names="queues", listed=True),
    "mrd": QueryParameter("mrd", "Only these media routing domains.", names="mrds", listed=True),
    "channel": QueryParameter("channel", "Only conversations of these channels.", names="channels", listed=True),
    "bot": QueryParameter("bot", "Only these bots.", names="bots", listed=True),
    "direction": QueryParameter(
        "direction", "Only tasks of these directions.", values=get_args(Direction), listed=True
    ),
}
_OF_JSON = ("format", ("", "json"))
_COMPARE = QueryParameter(
    "compare",
    "The answer has the period before, too: as many days of the zone earlier as the range touches, and of a range that "
    "is not over only what corresponds to the part until now.",
    values=("previous",),
    only_with=_OF_JSON,
)


def _filters(report: Report) -> tuple[QueryParameter, ...]:
    declared = (_FILTERS[name] for name in FILTERS if name in report.filters)
    return tuple(_with_none(filter_) if filter_.name in report.optional else filter_ for filter_ in declared)


def _with_none(filter_: QueryParameter) -> QueryParameter:
    return replace(filter_, none=NONE, description=f"{filter_.description} {NONE} stands for having none.")


def _pages(report: Report) -> tuple[QueryParameter, ...]:
    if report.rows is not None:
        description = f"15, 30 or 60 minutes, day or total; {report.default_interval} without."
        return (QueryParameter("interval", description, values=get_args(IntervalLength)), _by(report), _COMPARE)
    return (
        QueryParameter(
            "limit", "The maximum number of rows in a JSON answer.", "integer", minimum=1, only_with=_OF_JSON
        ),
        QueryParameter("cursor", "The next of the answer before.", only_with=_OF_JSON),
    )


def _by(report: Report) -> QueryParameter:
    """The parameter by which a report is asked for larger groups than it has without it, or for others."""
    description = f"A row each, separated by commas; {TOTAL} for all as one. {','.join(report.default_by)} without it."
    return QueryParameter("by", description, values=(*report.dimensions, TOTAL), listed=True)


def _endpoints(report: Report) -> Iterator[Endpoint]:
    yield Endpoint(
        method="GET",
        path=f"{_BASE}/{report.name}",
        handler=report_handler(report),
        summary=report.title,
        access="reporter",
        query=(
            *_RANGE,
            *_pages(report),
            *_filters(report),
            QueryParameter("format", "json or csv; a CSV file has all rows.", values=("json", "csv")),
            replace(DELIMITER, only_with=("format", ("csv",))),
            _AFTER_POSITION,
        ),
        media=("application/json", "text/csv"),
        errors=(_UNAVAILABLE, _NOT_BUILT, _BEHIND),
    )
    if report.drill_down is not None:
        yield Endpoint(
            method="GET",
            path=f"{_BASE}/{report.name}/conversations",
            handler=drill_down_handler(report, report.drill_down),
            summary=f"{report.title}: the conversations behind a figure",
            access="reporter",
            query=(
                QueryParameter("figure", "The figure.", required=True, values=tuple(report.drill_down.figures)),
                *_RANGE,
                *_filters(report),
                QueryParameter("limit", "The maximum number of conversations in the answer.", "integer", minimum=1),
                QueryParameter("cursor", "The next of the answer before.", "integer"),
                _AFTER_POSITION,
            ),
            errors=(_UNAVAILABLE, _NOT_BUILT, _BEHIND),
        )


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        method="GET",
        path=_BASE,
        handler=directory,
        summary="List the reports",
        access="reporter",
        errors=(_UNAVAILABLE,),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/live",
        handler=live,
        summary="The live dashboard",
        access="reporter",
        query=(_ZONE, QueryParameter("queue", "Only these queues, separated by commas.", names="queues", listed=True)),
        media=("application/json", "text/event-stream"),
        errors=(_UNAVAILABLE, _NOT_BUILT),
    ),
    *(endpoint for report in REPORTS.values() for endpoint in _endpoints(report)),
)
