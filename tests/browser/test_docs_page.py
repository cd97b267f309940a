"""The page of the API's description and of the events."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, Theme

pytestmark = pytest.mark.asyncio(loop_scope="package")

PARTS = [
    ".top",
    "api-navigation",
    ".introduction",
    "#customer_post_message",
    "#customer_follow_conversation_events",
    "#customer_upload_attachment",
    "#admin_import_configuration",
    "#admin_remove_queue",
    "#MessagePosted",
    "#AgentLoggedIn",
    "#WaitChanged",
    "#close-codes",
    "#guide-channels",
]
"""One part of each kind: to check all parts would take a minute."""
SEARCHES = {
    "assistrequested consult": {"AssistRequested", "guide-events-README", "guide-events-conversation"},
    "waitchanged estimated_wait_seconds": {"WaitChanged", "guide-channels", "guide-events-README"},
    "proxy_pass customer_post_message": set[str](),
    "proxy_pass": {"guide-proxies"},
    "customer_post_message": {"customer_post_message"},
}
EMPTY_OTHERS = """parts => {
  const others = [...document.querySelectorAll(".entry")].filter((entry) => !parts.includes(`#${entry.id}`));
  others.forEach((entry) => entry.replaceChildren());
}"""
"""Before axe looks at the parts, it reads the whole page."""


@pytest.mark.parametrize(("theme", "size"), [("light", PHONE), ("dark", DESKTOP)], ids=["light-phone", "dark-desktop"])
async def test_the_description_is_accessible(opening: Opening, theme: Theme, size: ViewportSize) -> None:
    tab = await opening(theme=theme, size=size)
    await tab.page.goto(f"{tab.url}/docs#customer_post_message")
    await expect(tab.page.locator("api-operation").first).to_be_attached()
    for part in PARTS:
        await expect(tab.page.locator(part)).to_have_count(1)
    await tab.page.locator("#customer_post_message .try-it > summary").click()
    assert not await tab.overflows()
    await tab.page.evaluate(EMPTY_OTHERS, PARTS)
    assert await tab.violations(PARTS) == []


async def test_one_search_finds_operations_events_and_guides(opening: Opening) -> None:
    tab = await opening(size=DESKTOP)
    await tab.page.goto(f"{tab.url}/docs")
    field = tab.page.get_by_role("searchbox", name="Search operations, events and guides")
    matching = tab.page.locator(".entry:not([hidden])")
    for words, found in SEARCHES.items():
        await field.fill(words)
        await expect(tab.page.locator(".count")).to_contain_text(re.compile("match"))
        assert set(await matching.evaluate_all("entries => entries.map(entry => entry.id)")) == found, words


@pytest.mark.parametrize(("theme", "size"), [("dark", PHONE), ("light", DESKTOP)], ids=["dark-phone", "light-desktop"])
async def test_a_guide_is_accessible_and_leads_to_others(opening: Opening, theme: Theme, size: ViewportSize) -> None:
    tab = await opening(theme=theme, size=size)
    await tab.page.goto(f"{tab.url}/docs/guides/channels.md")
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Build a channel connector")
    assert (await tab.violations(["body"]), await tab.overflows()) == ([], False)
    await tab.page.locator('main a[href="events/README.md#how-a-feed-ends"]').first.click()
    await expect(tab.page.locator("#how-a-feed-ends")).to_be_in_viewport()
    assert (await tab.violations(["body"]), await tab.overflows()) == ([], False)
    await tab.page.get_by_role("link", name="Hybrid Chat API, events and guides").click()
    await expect(tab.page.locator("#guide-channels")).to_be_attached()
