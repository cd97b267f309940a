"""What the widget asks a website's visitors to load, and when. How long it holds a page up is measured by
``make bench-widget``."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.host_site import HostSite, Visiting

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_returning_visitors_page_is_loaded_before_anything_but_the_script_is_asked_for(
    shop: HostSite, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("I will be back")
    await expect(visitor.sending).to_have_count(0)
    late = asyncio.Event()

    async def hold(route: Route) -> None:
        await late.wait()
        await route.fulfill(status=204)

    await visitor.page.route("**/late.png", hold)
    shop.head = '<link rel="icon" href="data:,"><img src="/late.png" alt="">'
    visitor.asked.clear()
    await visitor.page.goto(shop.address, wait_until="commit")
    await visitor.launcher.wait_for()
    assert visitor.asked == ["/widget/v1.js"]
    late.set()
    await expect(visitor.chat.locator(".bubble")).to_be_attached()
    assert visitor.asked[1].startswith("/widget/frame?")


async def test_the_chat_is_served_in_few_bytes(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    sizes = """() => performance.getEntries()
      .filter((entry) => entry.encodedBodySize && !entry.name.includes("/customer/"))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
    size = await visitor.page.frames[1].evaluate(sizes)
    assert 10 * 1024 < size <= 30 * 1024
