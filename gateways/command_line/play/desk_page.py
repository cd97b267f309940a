"""The desks of several agents, each in a tab of its own, in a browser without a window."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Error, Locator, Page, ViewportSize
from playwright.async_api import TimeoutError as TimedOutError
from yarl import URL

from gateways.client.agent_session import Credentials
from gateways.command_line.play.browser import open_browser
from gateways.command_line.play.exceptions import BrokenOffError, PlayError
from gateways.command_line.play.ledger import Sighting

__all__ = ["open_desks"]

_SIZE = ViewportSize(width=1280, height=800)
_OPENING_MILLISECONDS = 60_000
_ACTING_MILLISECONDS = 30_000
_OFFER_MILLISECONDS = 10_000
_WATCH = """() => {
  const senderOf = ({ classList }) => (classList.contains("own") ? "agent" : classList[2]);
  const known = (row) => [row.dataset.id, Number(row.dataset.version) || null, senderOf(row)];
  const wordsOf = (row) => row.querySelector(".bubble").textContent;
  const reported = new Map();
  const read = (view) => {
    const rows = [...view.querySelectorAll("[role=log] .entry")];
    const messages = rows.filter(({ classList }) => classList.contains("message") || classList.contains("pending"));
    const log = messages.map((row) => [...known(row), wordsOf(row)]);
    const ended = rows.some(({ dataset }) => dataset.id.startsWith("ConversationEnded-"));
    const report = JSON.stringify([log, ended]);
    if (reported.get(view.dataset.id) === report) return;
    reported.set(view.dataset.id, report);
    hybridchatReport(view.dataset.id, log, ended);
  };
  const readAll = () => document.querySelectorAll(".conversation-view").forEach(read);
  new MutationObserver(readAll).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


class _Desk:
    """The desk of one agent. All that the agent does is done one after the other, as with one pair of hands."""

    def __init__(self, page: Page, address: str) -> None:
        self.on_shown: Callable[[str, Sequence[Sighting], bool], None] = lambda conversation_id, log, ended: None
        self._page = page
        self._address = address
        self._hands = asyncio.Lock()

    async def log_in(self, credentials: Credentials) -> None:
        try:
            await self._page.expose_binding("hybridchatReport", self._report)
            await self._page.goto(self._address)
            await self._page.get_by_label("Username").fill(credentials.username)
            await self._page.get_by_label("Password").fill(credentials.password)
            await self._button("Log in").click()
            await self._page.locator(".state").wait_for(timeout=_OPENING_MILLISECONDS)
            await self._page.evaluate(_WATCH)
        except Error as error:
            raise PlayError(f"the desk of {credentials.username} does not open: {error.message}") from error

    async def go_ready(self) -> None:
        ready = self._page.locator(".state.ready")
        async with self._hands:
            await self._button("Go ready").or_(ready).first.wait_for()
            if not await ready.is_visible():
                await self._button("Go ready").click()
                await ready.wait_for()

    async def accept(self, task_id: str, conversation_id: str) -> None:
        offer = self._page.locator(f'.offer[data-task="{task_id}"]')
        try:
            async with self._hands:
                await offer.get_by_role("button", name="Accept").click(timeout=_OFFER_MILLISECONDS)
                await self._view(conversation_id).wait_for(timeout=_OFFER_MILLISECONDS)
        except TimedOutError:
            return

    async def write(self, conversation_id: str, text: str) -> None:
        try:
            async with self._hands:
                view = await self._bring_to_front(conversation_id)
                composer = view.get_by_role("textbox", name="Message to the customer")
                await composer.fill(text)
                if "/" in text:
                    await composer.press("Escape")  # so that Enter takes no canned text
                await composer.press("Enter")
        except Error as error:
            raise BrokenOffError(f"a desk takes no message: {error.message}") from error

    async def end(self, conversation_id: str) -> None:
        try:
            async with self._hands:
                view = await self._bring_to_front(conversation_id)
                await view.get_by_role("button", name="End", exact=True).click()
                await self._page.locator("dialog[open]").get_by_role("button", name="End", exact=True).click()
        except Error as error:
            raise BrokenOffError(f"a desk does not end a conversation: {error.message}") from error

    async def wrap_up(self, conversation_id: str) -> None:
        try:
            async with self._hands:
                view = await self._bring_to_front(conversation_id)
                await view.get_by_role("button", name="Finish").click()
        except TimedOutError:
            return

    async def _bring_to_front(self, conversation_id: str) -> Locator:
        view = self._view(conversation_id)
        if not await view.is_visible():
            await self._page.locator(f'.conversation a[href="#c/{conversation_id}"]').click()
        await view.wait_for()
        return view

    def _view(self, conversation_id: str) -> Locator:
        return self._page.locator(f'.conversation-view[data-id="{conversation_id}"]')

    def _button(self, name: str) -> Locator:
        return self._page.get_by_role("button", name=name, exact=True)

    def _report(self, source: object, conversation_id: str, log: Sequence[Sequence[Any]], ended: bool) -> None:
        self.on_shown(conversation_id, [Sighting(*each) for each in log], ended)


@asynccontextmanager
async def open_desks(address: URL, count: int) -> AsyncIterator[list[_Desk]]:
    """Opens so many tabs, each for another agent. Raises PlayError when that is not possible."""
    async with AsyncExitStack() as stack:
        try:
            browser = await stack.enter_async_context(open_browser())
            desks = [await _open_desk(browser, str(address)) for _ in range(count)]
        except Error as error:
            raise PlayError(f"the desks do not open: {error.message}") from error
        yield desks


async def _open_desk(browser: Browser, address: str) -> _Desk:
    context = await browser.new_context(viewport=_SIZE, locale="en-GB", reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(_ACTING_MILLISECONDS)
    return _Desk(page, address)
