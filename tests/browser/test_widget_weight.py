"""What the widget costs a website: requests, and tasks that hold the page up."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.host_site import HostSite, Visiting

pytestmark = pytest.mark.asyncio(loop_scope="package")

SLOWER = 4
ATTEMPTS = 5
OBSERVING = """<script>
  window.held = [];
  new PerformanceObserver((list) => held.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask", buffered: true });
</script>"""


async def held_up(shop: HostSite, visiting: Visiting, *, with_widget: bool) -> list[float]:
    """The long tasks while a page loads on a slow machine and, with the widget, while the panel is opened."""
    shop.head = OBSERVING
    shop.script = "" if with_widget else "<p>No widget</p>"
    visitor = await visiting()
    session = await visitor.page.context.new_cdp_session(visitor.page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await visitor.come()
    if with_widget:
        await visitor.open()
        await expect(visitor.chat.get_by_text("We are here and reply soon.")).to_be_visible()
    tasks: list[float] = await visitor.page.evaluate(
        "() => new Promise((done) => requestIdleCallback(() => done(held)))"
    )
    await visitor.page.context.close()
    return tasks


async def test_a_slow_machine_is_held_up_by_one_task_at_most(shop: HostSite, visiting: Visiting) -> None:
    """Whatever else the machine does makes tasks longer and never shorter: the best of several attempts counts."""
    attempts = []
    for _ in range(ATTEMPTS):
        bare = await held_up(shop, visiting, with_widget=False)
        attempts.append(len(await held_up(shop, visiting, with_widget=True)) - len(bare))
        if attempts[-1] <= 1:
            break
    assert min(attempts) <= 1


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
