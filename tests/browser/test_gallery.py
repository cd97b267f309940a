"""The gallery has every control in every state; what holds for it holds for the pages that are made of them."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, both_themes

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("language", ["en", "ar-XB"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_every_control_is_accessible(opening: Opening, size: ViewportSize, language: str) -> None:
    tab = await opening(size=size)
    await tab.page.goto(f"{tab.url}/gallery?language={language}")
    await expect(tab.heading("Drawings")).to_be_attached()
    assert not await tab.overflows()
    async for theme in both_themes(tab.page):
        assert await tab.violations() == [], theme


async def test_the_controls_work_by_keyboard(opening: Opening) -> None:
    tab = await opening(size=DESKTOP)
    await tab.page.goto(f"{tab.url}/gallery")
    await tab.button("Menu").focus()
    await tab.page.keyboard.press("ArrowDown")
    await expect(tab.page.get_by_role("menuitem", name="Transfer")).to_be_focused()
    await tab.page.keyboard.press("c")
    await expect(tab.page.get_by_role("menuitem", name="Consult")).to_be_focused()
    await tab.page.keyboard.press("Escape")
    await expect(tab.button("Menu")).to_be_focused()
    await tab.button("Dialog").press("Enter")
    await expect(tab.page.get_by_role("dialog", name="A dialog")).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await expect(tab.button("Dialog")).to_be_focused()
    field = tab.page.get_by_role("combobox", name="Queue").last
    await field.fill("bill")
    await expect(tab.page.get_by_role("option", name="billing")).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(tab.page.get_by_role("status").filter(has_text="billing").first).to_be_visible()
    await tab.page.locator("th button").filter(has_text="Waiting").first.click()
    await expect(tab.page.locator("th[aria-sort=ascending]")).to_contain_text("Waiting")
