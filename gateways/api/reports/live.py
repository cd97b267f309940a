"""The live dashboard, once as JSON, or as an event stream of changed dashboards."""

import asyncio
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import msgspec
from starlette.responses import Response, StreamingResponse

from gateways.api.call import Call
from gateways.api.reports.dashboard import dashboard
from gateways.api.reports.day_figures import figures_for
from gateways.feeds.delivery import STREAM_HEADERS
from gateways.feeds.lease import leased
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.inspection.watching import inspecting_owner
from projections.reports import InvalidRequestError
from projections.reports.request import zone_named
from projections.runner import ProjectionError
from schemas.api.reports import Dashboard

__all__ = ["live"]

_EVERY_SECONDS = 1.0
_ALIVE_SECONDS = 15.0


async def live(call: Call) -> Answer[Dashboard] | Response:
    try:
        zone = zone_named(call.query.get("zone", "UTC"))
    except InvalidRequestError as error:
        raise invalid_input(error.parameter, error.message) from None
    queues = _queues(call)
    first = await _look(call, zone, queues)
    if b"text/event-stream" not in (call.header(b"accept") or b""):
        return Answer(first)
    return StreamingResponse(_stream(call, zone, queues, first), headers=STREAM_HEADERS)


def _queues(call: Call) -> frozenset[str]:
    """The queues that the request names; an empty set stands for all of them."""
    return frozenset(name for name in call.query.get("queue", "").split(",") if name)


async def _look(call: Call, zone: ZoneInfo, queues: frozenset[str]) -> Dashboard:
    return dashboard(call.services, await figures_for(call, zone), zone, queues)


async def _stream(call: Call, zone: ZoneInfo, queues: frozenset[str], newest: Dashboard) -> AsyncIterator[bytes]:
    """Sends a whole dashboard whenever more than the time has changed, and a comment when nothing has changed for long
    or while the database is away. The stream ends with the reader's token or session, and
    when the reader's rights may have changed."""
    loop = asyncio.get_running_loop()
    with leased(call.services.hub, inspecting_owner(call.principal), call.principal) as listener:
        yield _event(newest)
        sent = loop.time()
        while not await listener.closes_within(_EVERY_SECONDS):
            try:
                now = await _look(call, zone, queues)
            except ProjectionError:
                now = newest  # the database is back before long
            if _without_time(now) != _without_time(newest):
                newest, sent = now, loop.time()
                yield _event(newest)
            elif loop.time() - sent >= _ALIVE_SECONDS:
                sent = loop.time()
                yield b": alive\n\n"


def _without_time(dashboard: Dashboard) -> Dashboard:
    """The dashboard without the values that change by themselves."""
    queues = [msgspec.structs.replace(queue, oldest_wait=None) for queue in dashboard.queues]
    return msgspec.structs.replace(dashboard, at="", position=0, queues=queues)


def _event(dashboard: Dashboard) -> bytes:
    return b"event: dashboard\ndata: %s\n\n" % msgspec.json.encode(dashboard)
