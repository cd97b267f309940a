"""Every view in light and dark, on a desktop and on a phone: axe finds nothing, and no page is scrolled sideways."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, Theme, both_themes
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


def addresses(centre: Centre, morning: Morning) -> list[str]:
    anna, event = morning.anna, centre.services.journal.read_stream(morning.anna.stream)[5]
    dora = centre.services.journal.read_stream(morning.dora.stream)[-1]
    return [
        "#streams",
        "#streams?q=nothing-like-it",
        f"#stream/{anna.stream}?version=4",
        "#stream/conversation-0",
        f"#event/{event.event_id}",
        f"#state/{anna.stream}?version=6",
        f"#graph/{anna.id}?as=drawing",
        f"#graph/{anna.id}?as=list",
        "#floor",
        f"#floor?at={dora.at}",
        "#live",
        "#live?where=%5B",
        "#nothing",
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_every_view_is_accessible(opening: Opening, centre: Centre, morning: Morning, size: ViewportSize) -> None:
    """An API key's pages hold masked values as well."""
    tab = await opening("looks", size=size)
    await tab.open()
    found = {}
    for address in addresses(centre, morning):
        await tab.go(address)
        await expect(tab.page.locator("main .waiting")).to_have_count(0)
        async for theme in both_themes(tab.page):
            found[address, theme] = (await tab.violations(), await tab.overflows())
    assert found == dict.fromkeys(found, ([], False))


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)], ids=["dark-desktop", "light-phone"])
async def test_logging_in_is_accessible(opening: Opening, theme: Theme, size: ViewportSize) -> None:
    tab = await opening(theme=theme, size=size)
    await tab.open()
    await tab.page.get_by_text("Use an API key instead").click()
    await tab.log_in("nobody")
    await expect(tab.alert).not_to_be_empty()
    assert (await tab.violations(), await tab.overflows()) == ([], False)


async def test_a_page_fits_at_a_zoom_of_200_percent(opening: Opening, centre: Centre, morning: Morning) -> None:
    """A desktop at 200 % shows as much as half a desktop."""
    tab = await opening("sue", size=ViewportSize(width=640, height=400), device_scale_factor=2)
    await tab.open()
    for address in addresses(centre, morning):
        await tab.go(address)
        assert not await tab.overflows(), address


async def test_nothing_moves_for_a_user_who_prefers_reduced_motion(opening: Opening, morning: Morning) -> None:
    tab = await opening("sue", reduced_motion="reduce")
    await tab.open("#live")
    await expect(tab.events.first).to_be_visible()
    assert await tab.page.evaluate("document.getAnimations().length") == 0
