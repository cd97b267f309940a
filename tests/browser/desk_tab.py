"""An agent at the desk: a tab of the browser, and what the agent does in it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Locator, expect

from config.demo import DEMO_PASSWORD
from tests.browser.inspector import DESKTOP, Inspector, open_tab
from tests.gateways.clients import Customer

__all__ = ["DeskTab", "open_desk", "texts"]


class DeskTab(Inspector):
    """The desk of one agent."""

    async def log_in_by_keyboard(self, name: str, password: str = DEMO_PASSWORD) -> None:
        await self.page.goto(f"{self.url}/desk")
        await expect(self.page.get_by_label("Username")).to_be_visible()
        await self.page.get_by_label("Username").focus()
        await self.page.keyboard.type(name)
        await self.press("Tab")
        await self.page.keyboard.type(password)
        await self.press("Enter")
        await expect(self.state).to_be_visible()

    async def come(self, address: str = "") -> None:
        await self.page.goto(f"{self.url}/desk{address}")
        await expect(self.state).to_be_visible()

    async def press(self, *keys: str) -> None:
        for each in keys:
            await self.page.keyboard.press(each)

    async def go_ready(self) -> None:
        await self.press("Alt+r")
        await expect(self.state).to_have_text("Ready")

    async def accept(self) -> None:
        """Accepts the first offer, and waits until its conversation is in front."""
        await expect(self.offers.first).to_be_visible()
        count = await self.conversations.count()
        await self.press("Alt+a")
        await expect(self.conversations).to_have_count(count + 1)
        await expect(self.front).to_be_visible()
        await expect(self.field).to_be_focused()

    async def write(self, words: str) -> None:
        await self.page.keyboard.type(words)
        await self.press("Enter")

    @property
    def state(self) -> Locator:
        return self.page.locator(".state")

    @property
    def offers(self) -> Locator:
        return self.page.locator(".offer")

    @property
    def conversations(self) -> Locator:
        return self.page.locator("li.conversation")

    @property
    def front(self) -> Locator:
        return self.page.locator(".conversation-view:visible")

    @property
    def field(self) -> Locator:
        return self.front.locator(".composer textarea:visible")

    @property
    def log(self) -> Locator:
        return self.front.get_by_role("log")

    @property
    def wrap_up(self) -> Locator:
        return self.front.locator(".wrap-up")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog[open]")

    def said(self, words: str) -> Locator:
        """The entries of the log in front that hold these words and are recorded."""
        return self.log.locator(".entry:not(.pending)").filter(has_text=words)


@asynccontextmanager
async def open_desk(
    browser: Browser, url: str, kept: dict[str, Any] | None = None, **options: Any
) -> AsyncIterator[DeskTab]:
    async with AsyncExitStack() as stack:
        tab = await stack.enter_async_context(open_tab(browser, url, kept, **({"size": DESKTOP} | options)))
        desk = DeskTab(tab.page, url, tab.faults)
        yield desk


async def texts(customer: Customer) -> list[str]:
    """What the customer has seen and written, in order."""
    events = await customer.events()
    return [event["data"]["content"]["text"] for event in events if event["type"] == "MessagePosted"]
