"""The pages: the API's description, the inspection, the guides, and the files that they load."""

import asyncio
import re
from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.guides import Guides
from gateways.application.page_files import PageFile, PageFiles
from gateways.http.problems import RUNS_NOTHING

__all__ = ["FOR_GOOD", "FRESH", "answer_file", "page_headers", "page_routes"]

FRESH = {"Cache-Control": "no-cache"}
"""A client may keep an answer, but must ask whether it has changed, because it changes with the program."""
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
_PAGES = ("admin", "docs", "floor", "gallery", "inspect", "reports")
_NO_PAGE = {RUNS_NOTHING[0].decode(): RUNS_NOTHING[1].decode()}
_OF_AN_EDITION = re.compile(r"([0-9a-f]{16})/(.+)")


def page_headers(frame_ancestors: str = "'none'", shown_from: str = "'self'") -> dict[str, str]:
    """A page runs no script but the server's own, and none of them makes markup or code of a text. The pages of
    ``frame_ancestors`` may hold it in a frame. Pictures, recordings and films come from the sources ``shown_from``."""
    policy = (
        f"default-src 'self'; img-src {shown_from}; media-src {shown_from}; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frame_ancestors}; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return FRESH | {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}


def page_routes(files: PageFiles) -> list[BaseRoute]:
    guides = Guides()

    async def file(request: Request) -> Response:
        """A file under its edition's address never changes. Under the address of an edition that was, and under none,
        it is the present one: a page that was opened before an update goes on with what there is now."""
        path = request.path_params["path"]
        named = _OF_AN_EDITION.fullmatch(path)
        present = await files.named(named[1] if named else None)
        found = present.files.get(named[2] if named else path)
        if found is None:
            raise HTTPException(404)
        return answer_file(request, found, present.digest, FOR_GOOD if named and named[1] == present.digest else FRESH)

    async def page(request: Request) -> Response:
        present = await files.present()
        return answer_file(
            request, present.pages[request.scope["path"].rpartition("/")[2]], present.digest, page_headers()
        )

    async def listed_guides(request: Request) -> Response:
        listed = [guide._asdict() for guide in await asyncio.to_thread(guides.listed)]
        return Response(msgspec.json.encode(listed), headers=FRESH | _NO_PAGE, media_type="application/json")

    async def guide(request: Request) -> Response:
        picture = await asyncio.to_thread(guides.picture, request.path_params["path"])
        if picture is not None:
            return Response(picture, headers=FRESH | _NO_PAGE, media_type="image/png")
        found = await asyncio.to_thread(guides.page, request.path_params["path"])
        if found is None:
            raise HTTPException(404)
        return Response((await files.present()).addressed(found), headers=page_headers(), media_type="text/html")

    return [
        *(Route(f"/{name}", page) for name in _PAGES),
        Route("/docs/guides.json", listed_guides),
        Route("/docs/guides/{path:path}", guide),
        Route("/pages/{path:path}", file),
    ]


def answer_file(request: Request, file: PageFile, tag: str, headers: Mapping[str, str]) -> Response:
    """The answer for a client that may have the file of this tag already."""
    tag = f'W/"{tag}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding", **headers}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if _takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(file.compressed, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.media_type)
    return Response(file.content, headers=headers, media_type=file.media_type)


def _takes_gzip(accepted: str) -> bool:
    """Whether the header Accept-Encoding (RFC 9110, section 12.5.3) allows gzip by name."""
    for coding in accepted.split(","):
        name, _, weight = coding.replace(" ", "").lower().partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not weight
    return False
