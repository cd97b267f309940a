"""The list of reports, and the positions that the projections have reached."""

import asyncio
from typing import get_args

from gateways.api.call import Call
from gateways.http.answer import Answer
from projections.all import PROJECTIONS
from projections.reports import REPORTS, Report
from projections.reports.columns import ReportColumn as Column
from projections.reports.intervals import IntervalLength
from projections.runner.status import status_of
from schemas.api.reports import ProjectionState, ReportColumn, ReportDescription, ReportDirectory

__all__ = ["directory"]


async def directory(call: Call) -> Answer[ReportDirectory]:
    states = await asyncio.to_thread(_states, call)
    return Answer(ReportDirectory([_described(report) for report in REPORTS.values()], states))


def _described(report: Report) -> ReportDescription:
    path = f"/reports/v1/{report.name}"
    sums_up = report.rows is not None
    return ReportDescription(
        name=report.name,
        title=report.title,
        description=report.description,
        kind="summary" if sums_up else "list",
        path=path,
        filters=list(report.filters),
        optional=list(report.optional),
        dimensions=list(report.dimensions),
        default_by=list(report.default_by),
        intervals=list(get_args(IntervalLength)) if sums_up else [],
        default_interval=report.default_interval if sums_up else None,
        figures=list(report.drill_down.figures) if report.drill_down is not None else [],
        conversations=f"{path}/conversations" if report.drill_down is not None else None,
        columns=[_column(column) for column in report.columns],
    )


def _column(column: Column) -> ReportColumn:
    return ReportColumn(
        name=column.name,
        kind=column.kind,
        description=column.description,
        personal=column.personal,
        filter=column.filter,
        combines=column.combines,
        part=list(column.part),
        whole=list(column.whole),
        without=list(column.without),
    )


def _states(call: Call) -> list[ProjectionState]:
    services = call.services
    database = services.projections.open()
    return [
        ProjectionState(
            status.name,
            status.description,
            status.generation,
            status.version,
            status.status,
            status.position,
            status.lag_events,
            round(status.lag_seconds, 3),
            status.parked,
        )
        for projection in PROJECTIONS
        for status in status_of(database, services.journal, projection, services.clock())
    ]
