"""The widget for customers on other sites: its loader, the page in its frame, and the first page, which has it."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.page_files import PageFile, PageFiles
from gateways.application.pages import FOR_GOOD, answer_file, page_headers
from gateways.services import Services
from schemas.configuration import Channel
from schemas.origins import ANY_ORIGIN

__all__ = ["widget_routes"]

_LOADER = "widget/loader.js"
_DEMO_CHANNEL = "web"
_ON_HOME_PAGE = re.compile(rb"\s*<script [^>]*widget/v1\.js[^>]*></script>")
_EVERGREEN = {"Cache-Control": "public, max-age=300"}
_IN_ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
"""A site that isolates itself holds no frame that does not isolate itself too."""
_FOR_ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""A site that isolates itself loads nothing else, and the integrity of a script is checked only if it may be read."""


def widget_routes(services: Services, files: PageFiles) -> list[BaseRoute]:
    async def evergreen(request: Request) -> Response:
        """The loader of today."""
        edition = await files.present()
        return answer_file(request, edition.files[_LOADER], edition.digest, _EVERGREEN | _FOR_ANY_SITE)

    async def pinned(request: Request) -> Response:
        """The loader of one edition, whose content never changes. That of another edition is not here any more."""
        edition = await files.present()
        if request.path_params["digest"] != edition.digest:
            raise HTTPException(404, f"the loader of this edition is at widget/{edition.digest}/loader.js")
        return answer_file(request, edition.files[_LOADER], edition.digest, FOR_GOOD | _FOR_ANY_SITE)

    async def home(request: Request) -> Response:
        """What is here and where to go, with the chat on it if the channel is there."""
        edition = await files.present()
        page = edition.pages["home"]
        if _web_channel(services, _DEMO_CHANNEL) is not None:
            return answer_file(request, page, f"{edition.digest}.chat", page_headers())
        bare = PageFile.of(_ON_HOME_PAGE.sub(b"", page.content), ".html")
        return answer_file(request, bare, edition.digest, page_headers())

    async def frame(request: Request) -> Response:
        """The chat, which only the pages of the channel's origins may hold in a frame."""
        name = request.query_params.get("channel", "")
        channel = _web_channel(services, name)
        if channel is None:
            raise HTTPException(404, f"no channel of kind web has the name {name[:64]!r}")
        edition = await files.present()
        headers = page_headers(_frame_ancestors(channel)) | _IN_ANY_SITE
        return answer_file(request, edition.pages["widget"], edition.digest, headers)

    return [
        Route("/", home),
        Route("/widget/v1.js", evergreen),
        Route("/widget/{digest}/loader.js", pinned),
        Route("/widget/frame", frame),
    ]


def _web_channel(services: Services, name: str) -> Channel | None:
    channel = services.configuration.channels.get(name)
    return channel if channel is not None and channel.kind == "web" else None


def _frame_ancestors(channel: Channel) -> str:
    """Files and sandboxed frames have no origin that a browser could compare."""
    comparable = [each for each in channel.allowed_origins if each == ANY_ORIGIN or each.startswith("http")]
    return " ".join(["'self'", *comparable])
