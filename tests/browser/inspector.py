"""A user of the pages: a tab of the browser, and the actions in it."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, ConsoleMessage, Error, Frame, Locator, Page, ViewportSize, expect

from config.demo import DEMO_PASSWORD
from tests.gateways.centre import PATIENCE

__all__ = ["DESKTOP", "PHONE", "Inspector", "Theme", "both_themes", "open_tab", "violations_in"]

Theme = Literal["light", "dark"]

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
_AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

_STORED_AS = "hybridchat.session"
_REFUSED = "Failed to load resource: the server responded with a status of 4"
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_CHECK = """async ([standards, parts]) => {
  const found = await axe.run(parts ? { include: parts } : document, { runOnly: standards });
  const described = ({ html, failureSummary }) => `${html} ${failureSummary}`;
  return found.violations.map(({ id, nodes }) => [id, nodes.map(described)]);
}"""


@dataclass
class Inspector:
    """``faults`` are the scripts' errors, and the console's errors and warnings; there must be none at the end."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    async def log_in(self, name: str, password: str = DEMO_PASSWORD) -> None:
        await self.page.get_by_label("Username").fill(name)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Log in").click()

    async def open(self, address: str = "") -> None:
        """Opens a view by its address, as if the address had been pasted."""
        await self.page.goto(f"{self.url}/inspect{address}")
        await self.loaded()

    async def go(self, address: str) -> None:
        """Opens a view by its address within the page, as a link does."""
        await self.page.evaluate("address => { location.hash = address; }", address)
        await self.loaded()

    async def loaded(self) -> None:
        """Waits until the view has loaded."""
        await expect(self.page.locator("main h1")).to_be_visible()
        await expect(self.page.locator("[aria-busy]")).to_have_count(0)

    def heading(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=words)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def events(self) -> Locator:
        return self.page.locator("li.event")

    @property
    def alert(self) -> Locator:
        return self.page.locator("main").get_by_role("alert")

    async def at(self, address: str | re.Pattern[str]) -> None:
        """Waits until this is the part of the address that names the view."""
        whole = re.compile(re.escape(address) + "$") if isinstance(address, str) else address
        await expect(self.page).to_have_url(whole)

    async def focused(self) -> str:
        """The name of the focused element, in words."""
        words: str = await self.page.evaluate(
            """() => {
              const { activeElement: at } = document;
              return at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? at.tagName;
            }"""
        )
        return " ".join(words.split())

    async def violations(self, parts: Sequence[str] | None = None) -> list[Any]:
        """The violations that axe finds, in the whole page or in these parts."""
        return await violations_in(self.page, parts)

    async def overflows(self) -> bool:
        """True if the page must be scrolled sideways."""
        wide: bool = await self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return wide

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_REFUSED):
            self.faults.append(message.text)

    def note_error(self, error: Error) -> None:
        self.faults.append(str(error))


async def violations_in(page: Page | Frame, parts: Sequence[str] | None = None) -> list[Any]:
    """The violations that axe finds, in a whole page or frame or in these parts of it."""
    if not await page.evaluate("'axe' in self"):
        await page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[Any] = await page.evaluate(_CHECK, [_STANDARDS, parts])
    return found


async def both_themes(page: Page) -> AsyncIterator[Theme]:
    """Shows the page in dark, and then in light."""
    themes: tuple[Theme, ...] = ("dark", "light")
    for theme in themes:
        await page.emulate_media(color_scheme=theme)
        yield theme


@asynccontextmanager
async def open_tab(
    browser: Browser,
    url: str,
    kept: dict[str, Any] | None = None,
    *,
    theme: Theme = "light",
    size: ViewportSize = DESKTOP,
    **options: Any,
) -> AsyncIterator[Inspector]:
    """``kept`` is the session that the tab starts with."""
    async with AsyncExitStack() as stack:
        context = await browser.new_context(
            color_scheme=theme, viewport=size, locale="en-GB", timezone_id="Europe/Vienna", **options
        )
        stack.push_async_callback(context.close)
        await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        if kept is not None:
            session = json.dumps(json.dumps(kept))
            await page.add_init_script(
                f"if (!sessionStorage.getItem('started')) {{ sessionStorage.setItem('{_STORED_AS}', {session});"
                " sessionStorage.setItem('started', 'yes'); }"
            )
        inspector = Inspector(page, url)
        page.on("console", inspector.note)
        page.on("pageerror", inspector.note_error)
        yield inspector
        assert inspector.faults == []
