"""The list of reports, and the positions that the projections have reached."""

import asyncio

from gateways.api.call import Call
from gateways.http.answer import Answer
from projections.all import PROJECTIONS
from projections.reports import REPORTS, Report
from projections.runner.status import status_of
from schemas.api.reports import ProjectionState, ReportColumn, ReportDescription, ReportDirectory

__all__ = ["directory"]


async def directory(call: Call) -> Answer[ReportDirectory]:
    states = await asyncio.to_thread(_states, call)
    return Answer(ReportDirectory([_described(report) for report in REPORTS.values()], states))


def _described(report: Report) -> ReportDescription:
    names = report.row.__struct_encode_fields__
    return ReportDescription(
        name=report.name,
        title=report.title,
        description=report.description,
        kind="list" if report.rows is None else "summary",
        path=f"/reports/v1/{report.name}",
        filters=list(report.filters),
        figures=list(report.drill_down.figures) if report.drill_down is not None else [],
        columns=[
            ReportColumn(name, column.description, column.personal)
            for name, column in zip(names, report.columns, strict=True)
        ],
        default_interval=report.default_interval if report.rows is not None else None,
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
