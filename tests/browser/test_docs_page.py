"""The page of the API's description."""

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
]
"""One part of each kind: to check all parts would take a minute."""


@pytest.mark.parametrize(("theme", "size"), [("light", PHONE), ("dark", DESKTOP)], ids=["light-phone", "dark-desktop"])
async def test_the_description_is_accessible(opening: Opening, theme: Theme, size: ViewportSize) -> None:
    tab = await opening(theme=theme, size=size)
    await tab.page.goto(f"{tab.url}/docs#customer_post_message")
    await expect(tab.page.locator("api-operation").first).to_be_attached()
    for part in PARTS:
        await expect(tab.page.locator(part)).to_have_count(1)
    await tab.page.locator("#customer_post_message .try-it > summary").click()
    assert (await tab.violations(PARTS), await tab.overflows()) == ([], False)
