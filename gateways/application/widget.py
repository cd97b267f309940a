"""The widget for customers on other sites: its loader, and the page in its frame."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.page_files import PageFiles
from gateways.application.pages import FOR_GOOD, answer_file, page_headers
from gateways.services import Services
from schemas.configuration import Channel
from schemas.origins import ANY_ORIGIN

__all__ = ["widget_routes"]

_LOADER = "widget/loader.js"
_EVERGREEN = {"Cache-Control": "public, max-age=300"}
_FOR_ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""A site that isolates itself loads nothing else, and the integrity of a script is checked only if it may be read."""


def widget_routes(services: Services, files: PageFiles) -> list[BaseRoute]:
    async def evergreen(request: Request) -> Response:
        """The loader of today."""
        edition = await asyncio.to_thread(files.edition)
        return answer_file(request, edition.files[_LOADER], edition, _EVERGREEN | _FOR_ANY_SITE)

    async def pinned(request: Request) -> Response:
        """The loader of one edition, whose content never changes. That of another edition is not here any more."""
        edition = await asyncio.to_thread(files.edition)
        if request.path_params["digest"] != edition.digest:
            raise HTTPException(404, f"the loader of this edition is at widget/{edition.digest}/loader.js")
        return answer_file(request, edition.files[_LOADER], edition, FOR_GOOD | _FOR_ANY_SITE)

    async def frame(request: Request) -> Response:
        """The chat, which only the pages of the channel's origins may hold in a frame."""
        name = request.query_params.get("channel", "")
        channel = services.configuration.channels.get(name)
        if channel is None or channel.kind != "web":
            raise HTTPException(404, f"no channel of kind web has the name {name[:64]!r}")
        edition = await asyncio.to_thread(files.edition)
        headers = page_headers(_frame_ancestors(channel)) | {"Cross-Origin-Resource-Policy": "cross-origin"}
        return answer_file(request, edition.pages["widget"], edition, headers)

    return [
        Route("/widget/v1.js", evergreen),
        Route("/widget/{digest}/loader.js", pinned),
        Route("/widget/frame", frame),
    ]


def _frame_ancestors(channel: Channel) -> str:
    """Files and sandboxed frames have no origin that a browser could compare."""
    comparable = [each for each in channel.allowed_origins if each == ANY_ORIGIN or each.startswith("http")]
    return " ".join(["'self'", *comparable])
