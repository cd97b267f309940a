"""Websites of others, which have the widget on their pages, and their visitors."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)

from tests.browser.inspector import DESKTOP
from tests.gateways.centre import PATIENCE

__all__ = ["HostSite", "Visiting", "Visitor", "open_host_site", "open_visitor", "widget_script"]

_PAGE = """<!doctype html>
<html lang="{language}"{direction}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Shop</title>
    {head}
  </head>
  <body>
    <h1>Shop</h1>
    <p><label>Search <input></label></p>
    {script}
  </body>
</html>
"""


@dataclass
class HostSite:
    """``address`` is that of a page. It may be changed before a visitor comes. ``pages`` are other pages, by path."""

    address: str
    chat: str
    headers: dict[str, str] = field(default_factory=dict)
    head: str = ""
    script: str = ""
    language: str = "en"
    direction: str = ""
    pages: dict[str, str] = field(default_factory=dict)

    def strict(self) -> None:
        """Allows what docs/widget.md says that a strict site needs, and nothing else."""
        policy = f"default-src 'self'; script-src {self.chat}; frame-src {self.chat}"
        self.headers["Content-Security-Policy"] = f"{policy}; require-trusted-types-for 'script'; trusted-types 'none'"

    def page(self) -> str:
        return _PAGE.format(
            head=self.head,
            language=self.language,
            direction=self.direction and f' dir="{self.direction}"',
            script=self.script or widget_script(self.chat),
        )


def widget_script(chat: str, **data: str) -> str:
    attributes = "".join(f' data-{name}="{value}"' for name, value in {"channel": "web-direct", **data}.items())
    return f'<script async src="{chat}/widget/v1.js"{attributes}></script>'


@asynccontextmanager
async def open_host_site(chat: str) -> AsyncIterator[HostSite]:
    """Serves the site as ``localhost``, which for a browser is another site than the chat's ``127.0.0.1``."""

    async def page(request: web.Request) -> web.Response:
        text = site.pages.get(request.path) or site.page()
        return web.Response(text=text, content_type="text/html", headers=site.headers)

    application = web.Application()
    application.router.add_get("/{path:.*}", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "localhost", 0).start()
        site = HostSite(f"http://localhost:{runner.addresses[0][1]}/", chat)
        yield site
    finally:
        await runner.cleanup()


@dataclass
class Visitor:
    """A visitor of a site. ``asked`` holds the addresses that were asked of the chat's server, ``faults`` the errors
    and warnings of the console: there must be none at the end."""

    page: Page
    site: HostSite
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name="Chat")

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    @property
    def field(self) -> Locator:
        return self.chat.get_by_role("textbox")

    @property
    def sending(self) -> Locator:
        """What says of a message that it is not sent yet."""
        return self.log.get_by_text("Sending…")

    @property
    def answers(self) -> Locator:
        """The messages of bots and agents."""
        return self.log.locator(".of-bot, .of-agent")

    async def bubbles(self) -> list[str]:
        """The words of the messages in the log, in the order in which they are read."""
        return await self.log.locator(".bubble").all_text_contents()

    async def come(self) -> None:
        await self.page.goto(self.site.address)

    async def in_another_tab(self) -> "Visitor":
        """The same visitor in another tab, where the chat is open too."""
        other = await _in_new_tab(self.page.context, self.site)
        other.faults = self.faults
        await other.come()
        await other.open()
        return other

    async def open(self) -> None:
        await self.launcher.click()
        await self.field.wait_for()

    async def write(self, words: str) -> None:
        await self.field.fill(words)
        await self.field.press("Enter")

    async def debugging(self) -> CDPSession:
        """The browser's own protocol for the frame, or for the whole page where the frame has no process of its own."""
        try:
            return await self.page.context.new_cdp_session(self.page.frames[1])
        except Error:
            return await self.page.context.new_cdp_session(self.page)

    async def end_the_conversation(self) -> None:
        await self.chat.get_by_role("button", name="End the conversation").click()
        await self.chat.get_by_role("button", name="Press again to end").click()
        await expect(self.log).to_contain_text("The conversation has ended.")

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def note_request(self, request: Request) -> None:
        if request.url.startswith(self.site.chat):
            self.asked.append(request.url.removeprefix(self.site.chat))


Visiting = Callable[..., Awaitable[Visitor]]


_REFUSING = """if (self !== top) {
  const refuse = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
  const names = ["localStorage", "sessionStorage", "indexedDB"];
  for (const name of names) Object.defineProperty(self, name, { get: refuse });
  navigator.locks.request = async () => refuse();
}"""
"""What frames of other sites meet where a browser blocks cookies of third parties and has no partitions."""


@asynccontextmanager
async def open_visitor(
    browser: Browser, site: HostSite, *, keeping: bool = True, **options: Any
) -> AsyncIterator[Visitor]:
    """With ``keeping`` false, the visitor's browser refuses frames of other sites to keep anything."""
    chosen: Mapping[str, Any] = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/Vienna", **options}
    async with AsyncExitStack() as stack:
        context = await browser.new_context(**chosen)
        stack.push_async_callback(context.close)
        if not keeping:
            await context.add_init_script(_REFUSING)
        visitor = await _in_new_tab(context, site)
        yield visitor
        assert not visitor.faults, visitor.faults


async def _in_new_tab(context: BrowserContext, site: HostSite) -> Visitor:
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    visitor = Visitor(page, site)
    page.on("console", visitor.note)
    page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    page.on("request", visitor.note_request)
    return visitor
