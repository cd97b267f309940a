"""The day's figures on dashboards, read once for however many follow."""

import asyncio
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gateways.api.reports.dashboard import DASHBOARD_PROJECTIONS, DayFigures, figures_of_day
from gateways.read_models import read
from gateways.services import Call
from projections.reports import ReportRequest

__all__ = ["figures_for"]

_LAST_SECONDS = 3.0
_MAX_ZONES = 100


class _Read(NamedTuple):
    """Being read, or read; to be used until then, by the event loop's clock."""

    figures: "asyncio.Task[DayFigures]"
    until: float


async def figures_for(call: Call, zone: ZoneInfo) -> DayFigures:
    """Those of the day in the zone, at most some seconds old. Raises what reading raises."""
    remembered, now = call.services.projections.remembered, asyncio.get_running_loop().time()
    known = remembered.get(zone.key)
    if known is None or known.until <= now:
        if len(remembered) >= _MAX_ZONES:
            remembered.clear()
        known = remembered[zone.key] = _Read(asyncio.ensure_future(_read(call, zone)), now + _LAST_SECONDS)
    try:
        return await asyncio.shield(known.figures)
    except Exception:
        remembered.pop(zone.key, None)
        raise


async def _read(call: Call, zone: ZoneInfo) -> DayFigures:
    request = ReportRequest.read({"zone": zone.key, "interval": "total"}, call.services.clock(), "total", ())
    return await read(call.services.projections, DASHBOARD_PROJECTIONS, lambda reader: figures_of_day(reader, request))
