"""The live floor of a supervisor, once as JSON, or as an event stream of the floor and its changes."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from starlette.responses import Response, StreamingResponse

from gateways.api.agent.floor_rows import FloorRows, patch_between
from gateways.api.call import Call
from gateways.conversations.rights import require_leader
from gateways.feeds.delivery import STREAM_HEADERS
from gateways.feeds.lease import leased
from gateways.http.answer import Answer
from gateways.inspection.watching import inspecting_owner
from schemas.api.floor import LiveFloor, LiveFloorPatch

__all__ = ["live_floor"]

_EVERY_SECONDS = 0.5
_ALIVE_SECONDS = 5.0


async def live_floor(call: Call) -> Answer[LiveFloor] | Response:
    """Following the floor begins no shift."""
    require_leader(call.principal)
    rows = FloorRows(call.services, call.principal)
    if b"text/event-stream" not in (call.header(b"accept") or b""):
        return Answer(rows.read())
    return StreamingResponse(_stream(call, rows), headers=STREAM_HEADERS)


async def _stream(call: Call, rows: FloorRows) -> AsyncIterator[bytes]:
    """Sends the whole floor, and from then on what has changed, at most twice a second. A patch without changes shows
    that the floor is the same. The stream ends with the reader's token or session, and when the reader's rights may
    have changed; a client that comes back begins with a whole floor."""
    loop = asyncio.get_running_loop()
    with leased(call.services.hub, inspecting_owner(call.principal), call.principal) as listener:
        newest = rows.read()
        yield _event("floor", newest)
        sent, position = loop.time(), call.services.hub.position
        while not await listener.closes_within(_EVERY_SECONDS):
            is_due = loop.time() - sent >= _ALIVE_SECONDS
            if call.services.hub.position == position and not is_due:
                continue
            position, before = call.services.hub.position, newest
            newest = rows.read()
            patch = patch_between(before, newest)
            if patch is not None or is_due:
                sent = loop.time()
                yield _event("patch", patch or LiveFloorPatch(at=newest.at))


def _event(kind: str, content: LiveFloor | LiveFloorPatch) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), msgspec.json.encode(content))
