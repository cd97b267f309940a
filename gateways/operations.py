"""Health, readiness, and the API's description."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gateways.http.endpoints import Endpoint, Feed
from gateways.openapi import describe
from gateways.services import Services

__all__ = ["operations_routes"]

_PAGES = Path(__file__).parent / "pages"


def operations_routes(api: Sequence[Endpoint | Feed], services: Services) -> list[BaseRoute]:
    description = msgspec.json.encode(describe(api))

    async def healthz(request: Request) -> Response:
        """The process answers."""
        return _json({"status": "ok"})

    async def readyz(request: Request) -> Response:
        """Commands are served."""
        if services.engine.running:
            return _json({"status": "ready", "position": services.hub.position})
        return _json({"status": "not_ready"}, 503)

    async def openapi(request: Request) -> Response:
        return Response(description, media_type="application/json")

    async def docs(request: Request) -> Response:
        return FileResponse(_PAGES / "docs.html")

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/openapi.json", openapi),
        Route("/docs", docs),
        Mount("/pages", StaticFiles(directory=_PAGES)),
    ]


def _json(body: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
