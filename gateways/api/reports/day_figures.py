"""The day's figures on dashboards, which are read once for all dashboards of a time zone."""

import asyncio
from zoneinfo import ZoneInfo

from gateways.api.call import Call
from gateways.api.reports.dashboard import DASHBOARD_PROJECTIONS, DayFigures, figures_of_day
from gateways.read_models import read
from projections.reports import ReportRequest

__all__ = ["figures_for"]


async def figures_for(call: Call, zone: ZoneInfo) -> DayFigures:
    """The figures of the current day in the zone, at most some seconds old. Raises what ``read`` raises."""
    remembered = call.services.projections.remembered
    reading: asyncio.Task[DayFigures] | None = remembered.get(zone.key)
    if reading is None:
        reading = remembered[zone.key] = asyncio.create_task(_read(call, zone))
    try:
        return await asyncio.shield(reading)
    except Exception:
        remembered.pop(zone.key, None)
        raise


async def _read(call: Call, zone: ZoneInfo) -> DayFigures:
    request = ReportRequest.read({"zone": zone.key, "interval": "total"}, call.services.clock(), "total", ())
    return await read(call.services.projections, DASHBOARD_PROJECTIONS, lambda reader: figures_of_day(reader, request))
