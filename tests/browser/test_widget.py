"""The widget on somebody's website, whose visitors chat with an agent."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from gateways.command_line.serve.greeter import serve_greeter
from tests.browser.host_site import HostSite, Visiting, Visitor, open_host_site, open_visitor, widget_script
from tests.browser.inspector import PHONE, both_themes, violations_in
from tests.browser.serving import posted, served_by, write
from tests.gateways.centre import Centre, eventually, open_centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """Each test has a centre of its own, in which nobody else waits."""
    async with serve_greeter() as bot, open_centre(tmp_path, bot) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def site(centre: Centre) -> AsyncIterator[HostSite]:
    async with open_host_site(centre.url) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def visiting(browser: Browser, site: HostSite) -> AsyncIterator[Visiting]:
    async with AsyncExitStack() as stack:

        async def come(**options: Any) -> Visitor:
            visitor = await stack.enter_async_context(open_visitor(browser, site, **options))
            await visitor.come()
            return visitor

        yield come


async def test_a_visitor_of_a_strict_site_chats_with_an_agent(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    site.strict()
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Is the blue one in stock?")
    await expect(visitor.log).to_contain_text("Is the blue one in stock?")
    async with served_by(centre, "Is the blue one in stock?") as (agent, path):
        await expect(visitor.log).to_contain_text("has joined.")
        await write(agent, path, "Yes, see https://shop.example/blue.")
        link = visitor.log.get_by_role("link", name="https://shop.example/blue")
        await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    await expect(visitor.log).to_contain_text("The conversation has ended.")
    await visitor.chat.get_by_role("button", name="Start a new conversation").click()
    await expect(visitor.field).to_be_focused()
    assert len(posted(centre, "Is the blue one in stock?")) == 1


async def test_a_customer_ends_rates_and_keeps_the_conversation(centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("That is all, thank you")
    await expect(visitor.log.get_by_text("Sending…")).to_have_count(0)
    end = visitor.chat.get_by_role("button", name="End the conversation")
    await end.click()
    await visitor.chat.get_by_role("button", name="Press again to end").click()
    await expect(visitor.log).to_contain_text("The conversation has ended.")
    await visitor.chat.get_by_role("radio", name="4 of 5").check()
    await visitor.chat.get_by_role("textbox", name="A word about it").fill("Quick")
    async with visitor.page.expect_download() as download:
        await visitor.chat.get_by_role("button", name="Save the conversation").click()
    assert "That is all, thank you" in (await (await download.value).path()).read_text(encoding="utf-8")
    assert await violations_in(visitor.page.frames[1]) == []
    await visitor.chat.get_by_role("button", name="Send").click()
    await expect(visitor.chat.get_by_text("Thank you for your rating.")).to_be_visible()
    stream = posted(centre, "That is all, thank you")[0].stream
    await eventually(lambda: "ConversationRated" in centre.types(stream))
    rated = centre.services.journal.read_stream(stream)[-1]
    assert (b'"score":4' in rated.data, b"Quick" in rated.data) == (True, True)


async def test_a_site_that_isolates_itself_has_the_loader_that_it_has_checked(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    async with centre.http.get(f"{centre.url}/widget/frame?channel=web-direct") as response:
        (edition,) = set(re.findall(r"pages/([0-9a-f]{16})/", await response.text()))
    async with centre.http.get(f"{centre.url}/widget/{edition}/loader.js") as response:
        digest = base64.b64encode(hashlib.sha384(await response.read()).digest()).decode()
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    site.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    address = f"{site.chat}/widget/{edition}/loader.js"
    site.script = (
        f'<script async src="{address}" integrity="sha384-{digest}" crossorigin data-channel="web-direct"></script>'
    )
    visitor = await visiting()
    await visitor.open()
    await visitor.write("From an isolated site")
    await eventually(lambda: posted(centre, "From an isolated site"))
    async with centre.http.get(f"{centre.url}/widget/0123456789abcdef/loader.js") as response:
        assert response.status == 404


async def test_nothing_but_the_loader_is_asked_for_before_it_is_opened(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.launcher.wait_for()
    await visitor.page.wait_for_load_state("networkidle")
    assert visitor.asked == ["/widget/v1.js"]
    await visitor.open()
    assert any(path.startswith("/widget/frame?channel=web-direct") for path in visitor.asked)


async def test_the_panel_opens_and_closes_by_keyboard_and_gives_the_focus_back(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.launcher.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.field).to_be_focused()
    await expect(visitor.launcher).to_have_attribute("aria-expanded", "true")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.field).to_be_hidden()
    await expect(visitor.launcher).to_be_focused()


async def test_a_message_is_sent_once_although_the_answers_are_lost(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    """The server has taken the message each time, and the browser does not learn of it."""
    visitor = await visiting()
    lost = 0

    async def lose(route: Any) -> None:
        nonlocal lost
        lost += 1
        if lost <= 2:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await visitor.page.route("**/customer/v1/conversations/*/messages", lose)
    await visitor.open()
    await visitor.write("Lost answers, first")
    await visitor.write("Lost answers, second")
    await expect(visitor.log.get_by_text("Sending…")).to_have_count(0)
    for words in ("first", "second"):
        assert len(posted(centre, f"Lost answers, {words}")) == 1
        await expect(visitor.log.get_by_text(f"Lost answers, {words}")).to_have_count(1)
    first, second = posted(centre, "Lost answers")
    assert first.stream == second.stream
    assert lost >= 4
    visitor.faults.clear()  # the browser reports the requests that failed


async def test_a_refused_message_keeps_its_text(centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    problem = {"code": "conversation_full", "detail": "the conversation is full", "status": 422}
    await visitor.page.route(
        "**/customer/v1/conversations/*/messages", lambda route: route.fulfill(status=422, json=problem)
    )
    await visitor.open()
    await visitor.write("Too much")
    await expect(visitor.log).to_contain_text("Not sent: the conversation is full")
    await visitor.log.get_by_role("button", name="Edit").click()
    await expect(visitor.field).to_have_value("Too much")
    await expect(visitor.log).not_to_contain_text("Too much")
    await visitor.page.unroute("**/customer/v1/conversations/*/messages")
    await visitor.field.press("Enter")
    await eventually(lambda: posted(centre, "Too much"))


async def test_a_start_that_was_refused_may_succeed_later(centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    problem = {"code": "too_many_requests", "detail": "this is not allowed now", "status": 403}
    starts = "**/customer/v1/conversations"
    await visitor.page.route(starts, lambda route: route.fulfill(status=403, json=problem))
    await visitor.open()
    await visitor.write("Let me in")
    await expect(visitor.log).to_contain_text("Not sent: this is not allowed now")
    await visitor.page.unroute(starts)
    await visitor.log.get_by_role("button", name="Edit").click()
    await visitor.field.press("Enter")
    await eventually(lambda: posted(centre, "Let me in"))
    await expect(visitor.log).not_to_contain_text("Not sent")


async def test_new_messages_are_counted_at_the_launcher_while_the_panel_is_closed(
    centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("I will look in later")
    await eventually(lambda: posted(centre, "I will look in later"))
    await visitor.page.keyboard.press("Escape")
    async with served_by(centre, "I will look in later") as (agent, path):
        for words in ("Take your time", "Here I am"):
            await write(agent, path, words)
        await expect(visitor.page.get_by_role("button", name="Chat, 2 new messages")).to_be_visible()
        await visitor.open()
        await expect(visitor.page.get_by_role("button", name="Chat", exact=True)).to_be_visible()


async def test_only_the_channels_origins_may_embed_the_chat(centre: Centre, site: HostSite) -> None:
    async def frame_ancestors(channel: str) -> str:
        async with centre.http.get(f"{centre.url}/widget/frame?channel={channel}") as response:
            policy = response.headers.get("Content-Security-Policy", "")
            return policy.partition("frame-ancestors ")[2].partition(";")[0]

    assert await frame_ancestors("web") == "'self' *"
    assert await frame_ancestors("nowhere") == "'none'"
    assert await frame_ancestors("callback") == "'none'"


async def test_an_accent_of_the_site_is_taken_over_so_that_it_can_be_read(site: HostSite, visiting: Visiting) -> None:
    site.script = widget_script(site.chat, accent="#ffd166", theme="dark", language="de")
    visitor = await visiting()
    await visitor.open()
    head = visitor.chat.locator("header")
    await expect(head).to_have_css("background-color", "rgb(255, 209, 102)")
    await expect(head).to_have_css("color", "rgb(0, 0, 0)")
    await expect(visitor.launcher).to_have_css("color", "oklch(0 0 0)")
    await expect(visitor.chat.locator("html")).to_have_attribute("data-scheme", "dark")


async def test_hostile_styles_of_the_site_change_nothing(site: HostSite, visiting: Visiting) -> None:
    site.head = "<style>* { all: unset !important; } div, dialog, button, iframe { display: none !important; }</style>"
    visitor = await visiting()
    await expect(visitor.launcher).to_be_visible()
    box = await visitor.launcher.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (56, 56)
    await visitor.open()


async def test_the_panel_fills_a_phone_and_nothing_is_scrolled_sideways(visiting: Visiting) -> None:
    visitor = await visiting(viewport=PHONE, has_touch=True, is_mobile=True)
    await visitor.open()
    box = await visitor.page.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    await visitor.write("x" * 400)
    await expect(visitor.log).to_contain_text("x" * 400)
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not await visitor.page.evaluate(wide)
    assert not await visitor.page.frames[1].evaluate(wide)


async def test_the_chat_is_accessible(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Can everybody read this?")
    await expect(visitor.log.get_by_text("Sending…")).to_have_count(0)
    async for theme in both_themes(visitor.page):
        assert await violations_in(visitor.page.frames[1]) == [], theme


async def test_messages_and_a_draft_survive_a_reload_where_the_browser_keeps_things(
    centre: Centre, browser: Browser
) -> None:
    """On the chat's own site, where storage is allowed. The messages were not sent before the page went."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.route("**/customer/v1/conversations/*/messages", lambda route: route.abort())
    await page.goto(f"{centre.url}/widget/frame?channel=web-direct")
    field, log = page.get_by_role("textbox"), page.get_by_role("log")
    for words in ("Before the reload, one", "Before the reload, two"):
        await field.fill(words)
        await field.press("Enter")
    await expect(log.get_by_text("Sending…")).to_have_count(2)
    await field.press_sequentially("not yet")
    await page.unroute("**/customer/v1/conversations/*/messages")
    await page.reload()
    await expect(field).to_have_value("not yet")
    await expect(log.get_by_text("Before the reload")).to_have_count(2)
    await expect(log.get_by_text("Sending…")).to_have_count(0)
    for words in ("one", "two"):
        assert len(posted(centre, f"Before the reload, {words}")) == 1
    first, second = posted(centre, "Before the reload")
    assert first.stream == second.stream
    assert b"one" in first.data
    await context.close()


@pytest.mark.parametrize(
    ("language", "title", "direction"),
    [("de", "Chatten Sie mit uns", "ltr"), ("fr", "Discuter avec nous", "ltr"), ("ar", "تحدث معنا", "rtl")],
)
async def test_the_widget_speaks_the_language_of_the_page(
    site: HostSite, visiting: Visiting, language: str, title: str, direction: str
) -> None:
    site.language, site.direction = language, direction
    visitor = await visiting()
    launcher = visitor.page.locator("button[part=launcher]")
    await launcher.click()
    await expect(visitor.chat.get_by_role("heading", name=title)).to_be_visible()
    await expect(visitor.chat.locator("html")).to_have_attribute("dir", direction)
    box, size = await launcher.bounding_box(), visitor.page.viewport_size
    assert box is not None
    assert size is not None
    assert (box["x"] < size["width"] / 2) == (direction == "rtl")
    await visitor.write("x")
    await expect(visitor.log).to_contain_text("x")
    assert await violations_in(visitor.page.frames[1]) == []
