"""Websites with a chat on them: with ours, with Chatwoot's, and without any."""

import gzip
import json
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from aiohttp import web

__all__ = ["chatwoot_script", "serve_chatwoot", "serve_site", "widget_script"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Routes = Sequence[tuple[str, str, str | Handler]]

_SITE = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"></head>
  <body><h1>Shop</h1>{script}</body>
</html>"""
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Encoding": "gzip"}
_COMPRESSED = (".js", ".css", ".json", ".svg")


class _Entry(msgspec.Struct):
    """An entry of the list of files that Chatwoot's build writes."""

    file: str
    css: list[str] = []
    imports: list[str] = []


def widget_script(chat: str) -> str:
    return f'<script async src="{chat}/widget/v1.js" data-channel="web-direct"></script>'


def chatwoot_script(chat: str) -> str:
    """What Chatwoot has its customers put on their pages: the script, and a call when it has come."""
    run = f"chatwootSDK.run({{ websiteToken: 'shop', baseUrl: '{chat}' }})"
    return f'<script async src="{chat}/packs/js/sdk.js" onload="{run}"></script>'


@asynccontextmanager
async def serve_site(script: str) -> AsyncIterator[str]:
    """Serves a page with the script as ``localhost``, which is another site than ``127.0.0.1``."""
    async with _served("localhost", [("GET", "/", _SITE.format(script=script))]) as address:
        yield f"{address}/"


@asynccontextmanager
async def serve_chatwoot(public: Path) -> AsyncIterator[str]:
    """Serves the folder ``public`` of a Chatwoot, compressed and to be kept, with the page of its widget and the
    answers of an inbox in which nothing has been said. Nobody answers there."""
    entries = msgspec.json.decode((public / "vite/.vite/manifest.json").read_bytes(), type=dict[str, _Entry])
    compressed = _compressed(public)
    inbox = {"messages": {"payload": [], "meta": {}}, "inbox_members": {"payload": []}, "campaigns": []}

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(inbox.get(request.match_info["what"], {}))

    async def file(request: web.Request) -> web.Response:
        path = public / request.match_info["path"]
        if not path.is_file():
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix not in _COMPRESSED:
            return web.Response(body=path.read_bytes(), content_type=kind)
        return web.Response(body=compressed[path], content_type=kind, headers=_FOR_EVER)

    page = _page_of_widget(entries)
    routes: Routes = [("GET", "/widget", page), ("*", "/api/v1/widget/{what}", answer), ("GET", "/{path:.*}", file)]
    async with _served("127.0.0.1", routes) as address:
        yield address


def _compressed(public: Path) -> dict[Path, bytes]:
    return {path: gzip.compress(path.read_bytes(), 9) for path in public.rglob("*") if path.suffix in _COMPRESSED}


def _page_of_widget(entries: dict[str, _Entry]) -> str:
    """The page that Chatwoot's server makes for its frame, of an inbox that asks for nothing first."""
    inbox: dict[str, object] = {
        "avatarUrl": "",
        "hasAConnectedAgentBot": "",
        "locale": "en",
        "websiteName": "Shop",
        "websiteToken": "shop",
        "welcomeTagline": "",
        "welcomeTitle": "",
        "widgetColor": "#0b5cad",
        "portal": None,
        "enabledFeatures": ["attachments", "emoji_picker", "end_conversation"],
        "enabledLanguages": [{"name": "English", "iso_639_1_code": "en"}],
        "replyTime": "in_a_few_minutes",
        "preChatFormEnabled": False,
        "preChatFormOptions": {},
        "workingHoursEnabled": False,
        "csatSurveyEnabled": False,
        "workingHours": [],
        "outOfOfficeMessage": "",
        "utcOffset": "+00:00",
        "timezone": "UTC",
        "allowMessagesAfterResolved": True,
        "disableBranding": True,
    }
    settings = {"chatwootWebChannel": inbox, "chatwootPubsubToken": "", "authToken": "shop", "globalConfig": {}}
    return f"""<!doctype html>
<html>
  <head>
    <title>Chat</title>
    <script>Object.assign(window, {json.dumps(settings)})</script>
    {"".join(_tags_of(entries, "entrypoints/widget.js"))}
  </head>
  <body><div id="app" class="h-full"></div></body>
</html>"""


def _tags_of(entries: dict[str, _Entry], name: str) -> Iterator[str]:
    """The entry, what it imports and the styles of all, as a page names them: each file once."""
    waiting, known = [name], {name}
    yield f'<script type="module" crossorigin src="/vite/{entries[name].file}"></script>'
    styles: dict[str, None] = {}
    while waiting:
        entry = entries[waiting.pop()]
        styles |= dict.fromkeys(entry.css)
        for imported in entry.imports:
            if imported not in known:
                known.add(imported)
                waiting.append(imported)
                yield f'<link rel="modulepreload" crossorigin href="/vite/{entries[imported].file}">'
    for style in styles:
        yield f'<link rel="stylesheet" crossorigin href="/vite/{style}">'


@asynccontextmanager
async def _served(host: str, routes: Routes) -> AsyncIterator[str]:
    """Serves at each path the page that is given, or what the handler answers."""
    application = web.Application()
    for method, path, answer in routes:
        application.router.add_route(method, path, _shows(answer) if isinstance(answer, str) else answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _shows(page: str) -> Handler:
    async def show(request: web.Request) -> web.Response:
        response = web.Response(text=page, content_type="text/html")
        response.enable_compression()
        return response

    return show
