"""The desk in a frame of a CRM: the page of docs/clients/crm.html, on another site than the desk."""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, FrameLocator, Locator, Page, Route, expect

from config.demo import DEMO_PASSWORD
from tests.browser.host_site import open_host_site
from tests.browser.inspector import DESKTOP
from tests.gateways.centre import PATIENCE, Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

CLIENTS = Path(__file__).parents[2] / "docs" / "clients"
KEY = "sms-key"
CONFIGURED: dict[str, Any] = {
    "channels": {"sms": {"queue": "support", "kind": "connector"}},
    "queues": {"support": {"mrd": "chat", "offer_timeout_seconds": 600}},
    "api_keys": {"sms": {"sha256": hashlib.sha256(KEY.encode()).hexdigest(), "scopes": ["connector"]}},
}
COUNT_RINGING = """{
  const { start } = OscillatorNode.prototype;
  let rung = 0;
  OscillatorNode.prototype.start = function (...given) {
    document.documentElement.dataset.rung = rung += 1;
    return start.apply(this, given);
  };
}"""
RUNG = re.compile("[1-9]")


@asynccontextmanager
async def serve_clients() -> AsyncIterator[str]:
    """The folder of examples as ``localhost``, which for a browser is another site than the desk's ``127.0.0.1``."""
    application = web.Application()
    application.router.add_static("/", CLIENTS)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "localhost", 0).start()
        yield f"http://localhost:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def site() -> AsyncIterator[str]:
    async with serve_clients() as origin:
        yield origin


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def desk_centre(
    tmp_path_factory: pytest.TempPathFactory, quick_passwords: None, site: str
) -> AsyncIterator[Centre]:
    data_dir = tmp_path_factory.mktemp("crm")
    async with open_centre(data_dir, desk={"embed_origins": [site]}, **CONFIGURED) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def context(users_browser: Browser, desk_centre: Centre) -> AsyncIterator[BrowserContext]:
    """An agent's browser. The agent's conversations end with the test."""
    opened = await users_browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="Europe/Vienna")
    opened.set_default_timeout(PATIENCE * 1000)
    await opened.add_init_script(COUNT_RINGING)
    yield opened
    await opened.close()
    agent = await Agent.log_in(desk_centre, "alice")
    (await agent.post("/agent/v1/logout", {"tasks": {"chat": "close"}})).of(204)


async def open_crm(context: BrowserContext, site: str, centre: Centre) -> tuple[Page, FrameLocator]:
    page = await context.new_page()
    await page.goto(f"{site}/crm.html?desk={centre.url}")
    return page, page.frame_locator("iframe")


async def log_in(desk: FrameLocator | Page) -> None:
    await desk.get_by_label("Username").fill("alice")
    await desk.get_by_label("Password").fill(DEMO_PASSWORD)
    await desk.get_by_label("Password").press("Enter")
    await expect(desk.locator(".state")).to_be_visible()


async def write_from_outside(centre: Centre, customer: str, text: str) -> Customer:
    body = {"channel": "sms", "customer": {"id": customer, "name": "Ana"}, "text": text}
    return Customer(centre, (await Caller(centre, KEY).post("/customer/v1/conversations", body)).of(201))


def field(desk: FrameLocator) -> Locator:
    return desk.locator(".conversation-view:visible .composer textarea:visible")


async def expect_to_fit(page: Page, desk: FrameLocator) -> None:
    for width in (360, 416, 480):
        await page.locator("iframe").evaluate("(frame, width) => frame.style.width = `${width}px`", width)
        await expect(desk.locator("html")).to_have_js_property("clientWidth", width)
        assert await desk.locator("html").evaluate("(root) => root.scrollWidth - root.clientWidth") <= 0, width


async def test_a_crm_follows_the_agent_and_helps_with_the_answer(
    context: BrowserContext, site: str, desk_centre: Centre
) -> None:
    page, desk = await open_crm(context, site, desk_centre)
    await log_in(desk)
    await expect(page.locator("#connection")).to_have_text("The desktop of alice is connected.")
    await page.get_by_role("button", name="Ready", exact=True).click()
    await expect(page.locator("#state")).to_have_text("ready")
    await expect_to_fit(page, desk)
    customer = await write_from_outside(desk_centre, "c-7", "Where is my order?")
    await expect(page.locator("#offers li")).to_have_text([re.compile("^support, until ")])
    await expect_to_fit(page, desk)
    await desk.get_by_role("button", name="Accept").click()
    await expect(page.locator("#offers li")).to_have_count(0)
    await expect(page.locator("#customer-name")).to_have_text("Ana")
    await expect(page.locator("#customer-id")).to_have_text("c-7")
    await page.get_by_role("button", name="Insert as a note").click()
    await expect(field(desk)).to_have_attribute("aria-label", re.compile("[Nn]ote"))
    await page.get_by_role("button", name="Insert as a reply").click()
    await expect(field(desk)).to_have_value("Your order is on its way.")
    await expect_to_fit(page, desk)
    await field(desk).press("Enter")
    await customer.write("Thanks")
    await expect(desk.get_by_role("log").filter(visible=True)).to_contain_text("Thanks")
    texts = [each["data"]["content"]["text"] for each in await customer.events() if each["type"] == "MessagePosted"]
    assert texts == ["Where is my order?", "Your order is on its way.", "Thanks"]
    await page.get_by_role("button", name="Dark").click()
    await expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    await page.reload()
    await expect(page.locator("#connection")).to_have_text("The desktop of alice is connected.")
    await expect(page.locator("#state")).to_have_text("ready")


