"""The widget for customers on other sites: its loader, the page in its frame, and the first page, which has it."""

import re
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.page_files import PageFile, PageFiles
from gateways.application.pages import FOR_GOOD, answer_file, page_headers
from gateways.application.widget_loader import LOADER, ChannelLoaders, launcher_settings
from gateways.services import Services
from schemas.configuration import Channel
from schemas.origins import ANY_ORIGIN

__all__ = ["channel_with_widget", "widget_routes"]

_INVITATION = "widget/invitation.js"
_DEMO_CHANNEL = "web"
_ON_HOME_PAGE = re.compile(rb"\s*<script [^>]*widget/v1\.js[^>]*></script>")
_EVERGREEN = {"Cache-Control": "public, max-age=300"}
_IN_ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "credentialless"}
"""A site that isolates itself holds no frame that does not isolate itself too. The frame asks for pictures of other
sites without their cookies."""
_SHOWN_FROM = "'self' blob: https:"
"""Files of the conversation are shown from memory, as they need its token; those of other sites only encrypted."""
_FOR_ANY_SITE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""A site that isolates itself loads nothing else, and the integrity of a script is checked only if it may be read."""


def widget_routes(services: Services, files: PageFiles) -> list[BaseRoute]:
    loaders = ChannelLoaders()

    async def evergreen(request: Request) -> Response:
        """The loader of today, with the settings of the channel that is named."""
        edition, name = await files.present(), request.query_params.get("channel")
        if name is None:
            return answer_file(request, edition.files[LOADER], edition.digest, _EVERGREEN | _FOR_ANY_SITE)
        settings = launcher_settings(name, channel_with_widget(services, name))
        tag = f"{edition.digest}.{sha256(settings).hexdigest()[:16]}"
        return answer_file(request, loaders.filled(edition, settings), tag, _EVERGREEN | _FOR_ANY_SITE)

    async def invitation(request: Request) -> Response:
        """The invitation, for the loader of today."""
        edition = await files.present()
        return answer_file(request, edition.files[_INVITATION], edition.digest, _EVERGREEN | _FOR_ANY_SITE)

    async def pinned(request: Request) -> Response:
        """A script of one edition, whose content never changes. That of another edition is not here any more."""
        edition, script = await files.present(), request.scope["path"].rpartition("/")[2]
        if request.path_params["digest"] != edition.digest:
            raise HTTPException(404, f"the script of this edition is at widget/{edition.digest}/{script}")
        return answer_file(request, edition.files[f"widget/{script}"], edition.digest, FOR_GOOD | _FOR_ANY_SITE)

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
        channel = channel_with_widget(services, name)
        edition = await files.present()
        headers = page_headers(_frame_ancestors(channel), _SHOWN_FROM) | _IN_ANY_SITE
        return answer_file(request, edition.pages["widget"], edition.digest, headers)

    return [
        Route("/", home),
        Route("/widget/v1.js", evergreen),
        Route("/widget/invitation.js", invitation),
        Route("/widget/{digest}/loader.js", pinned),
        Route("/widget/{digest}/invitation.js", pinned),
        Route("/widget/frame", frame),
    ]


def _web_channel(services: Services, name: str) -> Channel | None:
    channel = services.configuration.channels.get(name)
    return channel if channel is not None and channel.kind == "web" else None


def channel_with_widget(services: Services, name: str) -> Channel:
    """Raises HTTPException where there is none."""
    channel = _web_channel(services, name)
    if channel is None:
        raise HTTPException(404, f"no channel of kind web has the name {name[:64]!r}")
    return channel


def _frame_ancestors(channel: Channel) -> str:
    """Files and sandboxed frames have no origin that a browser could compare."""
    comparable = [each for each in channel.allowed_origins if each == ANY_ORIGIN or each.startswith("http")]
    return " ".join(["'self'", *comparable])
