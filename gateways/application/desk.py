"""The agent desktop, which other sites may hold in a frame where the settings say so."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from config import DeskSettings
from gateways.application.page_files import PageFiles
from gateways.application.pages import answer_file, page_headers
from gateways.services import Services
from schemas.origins import normal_origin

__all__ = ["desk_headers", "desk_routes"]

_SHOWN_FROM = "'self' blob: https:"
"""Files of conversations are shown from memory, as they need the agent's token; those of other sites only encrypted."""


def desk_routes(services: Services, files: PageFiles) -> list[BaseRoute]:
    async def desk(request: Request) -> Response:
        edition = await files.present()
        headers = desk_headers(services.settings.desk, request.query_params.get("embed"))
        return answer_file(request, edition.pages["desk"], edition.digest, headers)

    return [Route("/desk", desk)]


def desk_headers(desk: DeskSettings, embed: str | None) -> dict[str, str]:
    """The headers of ``/desk`` for a request whose query has ``embed``, or does not. Without it no page may hold the
    desktop in a frame; with it, the pages of the configured origins may."""
    return page_headers(_frame_ancestors(desk) if embed else "'none'", _SHOWN_FROM)


def _frame_ancestors(desk: DeskSettings) -> str:
    return " ".join(dict.fromkeys(normal_origin(origin) for origin in desk.embed_origins)) or "'none'"