async def test_a_page_of_another_origin_does_not_get_the_desk(context: BrowserContext, desk_centre: Centre) -> None:
    page = await context.new_page()
    async with open_host_site(desk_centre.url) as other:
        other.script = f'<iframe src="{desk_centre.url}/desk?embed=crm"></iframe>'
        async with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
            await page.goto(other.address)
        await expect(page.frame_locator("iframe").get_by_label("Username")).to_have_count(0)


HOSTILE = """(frame) => {
  const heard = (window.heard = []);
  addEventListener("message", ({ data }) => heard.push(data));
  window.send = (message) => frame.contentWindow.postMessage(message, new URL(frame.src).origin);
}"""


async def test_what_is_no_message_of_this_version_is_not_obeyed(
    context: BrowserContext, site: str, desk_centre: Centre
) -> None:
    async def without_script(route: Route) -> None:
        await route.fulfill(body="", content_type="text/javascript")

    await context.route("**/crm.js", without_script)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(f"{site}/crm.html")
    await page.evaluate(
        "(src) => document.body.append(Object.assign(document.createElement('iframe'), { src }))",
        f"{desk_centre.url}/desk?embed=crm",
    )
    desk = page.frame_locator("iframe")
    await log_in(desk)
    await page.locator("iframe").evaluate(HOSTILE)
    await page.evaluate("""() => {
      const ready = { hc: 1, type: "state.set", state: "ready" };
      const hello = { hc: 1, type: "host.hello" };
      const greetings = [hello, { ...hello, nonce: 7 }, { ...hello, nonce: "x".repeat(1e6) }];
      const others = [null, "host.hello", 7, [], new Map([["hc", 1]])];
      for (const wrong of [ready, { ...ready, hc: 2 }, ...greetings, ...others]) send(wrong);
      send({ ...hello, nonce: "first" });
    }""")
    await expect(desk.locator(".state")).to_have_text("Not ready")
    await page.evaluate("""() => {
      const getter = { hc: 1, id: "g", get type() { return "state.set"; }, get state() { return { ready: true }; } };
      const newer = { hc: 2, type: "state.set", state: "ready" };
      const ignored = [newer, { hc: 1, type: "constructor" }, { hc: 1, type: {} }];
      const refused = [
        { id: "a", type: "reply.insert", text: "x".repeat(5e6) },
        { id: "b", type: "reply.insert", text: "Hello" },
        { id: "c", type: "conversation.select", conversation_id: "#/../<b>" },
        { id: 7, type: "theme.set", theme: "<b>" },
        { id: "d", type: "state.set", state: "ready", reason: "x".repeat(300) },
      ];
      for (const wrong of [getter, ...ignored, ...refused.map((each) => ({ hc: 1, ...each }))]) send(wrong);
      send({ hc: 1, type: "host.hello", nonce: "last" });
    }""")
    await page.wait_for_function("() => heard.some(({ nonce }) => nonce === 'last')")
    await page.wait_for_function("() => heard.filter(({ type }) => type === 'refused').length === 6")
    heard = await page.evaluate("() => heard")
    assert [each["nonce"] for each in heard if each["type"] == "desk.hello"] == ["first", "last"]
    refused = {(each["of"], each["re"]) for each in heard if each["type"] == "refused"}
    assert refused == {
        ("state.set", "g"),
        ("reply.insert", "a"),
        ("reply.insert", "b"),
        ("conversation.select", "c"),
        ("theme.set", None),
        ("state.set", "d"),
    }
    await expect(desk.locator(".state")).to_have_text("Not ready")
    assert faults == []


async def test_of_a_tab_and_a_frame_one_rings(context: BrowserContext, site: str, desk_centre: Centre) -> None:
    page, desk = await open_crm(context, site, desk_centre)
    await log_in(desk)
    tab = await context.new_page()
    await tab.goto(f"{desk_centre.url}/desk")
    await log_in(tab)
    await tab.locator(".state").click()
    await tab.keyboard.press("Escape")
    await tab.keyboard.press("Alt+r")
    await expect(tab.locator(".state")).to_have_text("Ready")
    await write_from_outside(desk_centre, "c-8", "Ring!")
    await expect(desk.locator(".offer")).to_be_visible()
    await expect(tab.locator("html")).to_have_attribute("data-rung", RUNG)
    await expect(desk.locator("html")).not_to_have_attribute("data-rung", RUNG)
    await page.bring_to_front()
    await desk.locator(".offer").click()
    await expect(desk.locator("html")).to_have_attribute("data-rung", RUNG)
    await tab.locator("html").evaluate("(root) => delete root.dataset.rung")
    rung = await desk.locator("html").get_attribute("data-rung") or ""
    await expect(desk.locator("html")).not_to_have_attribute("data-rung", rung)
    await expect(tab.locator("html")).not_to_have_attribute("data-rung", RUNG)
