"""The page on which administrators try and configure the widget of a channel, and the sample site that it shows."""

import re
from hashlib import sha256
from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateways.application.page_files import PageFile, PageFiles
from gateways.application.pages import answer_file, page_headers
from gateways.application.widget import channel_with_widget
from gateways.services import Services

__all__ = ["widget_preview_routes"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_SCHEMES = ("light", "dark")
_ROOT = '<html lang="en">'
_LOADER = '<script async src="../v1.js"></script>'


def widget_preview_routes(services: Services, files: PageFiles) -> list[BaseRoute]:
    async def preview(request: Request) -> Response:
        edition = await files.present()
        return answer_file(request, edition.pages["widget-preview"], edition.digest, page_headers())

    async def site(request: Request) -> Response:
        """The sample site with the widget of a channel, for a frame of the preview. The ``language`` and the ``scheme``
        are its own; ``at`` only makes its addresses differ, so that no browser shows the widget as it was. Its script
        reads which ``page`` it stands for."""
        name = request.query_params.get("channel", "")
        channel = channel_with_widget(services, name)
        scheme = _one_of(_SCHEMES, request.query_params.get("scheme"))
        system = scheme if channel.widget is None or channel.widget.theme == "system" else None
        edition = await files.present()
        content = (
            edition.pages["sample-site"]
            .content.decode()
            .replace(_ROOT, _root(request.query_params.get("language"), scheme), 1)
            .replace(_LOADER, _loader(name, request.query_params.get("at"), system), 1)
            .encode()
        )
        tag = f"{edition.digest}.{sha256(content).hexdigest()[:16]}"
        return answer_file(request, PageFile.of(content, ".html"), tag, page_headers("'self'"))

    return [Route("/widget/preview", preview), Route("/widget/preview/site", site)]


def _root(language: str | None, scheme: str | None) -> str:
    spoken = language if language is not None and _LANGUAGE.fullmatch(language) else "en"
    attributes = {"lang": spoken, "dir": "rtl" if spoken.lower().split("-")[0] in _RIGHT_TO_LEFT else None}
    return f"<html{_written(attributes | {'class': scheme})}>"


def _loader(channel: str, at: str | None, theme: str | None) -> str:
    """A visitor's system has the colours of the ``theme``; without one, those that it has."""
    number = at if at is not None and at.isdecimal() and at.isascii() else None
    source = f"../v1.js?channel={channel}" + (f"&at={number}" if number else "")
    return f"<script async{_written({'src': source, 'data-theme': theme})}></script>"


def _written(attributes: dict[str, str | None]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)


def _one_of(known: tuple[str, ...], value: str | None) -> str | None:
    return value if value in known else None
