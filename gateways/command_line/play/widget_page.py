"""A page with many widgets, in a browser without a window."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import msgspec
from aiohttp import web
from playwright.async_api import ElementHandle, Error, Frame, Locator, Page, Response, ViewportSize
from playwright.async_api import TimeoutError as TimedOutError
from yarl import URL

from gateways.command_line.play.browser import open_browser
from gateways.command_line.play.exceptions import BrokenOffError, PlayError
from gateways.command_line.play.ledger import Sighting
from schemas.api.customer import StartedConversation

__all__ = ["open_widgets"]

_CHAT = "chat.localhost"
"""The browser finds the server under names below this one. Each widget has a name of its own, so that it keeps what it
keeps apart from the others, and has connections of its own: to one name, a browser has six at most."""
_OPENED_AT_ONCE = 10
_OPENING_MILLISECONDS = 60_000
_COLUMNS, _WIDTH, _HEIGHT = 10, 240, 220
_PAGE = '<!doctype html><html lang="en"><title>Widgets</title><body style="margin: 0; display: flex; flex-wrap: wrap">'
_ADD_FRAME = """(address) => {
  const frame = Object.assign(document.createElement("iframe"), { src: address, title: "Chat" });
  Object.assign(frame.style, { width: "240px", height: "220px", border: 0 });
  document.body.append(frame);
  return frame;
}"""
_DESCRIBE = (
    "(frame, dialogue) => frame.contentWindow.postMessage({ hc: 1, type: 'set', attributes: { dialogue } }, '*')"
)
_WATCH = """() => {
  const senderOf = (row) => [...row.classList].find((name) => name.startsWith("of-")).slice("of-".length);
  const known = (row) => [row.dataset.id, Number(row.dataset.version) || null, senderOf(row)];
  const read = () => {
    const rows = [...document.querySelectorAll("[role=log] .row")];
    const bubbles = rows.map((row) => row.querySelector(".bubble")).filter((bubble) => bubble);
    hybridchatReport(
      bubbles.map((bubble) => [...known(bubble.closest(".row")), bubble.textContent]),
      rows.some((row) => row.dataset.id.startsWith("ended-")),
    );
  };
  new MutationObserver(read).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


class _Widget:
    """A widget in its frame. Whatever types shares the page's one keyboard."""

    def __init__(self, element: ElementHandle, frame: Frame, keyboard: asyncio.Lock) -> None:
        self.frame = frame
        self.on_begun: Callable[[StartedConversation], None] = lambda started: None
        self.on_shown: Callable[[Sequence[Sighting], bool], None] = lambda log, ended: None
        self._element = element
        self._keyboard = keyboard

    @property
    def composer(self) -> Locator:
        return self.frame.get_by_role("textbox")

    async def describe(self, dialogue_id: str) -> None:
        await self._element.evaluate(_DESCRIBE, dialogue_id)

    async def write(self, text: str, writing: Callable[[], None]) -> None:
        try:
            async with self._keyboard:
                writing()
                await self.composer.fill(text)
                await self.composer.press("Enter")
        except Error as error:
            raise BrokenOffError(f"a widget takes no message: {error.message}") from error


@asynccontextmanager
async def open_widgets(frame: URL, count: int) -> AsyncIterator[list[_Widget]]:
    """Opens the frame so many times on one page. Raises PlayError when that is not possible."""
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(_serve_page())
        try:
            browser = await stack.enter_async_context(open_browser(_names_lead_to(frame.host or "")))
            page = await browser.new_page(viewport=_viewport(count))
            widgets = await _fill(page, site, [_under_own_name(frame, number) for number in range(1, count + 1)])
        except Error as error:
            raise PlayError(f"the widgets do not open: {error.message}") from error
        yield widgets


@asynccontextmanager
async def _serve_page() -> AsyncIterator[str]:
    """Serves the page around the widgets, which is of another site than they are."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=_PAGE, content_type="text/html")

    application = web.Application()
    application.router.add_get("/", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def _fill(page: Page, site: str, addresses: Sequence[str]) -> list[_Widget]:
    """Puts the widgets on the page, a few at a time: a browser refuses requests when there are thousands at once."""
    widgets: dict[Frame, _Widget] = {}
    keyboard = asyncio.Lock()

    def report(source: dict[str, Any], log: Sequence[Sequence[Any]], ended: bool) -> None:
        widgets[source["frame"]].on_shown([Sighting(*each) for each in log], ended)

    async def responded(response: Response) -> None:
        if response.request.method != "POST" or not response.url.endswith("/customer/v1/conversations"):
            return
        with suppress(Error, msgspec.MsgspecError):  # the page was closed, or the widget was refused
            started = msgspec.json.decode(await response.body(), type=StartedConversation)
            widgets[response.frame].on_begun(started)

    await page.expose_binding("hybridchatReport", report)
    page.on("response", responded)
    await page.goto(site)
    for begin in range(0, len(addresses), _OPENED_AT_ONCE):
        opened = [await _add(page, each, keyboard) for each in addresses[begin : begin + _OPENED_AT_ONCE]]
        widgets |= {widget.frame: widget for widget in opened}
        await asyncio.gather(*(_watch(widget) for widget in opened))
    return list(widgets.values())


async def _add(page: Page, address: str, keyboard: asyncio.Lock) -> _Widget:
    element = (await page.evaluate_handle(_ADD_FRAME, address)).as_element()
    frame = await element.content_frame() if element is not None else None
    if element is None or frame is None:
        raise PlayError("the page holds no widget")
    return _Widget(element, frame, keyboard)


async def _watch(widget: _Widget) -> None:
    try:
        await widget.composer.wait_for(timeout=_OPENING_MILLISECONDS)
    except TimedOutError as error:
        hint = "the channel must allow every site in allowed_origins, and ask nothing before the chat"
        raise PlayError(f"no composer comes in a widget; {hint}") from error
    await widget.frame.evaluate(_WATCH)


def _names_lead_to(server_host: str) -> str:
    host = f"[{server_host}]" if ":" in server_host else server_host
    return f"--host-resolver-rules=MAP *.{_CHAT} {host}"


def _under_own_name(frame: URL, number: int) -> str:
    return str(frame.with_host(f"widget-{number}.{_CHAT}"))


def _viewport(count: int) -> ViewportSize:
    """The size at which all widgets are seen: a browser spends less on frames that are not."""
    rows = -(-count // _COLUMNS)
    return {"width": min(count, _COLUMNS) * _WIDTH, "height": rows * _HEIGHT}
