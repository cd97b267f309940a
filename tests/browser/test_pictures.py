"""The pictures of the documentation, made from the real pages. ``make pictures`` keeps them in docs/pictures."""

import os
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FrameLocator, Page, ViewportSize, expect

from config.demo import DEMO_PASSWORD
from gateways.command_line.serve.greeter import serve_greeter
from tests.browser.inspector import Theme
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent

pytestmark = pytest.mark.asyncio(loop_scope="package")

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
DESKTOP = ViewportSize(width=1100, height=760)
PHONE = ViewportSize(width=390, height=760)
PLAYGROUND = ViewportSize(width=1280, height=860)


@pytest_asyncio.fixture(loop_scope="package")
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with serve_greeter() as bot, open_centre(tmp_path, bot) as opened:
        yield opened


def size_of(picture: Path) -> tuple[int, int]:
    """The width and the height that a PNG says at its beginning."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


async def keep(page: Page, name: str, folder: Path) -> None:
    """Takes the picture, and sees that the documentation has one of this name and size."""
    made = Path(os.environ.get("PICTURES", folder)) / f"{name}.png"
    await page.screenshot(path=made, animations="disabled")
    assert size_of(KEPT / made.name) == size_of(made), "run make pictures"


async def open_chat(browser: Browser, centre: Centre, viewport: ViewportSize, theme: Theme, **more: Any) -> Page:
    options: dict[str, Any] = {"viewport": viewport, "locale": "en-GB", "color_scheme": theme, **more}
    context = await browser.new_context(**options)
    page = await context.new_page()
    await page.goto(f"{centre.url}/")
    await page.get_by_role("button", name="Chat", exact=True).click()
    return page


async def write(chat: FrameLocator, words: str) -> None:
    await chat.get_by_role("textbox").fill(words)
    await chat.get_by_role("textbox").press("Enter")


async def answered_by_an_agent(page: Page, centre: Centre) -> None:
    """A conversation that has gone from the assistant to an agent, who sends cards."""
    chat = page.frame_locator("iframe")
    await write(chat, "Hello, where is my order?")
    await chat.locator("header").get_by_role("button", name="Talk to a person").click()
    await eventually(lambda: centre.services.queues.waiting("chat", "support"))
    carol = await Agent.ready(centre, "carol")
    task = await carol.accept_only_offer()
    await expect(chat.get_by_role("log")).to_contain_text("Carol has joined.")
    path = f"/agent/v1/conversations/{task['conversation_id']}/messages"
    words = "Hello! It **left our warehouse** this morning: https://shop.example/orders/1815"
    (await carol.post(path, {"content": {"type": "text", "text": words}})).of(201)
    await expect(chat.get_by_role("log")).to_contain_text("left our warehouse")
    await write(chat, "Wonderful, thank you! May I still change the address?")
    await expect(chat.get_by_text("Sending…")).to_have_count(0)
    buttons = [{"title": title, "payload": title} for title in ("To my office", "To a parcel shop", "Keep it")]
    content = {"type": "buttons", "text": "Of course. Where shall it go?", "buttons": buttons}
    (await carol.post(path, {"content": content})).of(201)
    await expect(chat.get_by_role("button", name="Keep it")).to_be_in_viewport()


@pytest.mark.parametrize(("name", "viewport", "theme"), [("widget", DESKTOP, "light"), ("widget-phone", PHONE, "dark")])
async def test_a_chat_with_an_agent(
    browser: Browser, centre: Centre, tmp_path: Path, name: str, viewport: ViewportSize, theme: Theme
) -> None:
    page = await open_chat(browser, centre, viewport, theme)
    await answered_by_an_agent(page, centre)
    await keep(page, name, tmp_path)
    await page.context.close()


async def test_a_callback(browser: Browser, centre: Centre, tmp_path: Path) -> None:
    administrator = await Administrator.come(centre)
    channel = (await administrator.get("/admin/v1/channels/web")).of(200)
    widget = {"mode": "both", "accent": "#0f766e", "texts": {"title": {"en": "Talk to the shop"}}}
    (await administrator.put("/admin/v1/channels/web", {**channel, "widget": widget})).of(200)
    page = await open_chat(browser, centre, PHONE, "light")
    chat = page.frame_locator("iframe")
    await chat.get_by_role("button", name="Call me back").click()
    await chat.get_by_label("Name").fill("Ada")
    await chat.get_by_label("Number").fill("20 7946 0958")
    await keep(page, "widget-callback", tmp_path)
    await page.context.close()


async def test_questions_before_the_chat(browser: Browser, centre: Centre, tmp_path: Path) -> None:
    administrator = await Administrator.come(centre)
    channel = (await administrator.get("/admin/v1/channels/web")).of(200)
    questions = [
        {"name": "email", "kind": "email", "label": {"en": "Your e-mail address"}, "required": True},
        {
            "name": "subject",
            "kind": "choice",
            "label": {"en": "What is it about?"},
            "required": True,
            "options": [
                {"value": "order", "label": {"en": "My order"}},
                {"value": "return", "label": {"en": "Sending something back"}},
                {"value": "other", "label": {"en": "Something else"}},
            ],
        },
        {"name": "terms", "kind": "consent", "label": {"en": "You may keep what we write here."}, "required": True},
    ]
    (await administrator.put("/admin/v1/channels/web", {**channel, "widget": {"form": questions}})).of(200)
    page = await open_chat(browser, centre, PHONE, "dark")
    await page.frame_locator("iframe").get_by_label("Your e-mail address").fill("ada@example.org")
    await keep(page, "widget-questions", tmp_path)
    await page.context.close()


async def test_the_playground(browser: Browser, centre: Centre, tmp_path: Path) -> None:
    context = await browser.new_context(viewport=PLAYGROUND, locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{centre.url}/widget/preview")
    await page.get_by_label("Username").fill("root")
    await page.get_by_label("Password").fill(DEMO_PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    site = page.frame_locator("iframe")
    await site.get_by_role("button", name="Chat", exact=True).click()
    await expect(site.frame_locator("iframe").get_by_role("textbox")).to_be_visible()
    await keep(page, "widget-preview", tmp_path)
    await context.close()
