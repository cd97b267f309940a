"""``python -m tests.bench.widget [PUBLIC]``: what a chat costs the website that has it on its pages.

A page is loaded with nothing, with our widget, and with that of Chatwoot if PUBLIC is the folder ``public`` of one, in
turn and on a processor that is slowed four times. Then the visitor presses the launcher.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import msgspec
from playwright.async_api import Browser, Error, Page

from tests.bench.servers import hybrid_chat
from tests.bench.widget_sites import chatwoot_script, serve_chatwoot, serve_site, widget_script
from tests.browser.chromium import open_chromium

__all__ = ["Cost", "Site", "main", "measure"]

_SLOWED = 4
_RUNS = 7
_QUIET_SECONDS = 1.5
_WATCH = """(launcher) => {
  window.longTasks = [];
  const watcher = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((task) => task.duration)));
  watcher.observe({ type: "longtask", buffered: true });
  const shadows = (root) => [...root.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
  const find = (root) => root.querySelector(launcher) ?? shadows(root).map(find).find(Boolean);
  if (launcher) window.launcherSeen = new Promise((resolve) => {
    const isSeen = () => document.body && find(document)?.checkVisibility({ visibilityProperty: true });
    const look = () => (isSeen() ? resolve(performance.now()) : requestAnimationFrame(look));
    look();
  });
}"""


class Site(NamedTuple):
    """``launcher`` is the selector of what opens the chat, empty where there is none; ``begin`` names the button that
    is pressed before there is a composer, if one is."""

    address: str
    launcher: str = ""
    begin: str = ""


class Cost(msgspec.Struct):
    """What the loading of the page costs beside the page itself, and then what the opening of the chat does.

    Times are in milliseconds; ``blocked`` is by how much the long tasks exceed 50 ms, together.
    """

    requests: float = 0
    kilobytes: float = 0
    script: float = 0
    long_tasks: float = 0
    blocked: float = 0
    launcher: float = 0
    opening_requests: float = 0
    opening_kilobytes: float = 0
    composer: float = 0


async def measure(browser: Browser, site: Site) -> Cost:
    """Visits the site once, as somebody who has never been there."""
    context = await browser.new_context()
    try:
        page = await context.new_page()
        return await _visit(page, site)
    finally:
        await context.close()


async def _visit(page: Page, site: Site) -> Cost:
    session = await page.context.new_cdp_session(page)
    traffic = _Traffic(site.address)
    session.on("Network.requestWillBeSent", traffic.sent)
    session.on("Network.loadingFinished", traffic.received)
    for command in ("Network.enable", "Performance.enable"):
        await session.send(command)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWED})
    await page.add_init_script(f"if (self === top) ({_WATCH})({msgspec.json.encode(site.launcher).decode()})")
    await page.goto(site.address)
    cost = Cost()
    if site.launcher:
        cost.launcher = await page.evaluate("launcherSeen")
    await traffic.until_quiet()
    metrics = {each["name"]: each["value"] for each in (await session.send("Performance.getMetrics"))["metrics"]}
    tasks: list[float] = await page.evaluate("longTasks")
    cost.script = metrics["ScriptDuration"] * 1000
    cost.long_tasks, cost.blocked = len(tasks), sum(tasks) - 50 * len(tasks)
    cost.requests, cost.kilobytes = traffic.requests, traffic.kilobytes
    if site.launcher:
        cost.composer = await _open(page, site)
        await traffic.until_quiet()
        await _assert_one_process(page)
    cost.opening_requests = traffic.requests - cost.requests
    cost.opening_kilobytes = traffic.kilobytes - cost.kilobytes
    return cost


async def _open(page: Page, site: Site) -> float:
    """Opens the chat, and returns the milliseconds until there is a composer to write in."""
    began = time.perf_counter()
    await page.locator(site.launcher).click()
    chat = page.frame_locator("iframe")
    if site.begin:
        await chat.get_by_role("button", name=site.begin).click()
    await chat.locator("textarea").first.wait_for()
    return (time.perf_counter() - began) * 1000


async def _assert_one_process(page: Page) -> None:
    """A frame in a process of its own would not be slowed, and its tasks would not be seen."""
    try:
        await page.context.new_cdp_session(page.frames[1])
    except Error:
        return
    raise AssertionError("the frame has a process of its own")


class _Traffic:
    """What goes over the network for a page, without the page itself."""

    def __init__(self, address: str) -> None:
        self.requests = 0
        self.kilobytes = 0.0
        self._address = address
        self._page = ""
        self._last = time.perf_counter()

    def sent(self, event: dict[str, Any]) -> None:
        self._last = time.perf_counter()
        if event["request"]["url"] == self._address:
            self._page = event["requestId"]
        elif event["request"]["url"].startswith("http"):
            self.requests += 1

    def received(self, event: dict[str, Any]) -> None:
        self._last = time.perf_counter()
        if event["requestId"] != self._page:
            self.kilobytes += event["encodedDataLength"] / 1000

    async def until_quiet(self) -> None:
        """Waits until nothing has gone over the network for a while."""
        while (left := self._last + _QUIET_SECONDS - time.perf_counter()) > 0:  # noqa: ASYNC110 - it is a time that matters
            await asyncio.sleep(left)


@asynccontextmanager
async def _open_sites(public: Path | None, directory: Path) -> AsyncIterator[dict[str, Site]]:
    async with AsyncExitStack() as stack:
        ours = stack.enter_context(hybrid_chat(directory))
        script = widget_script(f"http://{ours.host}:{ours.port}")
        sites = {
            "nothing": Site(await stack.enter_async_context(serve_site(""))),
            "ours": Site(await stack.enter_async_context(serve_site(script)), ".launcher"),
        }
        if public is not None:
            script = chatwoot_script(await stack.enter_async_context(serve_chatwoot(public)))
            address = await stack.enter_async_context(serve_site(script))
            sites["Chatwoot"] = Site(address, ".woot-widget-bubble:not(.woot--close)", "Start Conversation")
        yield sites


async def _measure_all(public: Path | None, runs: int) -> dict[str, Cost]:
    with tempfile.TemporaryDirectory() as directory:
        async with _open_sites(public, Path(directory)) as sites, open_chromium() as browser:
            costs = [{name: await measure(browser, site) for name, site in sites.items()} for _ in range(runs)]
    return {name: _medians([each[name] for each in costs]) for name in costs[0]}


def _medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(each, name) for each in costs) for name in Cost.__struct_fields__))


def _print(costs: dict[str, Cost]) -> None:
    print(f"{'':<20}" + "".join(f"{name:>12}" for name in costs) + ("       ratio" if "Chatwoot" in costs else ""))
    for field in Cost.__struct_fields__:
        values = [getattr(cost, field) for cost in costs.values()]
        ratio = f"{values[2] / values[1]:>12.1f}" if len(values) > 2 and values[1] else ""
        print(f"{field:<20}" + "".join(f"{value:>12,.1f}" for value in values) + ratio)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.widget", description=__doc__)
    parser.add_argument("public", nargs="?", type=Path, help="the folder public of a Chatwoot")
    parser.add_argument("--runs", type=int, default=_RUNS, help="of which the medians are taken")
    given = parser.parse_args()
    _print(asyncio.run(_measure_all(given.public, given.runs)))


if __name__ == "__main__":
    main()
