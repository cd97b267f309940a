"""The reports' endpoints."""

from collections.abc import Iterator

from gateways.api.csv_file import DELIMITER
from gateways.api.reports.answering import drill_down_handler, report_handler
from gateways.api.reports.directory import directory
from gateways.api.reports.live import live
from gateways.http.endpoints import Endpoint, QueryParameter
from projections.reports import FILTERS, REPORTS, Report

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
_FILTERS = {
    "agent": "Only these agents, separated by commas.",
    "team": "Only agents who belonged to these teams at the time.",
    "queue": "Only these queues.",
    "mrd": "Only these media routing domains.",
    "channel": "Only conversations of these channels.",
    "bot": "Only these bots.",
    "direction": "Only tasks of these directions.",
}


def _filters(report: Report) -> tuple[QueryParameter, ...]:
    return tuple(QueryParameter(name, _FILTERS[name]) for name in FILTERS if name in report.filters)


def _pages(report: Report) -> tuple[QueryParameter, ...]:
    if report.rows is not None:
        return (QueryParameter("interval", f"15, 30 or 60 minutes, day or total; {report.default_interval} without."),)
    return (
        QueryParameter("limit", "The maximum number of rows in a JSON answer.", "integer"),
        QueryParameter("cursor", "The next of the answer before."),
    )


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
            QueryParameter("format", "json or csv; a CSV file has all rows."),
            DELIMITER,
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
                QueryParameter("figure", f"One of {', '.join(report.drill_down.figures)}.", required=True),
                *_RANGE,
                *_filters(report),
                QueryParameter("limit", "The maximum number of conversations in the answer.", "integer"),
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
        query=(_ZONE, QueryParameter("queue", "Only these queues, separated by commas.")),
        media=("application/json", "text/event-stream"),
        errors=(_UNAVAILABLE, _NOT_BUILT),
    ),
    *(endpoint for report in REPORTS.values() for endpoint in _endpoints(report)),
)
