"""The live tail of the whole journal."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.inspector import Inspector, open_tab
from tests.browser.morning import Morning
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer
from tests.gateways.proxies.nginx import run_nginx

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_new_event_appears_at_once(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open("#live")
    await expect(root.events.first).to_be_visible()
    await Customer.start(centre, queue="sales", text="Fresh from the wire")
    await expect(root.page.get_by_text("Fresh from the wire")).to_be_visible()


async def test_a_condition_filters(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open("#live")
    await root.page.get_by_label("Where").fill("type == 'ConversationRated'")
    await root.page.get_by_label("From").select_option("the beginning")
    await root.button("Apply").click()
    await expect(root.events).to_have_count(1)
    await expect(root.events.first).to_contain_text("ConversationRated")
    await root.at(re.compile("where=type"))
    await root.page.reload()
    await expect(root.events).to_have_count(1)
    await expect(root.page.get_by_label("Where")).to_have_value("type == 'ConversationRated'")


async def test_an_unreadable_condition_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    """By the keyboard: a live list scrolls to new events, and the button is not where the mouse was aimed."""
    await root.open("#live")
    field, wrong = root.page.get_by_label("Where"), root.page.locator("#where-wrong")
    for where in ("type ==", "[", "a.b(", "☃", "&&", "x" * 900 + "["):
        await field.fill(where)
        await field.press("Enter")
        await expect(wrong).not_to_be_empty()
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_be_focused()
        await field.fill("")
        await field.press("Enter")
        await expect(wrong).to_be_empty()


async def test_a_condition_without_a_match_shows_that_no_event_came(root: Inspector, morning: Morning) -> None:
    await root.open("#live?where=type%20%3D%3D%20'Nothing'&after=0")
    await expect(root.heading("No event yet")).to_be_visible()


async def test_the_tail_pauses_and_continues_without_a_gap(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open("#live")
    await expect(root.page.get_by_text("Live", exact=True).last).to_be_visible()
    await root.button("Pause").click()
    customer = await Customer.start(centre, queue="sales", text="Missed at first")
    await root.button("Follow live").click()
    await expect(root.page.get_by_text("Missed at first")).to_be_visible()
    numbers = [int(words) for words in await root.events.locator(".number").all_inner_texts()]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    (await customer.end()).of(200)


async def test_a_proxy_that_holds_the_stream_back_is_named_and_the_events_come_all_the_same(
    browser: Browser, centre: Centre, sessions: dict[str, Any], morning: Morning, nginx: Path, tmp_path: Path
) -> None:
    holding = f"location / {{ proxy_pass http://127.0.0.1:{centre.port}; proxy_ignore_headers X-Accel-Buffering; }}"
    async with (
        run_nginx(tmp_path / "nginx", nginx, holding) as url,
        open_tab(browser, url, sessions["root"]) as root,
    ):
        await root.open("#live")
        await expect(root.page.get_by_text("a proxy holds the live stream back")).to_be_visible()
        await Customer.start(centre, queue="sales", text="Past the proxy")
        await expect(root.page.get_by_text("Past the proxy")).to_be_visible()
