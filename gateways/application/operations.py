"""Health, readiness, the API's description, and the pages."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gateways.http.endpoints import Endpoint, Feed
from gateways.services import Services

__all__ = ["operations_routes"]

_FRESH = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
"""May be kept, but is asked for again: what is served changes with the program."""
_PAGE = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}


class _Pages(StaticFiles):
    """The pages and what they load. Pages run no script but the server's own."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(_FRESH)
        if response.media_type == "text/html":
            response.headers.update(_PAGE)
        return response


def operations_routes(api: Sequence[Endpoint | Feed], services: Services) -> list[BaseRoute]:
    @cache
    def description() -> bytes:
        """Made when somebody asks for it: it takes some 50 ms."""
        from gateways.openapi import describe

        return msgspec.json.encode(describe(api))

    pages = _Pages(directory=Path(__file__).parent.parent / "pages")

    async def healthz(request: Request) -> Response:
        """The process answers."""
        return _json({"status": "ok"})

    async def readyz(request: Request) -> Response:
        """Commands are served."""
        if services.engine.running:
            return _json({"status": "ready", "position": services.hub.position})
        return _json({"status": "not_ready"}, 503)

    async def openapi(request: Request) -> Response:
        return Response(await asyncio.to_thread(description), headers=_FRESH, media_type="application/json")

    async def docs(request: Request) -> Response:
        return await pages.get_response("docs/index.html", request.scope)

    async def inspect(request: Request) -> Response:
        return await pages.get_response("inspect/index.html", request.scope)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/openapi.json", openapi),
        Route("/docs", docs),
        Route("/inspect", inspect),
        Mount("/pages", pages),
    ]


def _json(body: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
