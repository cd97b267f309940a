"""Visitors who leave their number in the widget, and are called back."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FrameLocator, Locator, Page, Route, ViewportSize, expect

from schemas.events import REGISTRY, ConversationEnded, ConversationStarted
from schemas.instants import format_instant, parse_instant
from tests.browser.host_site import open_host_site, open_visitor
from tests.browser.inspector import DESKTOP, PHONE, both_themes, violations_in
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import PATIENCE, Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller
from tests.gateways.hours import ALWAYS, NEVER, closed_for_days

pytestmark = pytest.mark.asyncio(loop_scope="package")

Opening = Callable[..., Awaitable[Centre]]
Coming = Callable[..., Awaitable[Page]]

NUMBER = "020 7946 0958"
SMALL_PHONE = ViewportSize(width=320, height=640)


@pytest_asyncio.fixture(loop_scope="package")
async def opening(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Opening]:
    """Opens a centre in which calls and chats have these calendars; without them, nobody is there for the chat."""
    async with AsyncExitStack() as stack:

        async def open_(calls: dict[str, Any] = ALWAYS, chats: dict[str, Any] = NEVER, **widget: Any) -> Centre:
            channels = {"web-direct": {"queue": "support", "allowed_origins": ["*"], "widget": widget}}
            calendars = {"calls": calls, "chats": chats}
            queues = {
                "callback": {"mrd": "callback", "calendar": "calls"},
                "support": {"mrd": "chat", "calendar": "chats"},
            }
            return await stack.enter_async_context(
                open_centre(tmp_path, calendars=calendars, queues=queues, channels=channels)
            )

        yield open_


@pytest_asyncio.fixture(loop_scope="package")
async def coming(browser: Browser) -> AsyncIterator[Coming]:
    """Opens the frame itself, where storage is allowed, with the callback in it. The scripts must report no error."""
    async with AsyncExitStack() as stack:
        faults: list[str] = []

        async def come(
            centre: Centre,
            until: str = ".callback h2",
            script: str = "",
            answers: Mapping[str, Any] = MappingProxyType({}),
            **options: Any,
        ) -> Page:
            chosen = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London", **options}
            context = await browser.new_context(**chosen)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            await page.add_init_script(script)
            for address, answer in answers.items():
                await page.route(address, partial(answer_with, answer))
            page.on("pageerror", lambda error: faults.append(str(error)))
            await page.goto(f"{centre.url}/widget/frame?channel=web-direct")
            await page.locator(until).wait_for()
            return page

        yield come
    assert faults == []


async def answer_with(answer: Any, route: Route) -> None:
    await route.fulfill(json=answer)


def form_of(page: Page | FrameLocator) -> Locator:
    return page.locator(".callback-form")


async def fill_in(page: Page | FrameLocator, number: str = NUMBER) -> None:
    await page.get_by_label("Your name").fill("Ada")
    await page.get_by_label("Phone number").fill(number)


async def ask(page: Page | FrameLocator) -> None:
    await form_of(page).get_by_role("button", name="Call me back").click()


async def headed(page: Page | FrameLocator, words: str) -> None:
    await expect(page.get_by_role("heading", level=2)).to_have_text(words)


def callbacks(centre: Centre) -> list[ConversationStarted]:
    records = centre.services.journal.read_all(0, 100_000)
    events = [REGISTRY.decode(record) for record in records if record.type == "ConversationStarted"]
    return [event for event in events if isinstance(event, ConversationStarted) and event.channel == "callback"]


async def kept_by(page: Page) -> list[str]:
    keys: list[str] = await page.evaluate("Object.keys(localStorage)")
    return keys


async def test_a_visitor_of_a_strict_site_is_called_as_soon_as_possible(opening: Opening, browser: Browser) -> None:
    centre = await opening()
    async with open_host_site(centre.url) as site, open_visitor(browser, site) as visitor:
        site.strict()
        await visitor.come()
        await visitor.launcher.click()
        await fill_in(visitor.chat)
        await visitor.chat.get_by_label("What is it about?").fill("My invoice")
        await ask(visitor.chat)
        await headed(visitor.chat, "We will call you as soon as possible")
        await expect(visitor.chat.locator(".callback-card")).to_contain_text("You are number 1 in line.")
        alice = await Agent.ready(centre, "alice")
        task = await alice.accept_only_offer()
        await headed(visitor.chat, "Alice is calling you")
        await expect(visitor.chat.locator(".callback-card").get_by_role("status")).to_have_text("Alice is calling you")
        await expect(visitor.chat.get_by_role("button", name="Cancel the call")).to_be_hidden()
        (await alice.post(f"/agent/v1/conversations/{task['conversation_id']}/end")).of(200)
        await headed(visitor.chat, "Thank you for talking with us")
    (made,) = callbacks(centre)
    assert (made.customer.name, made.customer.phone) == ("Ada", "+442079460958")
    assert made.attributes == {"subject": "My invoice"}


async def test_while_somebody_is_there_the_mode_says_what_is_offered(opening: Opening, coming: Coming) -> None:
    chat, callback = "form.composer", ".callback-form"
    centre = await opening(chats=ALWAYS)

    async def seen(mode: str, until: str) -> tuple[Page, Locator]:
        administrator = await Administrator.come(centre)
        channel = {"queue": "support", "allowed_origins": ["*"], "widget": {"mode": mode}}
        (await administrator.configure("channels/web-direct", channel)).of(200)
        page = await coming(centre, until=until)
        return page, page.get_by_role("button", name="Call me back", exact=True)

    for mode in ("live", "auto"):
        _, button = await seen(mode, chat)
        await expect(button).to_be_hidden()
    page, button = await seen("both", chat)
    await button.click()
    await page.get_by_role("button", name="To the chat").click()
    await expect(page.get_by_role("textbox", name="Your message")).to_be_focused()
    page, _ = await seen("callback", callback)
    await expect(page.get_by_role("button", name="To the chat")).to_have_count(0)
    await expect(page.locator(chat)).to_be_hidden()


async def test_a_visitor_who_waits_is_called_instead_and_keeps_the_place(opening: Opening, coming: Coming) -> None:
    centre = await opening(chats=ALWAYS)
    page = await coming(centre, until="form.composer")
    await page.get_by_role("textbox", name="Your message").fill("Is anybody there?")
    await page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Call me back")
    await button.wait_for()
    other = {"name": "Grace", "phone": "+43 660 1234567"}
    (await Caller(centre).post("/customer/v1/callbacks", other)).of(201)
    await button.click()
    await page.get_by_text("You keep your place in the line.").wait_for()
    await fill_in(page)
    await ask(page)
    await headed(page, "We will call you as soon as possible")
    await expect(page.locator(".callback-card")).to_contain_text("You are number 1 in line.")
    await page.get_by_role("button", name="To the chat").click()
    await expect(page.get_by_role("log")).to_contain_text("The conversation has ended.")
    (ended,) = await centre.recorded("ConversationEnded")
    assert isinstance(ended.event, ConversationEnded)
    assert ended.event.reason == "callback_requested"


async def test_a_time_is_chosen_and_shown_by_the_visitors_clock(opening: Opening, coming: Coming) -> None:
    calendar, opens = closed_for_days(3)
    centre = await opening(calendar)
    page = await coming(centre, timezone_id="Asia/Kolkata")
    await fill_in(page)
    await page.get_by_label("At a time of your choice").check()
    await expect(page.get_by_text("Times are those of your time zone: India Standard Time.")).to_be_visible()
    times = page.get_by_label("Time", exact=True)
    assert (await times.locator("option").all_inner_texts())[:2] == ["05:30", "05:45"]
    assert await page.get_by_label("Day", exact=True).locator("option").count() == 12
    await page.get_by_label("Day", exact=True).select_option(index=1)
    await times.select_option(label="13:15")
    await ask(page)
    await headed(page, "We will call you")
    wanted = opens + timedelta(days=1, hours=7, minutes=45)
    await expect(page.locator(".callback-card")).to_contain_text(f"{wanted:%A} {wanted.day} {wanted:%B} at 13:15")
    await expect(page.locator(".callback-card")).to_contain_text("India Standard Time")
    await expect(page.get_by_text("We are not here at the time that you wanted")).to_be_hidden()
    (made,) = callbacks(centre)
    assert parse_instant(made.attributes["wanted_at"]) == wanted


async def test_out_of_hours_the_call_comes_at_the_next_opening(opening: Opening, coming: Coming) -> None:
    calendar, opens = closed_for_days(2)
    page = await coming(await opening(calendar))
    when = f"{opens:%A} {opens.day} {opens:%B} at {opens.astimezone().hour:02}:00"
    await expect(page.get_by_label(f"As soon as we are back: {when}")).to_be_checked()
    await fill_in(page)
    await ask(page)
    await headed(page, "We will call you")
    await expect(page.locator(".callback-card")).to_contain_text(when)


async def test_a_call_that_is_moved_says_so(opening: Opening, coming: Coming) -> None:
    """The hours have changed while the visitor filled the form in."""
    calendar, opens = closed_for_days(3)
    centre = await opening(calendar)
    now = datetime.now(UTC)
    earlier = {"start": format_instant(now), "end": format_instant(now + timedelta(days=1))}
    stale = {"calling_codes": {"GB": "44"}, "openings": [earlier]}
    page = await coming(centre, answers={"**/callback-options*": stale})
    await fill_in(page)
    await page.get_by_label("At a time of your choice").check()
    await ask(page)
    await headed(page, "We will call you")
    await expect(page.get_by_text("We are not here at the time that you wanted")).to_be_visible()
    await expect(page.locator(".callback-card")).to_contain_text(f"{opens:%A} {opens.day} {opens:%B}")


async def test_nobody_is_promised_a_call_that_nobody_makes(opening: Opening, coming: Coming) -> None:
    page = await coming(await opening(NEVER))
    await expect(page.get_by_text("We cannot call anybody at the moment.")).to_be_visible()
    await page.get_by_role("button", name="To the chat").click()
    await expect(page.get_by_role("textbox", name="Your message")).to_be_focused()


async def test_a_number_that_cannot_be_called_is_refused_beside_its_field(opening: Opening, coming: Coming) -> None:
    centre = await opening()
    page = await coming(centre)
    name, number = page.get_by_label("Your name"), page.get_by_label("Phone number")
    await ask(page)
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("Please write your name.")
    await fill_in(page, "020 7946 09580000000")
    await expect(number).not_to_have_attribute("aria-invalid", "true")
    assert await kept_by(page) == []
    await ask(page)
    await expect(number).to_be_focused()
    await expect(number).to_have_attribute("aria-invalid", "true")
    await expect(number).to_have_accessible_description(
        "We cannot call this number. Please check the number and the country."
    )
    await expect(number).to_have_value("020 7946 09580000000")
    assert (await kept_by(page), callbacks(centre)) == ([], [])
    await page.get_by_label("Country").select_option(label="Austria (\u200e+43\u200e)")
    await number.fill("0660 1234567")
    await number.press("Enter")
    await headed(page, "We will call you as soon as possible")
    await expect(page.locator(".callback-card")).to_contain_text("0660 1234567 (Austria)")
    assert [made.customer.phone for made in callbacks(centre)] == ["+436601234567"]


async def test_the_country_follows_a_number_that_is_typed_with_its_code(opening: Opening, coming: Coming) -> None:
    centre = await opening()
    page = await coming(centre)
    country = page.get_by_label("Country")
    await expect(country).to_have_value("GB")
    await fill_in(page, "+43 660 1234567")
    await expect(country).to_have_value("AT")
    await ask(page)
    await headed(page, "We will call you as soon as possible")
    assert [made.customer.phone for made in callbacks(centre)] == ["+436601234567"]


async def test_a_call_is_cancelled_with_two_presses(opening: Opening, coming: Coming) -> None:
    centre = await opening()
    page = await coming(centre)
    await fill_in(page)
    await ask(page)
    await page.get_by_role("button", name="Cancel the call").click()
    await page.get_by_role("button", name="Press again to cancel").click()
    await headed(page, "You have cancelled the call")
    (ended,) = await centre.recorded("ConversationEnded")
    assert isinstance(ended.event, ConversationEnded)
    assert ended.event.reason == "cancelled"
    kept = await page.evaluate("Object.values(localStorage)")
    assert [json.loads(text) for text in kept] == [{"channel": "callback", "over": "cancelled"}]
    await page.reload()
    await headed(page, "You have cancelled the call")
    await page.get_by_role("button", name="Ask for another call").click()
    await headed(page, "We call you back")
    assert await kept_by(page) == []


async def test_the_state_of_a_call_survives_a_reload(opening: Opening, coming: Coming) -> None:
    calendar, _ = closed_for_days(2)
    centre = await opening(calendar)
    page = await coming(centre)
    await fill_in(page)
    await ask(page)
    await headed(page, "We will call you")
    words = await page.locator(".callback-card").inner_text()
    await page.reload()
    await headed(page, "We will call you")
    assert await page.locator(".callback-card").inner_text() == words
    await page.get_by_role("button", name="To the chat").click()
    await page.get_by_role("button", name="Call me back").click()
    await headed(page, "We will call you")
    assert len(callbacks(centre)) == 1


async def test_a_call_is_asked_for_once_although_answers_are_lost_and_the_page_is_left(
    opening: Opening, coming: Coming
) -> None:
    """The server has taken the request each time, and the browser does not learn of it."""
    centre = await opening()
    page = await coming(centre)
    lost = 0

    async def lose(route: Route) -> None:
        nonlocal lost
        lost += 1
        await route.fetch()
        await route.abort()

    await page.route("**/customer/v1/callbacks", lose)
    await fill_in(page)
    await ask(page)
    await expect(page.get_by_text("No connection.")).to_be_visible()
    await eventually(lambda: lost >= 2)
    await page.unroute_all(behavior="ignoreErrors")
    await page.reload()
    await headed(page, "We will call you as soon as possible")
    await expect(page.locator(".callback-card")).to_contain_text("You are number 1 in line.")
    assert len(callbacks(centre)) == 1


async def test_tabs_of_one_site_have_the_same_call(opening: Opening, coming: Coming) -> None:
    centre = await opening()
    first = await coming(centre)
    second = await first.context.new_page()
    await second.goto(first.url)
    await headed(second, "We call you back")
    await fill_in(first)
    await ask(first)
    await headed(second, "We will call you as soon as possible")
    await second.get_by_role("button", name="Cancel the call").click()
    await second.get_by_role("button", name="Press again to cancel").click()
    await headed(first, "You have cancelled the call")
    await first.get_by_role("button", name="Ask for another call").click()
    await headed(second, "We call you back")
    assert len(callbacks(centre)) == 1


async def test_nothing_of_a_call_is_left_for_the_next_visitor(opening: Opening, browser: Browser) -> None:
    centre = await opening()
    async with open_host_site(centre.url) as site, open_visitor(browser, site) as visitor:
        await visitor.come()
        await visitor.launcher.click()
        await fill_in(visitor.chat)
        await visitor.page.evaluate("hybridchat.reset()")
        await expect(visitor.chat.get_by_label("Phone number")).to_have_value("")
        await fill_in(visitor.chat)
        await ask(visitor.chat)
        await headed(visitor.chat, "We will call you as soon as possible")
        await visitor.page.evaluate("hybridchat.reset()")
        await headed(visitor.chat, "We call you back")
        await expect(visitor.chat.get_by_label("Phone number")).to_have_value("")
        (frame,) = visitor.page.frames[1:]
        assert [key for key in await frame.evaluate("Object.keys(localStorage)") if "callback" in key] == []
    assert len(callbacks(centre)) == 1


async def test_a_browser_that_keeps_nothing_shows_the_call_until_the_page_is_left(
    opening: Opening, coming: Coming
) -> None:
    centre = await opening()
    denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })"
    page = await coming(centre, script=denied)
    await fill_in(page)
    await ask(page)
    await expect(page.get_by_text("Your browser keeps nothing: this page forgets the call")).to_be_visible()
    await page.get_by_role("button", name="To the chat").click()
    await page.get_by_role("button", name="Call me back").click()
    await headed(page, "We will call you as soon as possible")
    assert len(callbacks(centre)) == 1


async def test_the_form_comes_as_soon_as_there_is_a_connection(opening: Opening, browser: Browser) -> None:
    centre = await opening()
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.route("**/customer/v1/callback-options*", lambda route: route.abort())
    await page.goto(f"{centre.url}/widget/frame?channel=web-direct")
    await expect(page.locator(".callback").get_by_role("status")).to_contain_text("No connection.")
    await page.unroute_all(behavior="ignoreErrors")
    await headed(page, "We call you back")
    await context.close()


async def test_a_call_is_asked_for_and_cancelled_by_keyboard_alone(opening: Opening, coming: Coming) -> None:
    centre = await opening()
    page = await coming(centre)
    keyboard = page.keyboard
    await expect(page.get_by_role("heading", level=2)).to_be_focused()
    for typed in ("Ada", None, "+43 660 1234567"):  # the country follows the number
        await keyboard.press("Tab")
        if typed:
            await keyboard.type(typed)
    await keyboard.press("Tab")
    await keyboard.press("ArrowDown")
    await expect(page.get_by_label("At a time of your choice")).to_be_checked()
    await keyboard.press("Tab")
    await keyboard.press("ArrowDown")
    await expect(page.get_by_label("Day", exact=True)).not_to_have_value("0")
    await keyboard.press("Tab")
    await expect(page.get_by_label("Time", exact=True)).to_be_focused()
    await keyboard.press("Tab")
    await keyboard.type("My invoice")
    await keyboard.press("Enter")
    await headed(page, "We will call you")
    await expect(page.get_by_role("heading", level=2)).to_be_focused()
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await keyboard.press("Enter")
    await headed(page, "You have cancelled the call")
    await expect(page.get_by_role("heading", level=2)).to_be_focused()
    (made,) = callbacks(centre)
    assert parse_instant(made.attributes["wanted_at"]) > datetime.now(UTC)


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small phone"])
async def test_the_callback_is_accessible_and_fits(opening: Opening, coming: Coming, size: ViewportSize) -> None:
    calendar, _ = closed_for_days(2)
    page = await coming(await opening(calendar), viewport=size)
    await is_accessible(page)
    await page.get_by_label("At a time of your choice").check()
    await ask(page)
    await expect(page.get_by_text("Please write your name.")).to_be_visible()
    await is_accessible(page)
    await fill_in(page)
    await ask(page)
    await headed(page, "We will call you")
    await is_accessible(page)
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def is_accessible(page: Page) -> None:
    """Axe finds nothing in the page, be it light or dark."""
    async for theme in both_themes(page):
        assert await violations_in(page) == [], theme


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ar", "سنعاود الاتصال بك"),
        ("de", "Wir rufen Sie zurück"),
        ("es", "Le devolvemos la llamada"),
        ("fr", "Nous vous rappelons"),
    ],
)
async def test_the_callback_speaks_the_visitors_language(
    opening: Opening, coming: Coming, language: str, heading: str
) -> None:
    calendar, _ = closed_for_days(2)
    page = await coming(await opening(calendar), locale=language, viewport=SMALL_PHONE)
    await headed(page, heading)
    assert await violations_in(page) == []
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
