"""Health, readiness, the API's description, and the pages."""

import asyncio
import os
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateways.application.guides import Guides
from gateways.application.journal_watch import look_at_journal
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.forwarded import prefix_of
from gateways.http.problems import RUNS_NOTHING
from gateways.services import Services

__all__ = ["operations_routes"]

_FRESH = {"Cache-Control": "no-cache"}
"""A client may keep an answer, but must ask whether it has changed, because it changes with the program."""
_PAGE = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}


_MAX_PREFIXES = 8
_DATA = {RUNS_NOTHING[0].decode(): RUNS_NOTHING[1].decode()}


class _Pages(StaticFiles):
    """The pages and the files that they load. Pages may run no script but the server's own."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(_FRESH)
        if response.media_type == "text/html":
            response.headers.update(_PAGE)
        return response


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

    guides = Guides()
    pages = _Pages(directory=Path(__file__).parent.parent / "pages")

    async def healthz(request: Request) -> Response:
        """Answers that the process is alive."""
        return _json({"status": "ok"})

    async def readyz(request: Request) -> Response:
        """Answers whether commands are served and the tasks in the background work, and which of them do not."""
        await look_at_journal(services)
        impediments = {name: found._asdict() for name, found in services.supervision.impediments.items()}
        tasks = {"tasks": impediments} if impediments else {}
        if not services.engine.running or services.supervision.failing:
            return _json({"status": "not_ready", **tasks}, 503)
        ahead = int(services.clock.ahead().total_seconds())
        ready = {"status": "ready", "position": services.hub.position, "clock_ahead_seconds": ahead}
        return _json({**ready, **tasks})

    async def openapi(request: Request) -> Response:
        headers = _FRESH | _DATA
        return Response(
            await asyncio.to_thread(description, prefix_of(request.scope)),
            headers=headers,
            media_type="application/json",
        )

    async def docs(request: Request) -> Response:
        return await pages.get_response("docs/index.html", request.scope)

    async def listed_guides(request: Request) -> Response:
        listed = [guide._asdict() for guide in await asyncio.to_thread(guides.listed)]
        return Response(msgspec.json.encode(listed), headers=_FRESH | _DATA, media_type="application/json")

    async def guide(request: Request) -> Response:
        page = await asyncio.to_thread(guides.page, request.path_params["path"])
        if page is None:
            raise HTTPException(404)
        return Response(page, headers=_FRESH | _PAGE, media_type="text/html")

    async def inspect(request: Request) -> Response:
        return await pages.get_response("inspect/index.html", request.scope)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/openapi.json", openapi),
        Route("/docs", docs),
        Route("/docs/guides.json", listed_guides),
        Route("/docs/guides/{path:path}", guide),
        Route("/inspect", inspect),
        Mount("/pages", pages),
    ]


def _json(body: object, status: int = 200) -> Response:
    headers = _DATA | {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")
