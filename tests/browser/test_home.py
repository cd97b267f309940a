"""The first page: what is here and where to go, with the chat on it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, expect

from gateways.command_line.serve.greeter import serve_greeter
from tests.browser.host_site import HostSite, open_visitor
from tests.browser.inspector import DESKTOP, PHONE, both_themes, violations_in
from tests.gateways.centre import Centre, open_centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    """A centre of its own, because its reader leaves a conversation in it."""
    async with serve_greeter() as bot, open_centre(tmp_path_factory.mktemp("home"), bot) as opened:
        yield opened


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_first_page_is_accessible(browser: Browser, centre: Centre, size: ViewportSize) -> None:
    site = HostSite(f"{centre.url}/", centre.url)
    async with open_visitor(browser, site, viewport=size) as visitor:
        await visitor.come()
        await visitor.launcher.wait_for()
        async for theme in both_themes(visitor.page):
            assert await violations_in(visitor.page) == [], theme
        assert not await visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_every_link_of_the_first_page_leads_somewhere(browser: Browser, centre: Centre) -> None:
    site = HostSite(f"{centre.url}/", centre.url)
    async with open_visitor(browser, site) as visitor:
        await visitor.come()
        links = await visitor.page.locator("main a").evaluate_all("links => links.map((link) => link.href)")
        assert len(links) >= 9
        for link in links:
            async with centre.http.get(link) as response:
                assert response.status == 200, link


async def test_its_reader_chats_with_the_assistant_at_once(browser: Browser, centre: Centre) -> None:
    site = HostSite(f"{centre.url}/", centre.url)
    async with open_visitor(browser, site) as visitor:
        await visitor.come()
        await visitor.open()
        await visitor.write("Hello")
        await expect(visitor.log).to_contain_text("Hello, I am the greeter.")
        await visitor.log.get_by_role("button", name="Talk to a person").click()
        await expect(visitor.log).to_contain_text("I will find you a person.")
        await expect(visitor.log.get_by_role("button", name="Talk to a person")).to_have_count(0)
        await expect(visitor.chat.locator("header")).to_contain_text("in line")
