"""Health, readiness and the API's description."""

import asyncio
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.deliveries_watch import look_at_deliveries
from gateways.application.journal_watch import look_at_journal
from gateways.application.pages import FRESH
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.forwarded import prefix_of
from gateways.http.problems import RUNS_NOTHING
from gateways.services import Services

__all__ = ["operations_routes"]

_MAX_PREFIXES = 8
_DATA = {RUNS_NOTHING[0].decode(): RUNS_NOTHING[1].decode()}


def operations_routes(api: Sequence[Endpoint | Feed], services: Services) -> list[BaseRoute]:
    @cache
    def described() -> dict[str, object]:
        """The API's description. It is made at the first request, because that takes some 50 ms."""
        from gateways.openapi import describe  # a start need not wait for it

        return describe(api)

    @lru_cache(_MAX_PREFIXES)
    def description(prefix: str) -> bytes:
        """Where no proxy tells its prefix, the servers' address is relative to that of the description."""
        servers = [{"url": prefix, "description": "This server"}] if prefix else described()["servers"]
        return msgspec.json.encode({**described(), "servers": servers})

    async def healthz(request: Request) -> Response:
        """Answers that the process is alive."""
        return _json({"status": "ok"})

    async def readyz(request: Request) -> Response:
        """Answers whether commands are served and the tasks in the background work, and which of them do not."""
        await look_at_journal(services)
        await look_at_deliveries(services)
        impediments = {name: found._asdict() for name, found in services.supervision.impediments.items()}
        tasks = {"tasks": impediments} if impediments else {}
        if not services.engine.running or services.supervision.failing:
            return _json({"status": "not_ready", **tasks}, 503)
        ahead = int(services.clock.ahead().total_seconds())
        ready = {"status": "ready", "position": services.hub.position, "clock_ahead_seconds": ahead}
        return _json({**ready, **tasks})

    async def openapi(request: Request) -> Response:
        headers = FRESH | _DATA
        return Response(
            await asyncio.to_thread(description, prefix_of(request.scope)),
            headers=headers,
            media_type="application/json",
        )

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/openapi.json", openapi),
    ]


def _json(body: object, status: int = 200) -> Response:
    headers = _DATA | {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")
