"""What a page may ask of the widget and hears of it, and what a channel's configuration makes of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from schemas.records import Record
from tests.browser.host_site import HostSite, Visitor, open_host_site, open_visitor, widget_script
from tests.browser.inspector import violations_in
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.identity.signing import PUBLIC_KEY, signed

pytestmark = pytest.mark.asyncio(loop_scope="package")

Visiting = Callable[..., Awaitable[Visitor]]
HEARD = "conversation.started,message,availability,error,agent.joined,conversation.ended,rating,unread,open,close"


@pytest_asyncio.fixture(loop_scope="package")
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def site(centre: Centre) -> AsyncIterator[HostSite]:
    async with open_host_site(centre.url) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def visiting(browser: Browser, site: HostSite) -> AsyncIterator[Visiting]:
    async with AsyncExitStack() as stack:

        async def come(path: str = "", **options: Any) -> Visitor:
            visitor = await stack.enter_async_context(open_visitor(browser, site, **options))
            await visitor.page.goto(site.address + path)
            return visitor

        yield come


async def configure(centre: Centre, site: HostSite, widget: dict[str, Any], **channel: Any) -> None:
    """Has the site show the widget of a channel of its own."""
    administrator = await Agent.log_in(centre, "root")
    body = {"queue": "support", "allowed_origins": ["*"], "widget": widget, **channel}
    answer = await administrator.put("/admin/v1/channels/shop", body)
    assert answer.status in (200, 201), answer.content
    site.script = f'<script async src="{site.chat}/widget/v1.js?channel=shop"></script>'


def started(centre: Centre) -> list[Record]:
    records = centre.services.journal.read_all(0, 100_000)
    return [record for record in records if record.type == "ConversationStarted"]


async def test_the_looks_of_the_launcher_come_with_the_script(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    await configure(centre, site, {"accent": "#ffdd00", "texts": {"title": {"en": "Ask the shop"}}})
    visitor = await visiting()
    await expect(visitor.launcher).to_have_css("background-color", "rgb(255, 221, 0)")
    await expect(visitor.launcher).to_have_css("color", "oklch(0 0 0)")
    assert visitor.asked == ["/widget/v1.js?channel=shop"]
    await visitor.open()
    await expect(visitor.chat.get_by_role("heading", name="Ask the shop")).to_be_visible()
    await expect(visitor.chat.locator(".head")).to_have_css("background-color", "rgb(255, 221, 0)")
    assert await violations_in(visitor.page.frames[1]) == []


async def test_a_visitor_is_invited_once_a_visit_and_not_after_saying_no(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    text = {"en": "May we help?", "de": "Dürfen wir helfen?"}
    await configure(centre, site, {"invitation": {"text": text, "after_seconds": 0.05, "paths": ["/shop/*"]}})
    visitor = await visiting("shop/1", locale="de-DE")
    await expect(visitor.page.get_by_role("status")).to_contain_text("May we help?")  # the page is in English
    await expect(visitor.field).to_have_count(0)
    of_the_site = ("landmark-one-main", "region")
    assert [rule for rule in await violations_in(visitor.page) if rule[0] not in of_the_site] == []
    await visitor.page.reload()
    await expect(visitor.launcher).to_be_visible()
    assert await visitor.page.evaluate("sessionStorage.getItem('hybridchat.shop.invited')") == "1"
    another = await visiting("shop/1")
    await another.page.get_by_role("button", name="Close").click()
    await expect(another.launcher).to_be_focused()
    assert await another.page.evaluate("localStorage.getItem('hybridchat.shop.dismissed')") == "1"


async def test_an_invitation_opens_the_chat(centre: Centre, site: HostSite, visiting: Visiting) -> None:
    site.strict()
    await configure(centre, site, {"invitation": {"text": {"en": "May we help?"}, "after_seconds": 0.05}})
    visitor = await visiting()
    await visitor.page.get_by_role("button", name="May we help?").click()
    await expect(visitor.field).to_be_visible()
    await expect(visitor.page.get_by_role("button", name="May we help?")).to_have_count(0)


async def test_a_launcher_is_there_only_while_the_queue_is_open(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    administrator = await Agent.log_in(centre, "root")
    (await administrator.put("/admin/v1/calendars/never", {"zone": "UTC"})).of(201)
    queue = (await administrator.get("/admin/v1/queues/support")).of(200)
    await configure(centre, site, {"launcher": "open"})
    open_now = await visiting()
    await expect(open_now.launcher).to_be_visible()
    (await administrator.put("/admin/v1/queues/support", {**queue, "calendar": "never"})).of(200)
    closed = await visiting()
    await closed.page.evaluate(
        "new Promise((resolve) => hybridchat.on('availability', ({ open }) => open || resolve()))"
    )
    await expect(closed.launcher).to_be_hidden()


async def test_a_chat_stands_in_the_page_where_the_page_wants_it(site: HostSite, visiting: Visiting) -> None:
    site.script = (
        '<div id="place" style="height: 400px"></div>'
        "<script>window.hybridchat ||= function () { (hybridchat.q ||= []).push(arguments) };"
        'hybridchat("start", { channel: "web-direct", element: document.querySelector("#place") })</script>'
        f'<script async src="{site.chat}/widget/v1.js"></script>'
    )
    visitor = await visiting()
    await visitor.write("In the page")
    await expect(visitor.log).to_contain_text("In the page")
    await expect(visitor.launcher).to_be_hidden()
    box = await visitor.page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] == 400


async def test_a_page_hears_what_happens_and_no_words(centre: Centre, site: HostSite, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.page.evaluate(
        "(types) => { window.heard = []; for (const type of types) hybridchat.on(type, (each) => heard.push(each)) }",
        HEARD.split(","),
    )
    await visitor.page.evaluate("hybridchat.ready.then((widget) => widget.open())")
    await visitor.write("A secret of mine")
    await expect(visitor.log).to_contain_text("Sent")
    await eventually(lambda: centre.services.queues.waiting("chat", "support"))
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    await expect(visitor.log).to_contain_text("has joined.")
    await visitor.page.evaluate("hybridchat('end')")
    await expect(visitor.log).to_contain_text("The conversation has ended.")
    await visitor.chat.get_by_role("radio", name="4 of 5").check()
    await visitor.chat.get_by_role("button", name="Send").click()
    await visitor.page.wait_for_function("heard.some(({ type }) => type === 'rating')")
    await visitor.page.evaluate("hybridchat('close')")
    heard = await visitor.page.evaluate("heard")
    types = [each["type"] for each in heard]
    expected = ["open", "conversation.started", "message", "agent.joined", "conversation.ended", "rating", "close"]
    assert [each for each in dict.fromkeys(types) if each in expected] == expected
    assert heard[types.index("rating")]["score"] == 4
    assert "secret" not in str(heard)


async def test_a_start_says_what_the_page_has_said(centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.page.evaluate(
        """() => {
          hybridchat("set", { plan: "gold" });
          hybridchat("set", { basket: 3 });
          hybridchat("page", { url: "https://shop.example/blue", title: "Blue" });
        }"""
    )
    await visitor.open()
    await visitor.write("Hello")
    await eventually(lambda: started(centre))
    for words in (b'"plan":"gold"', b'"basket":3', b'"page_url":"https://shop.example/blue"', b'"page_title":"Blue"'):
        assert words in started(centre)[0].data


async def test_the_language_changes_while_the_chat_goes_on(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Hello")
    await expect(visitor.log).to_contain_text("Hello")
    await visitor.page.evaluate("hybridchat('language', 'de')")
    await expect(visitor.chat.get_by_role("textbox", name="Ihre Nachricht")).to_be_visible()
    await expect(visitor.log).to_contain_text("Hello")
    await visitor.page.evaluate("hybridchat('language', 'ar')")
    await expect(visitor.chat.locator("html")).to_have_attribute("dir", "rtl")


async def test_what_a_page_says_before_the_widget_starts_counts(site: HostSite, visiting: Visiting) -> None:
    site.script = (
        "<script>window.hybridchat ||= function () { (hybridchat.q ||= []).push(arguments) };"
        'hybridchat("language", "de"); hybridchat("theme", "dark"); hybridchat("hide")</script>'
        f"{widget_script(site.chat)}"
    )
    visitor = await visiting()
    await visitor.page.evaluate("hybridchat.open()")
    await expect(visitor.chat.get_by_role("textbox", name="Ihre Nachricht")).to_be_visible()
    await expect(visitor.chat.locator("html")).to_have_attribute("data-scheme", "dark")
    await expect(visitor.page.locator(".launcher")).to_be_hidden()


@pytest.mark.parametrize("sound", [True, False])
async def test_a_new_message_sounds_unless_that_is_off(
    centre: Centre, site: HostSite, visiting: Visiting, sound: bool
) -> None:
    await configure(centre, site, {"sound": sound})
    visitor = await visiting()
    sounds: list[Any] = []
    await visitor.page.expose_binding("sounded", lambda source: sounds.append(source))
    await visitor.page.add_init_script(
        "const start = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (...given) { sounded(); return start.apply(this, given) }"
    )
    await visitor.page.reload()
    await visitor.open()
    await visitor.write("Hello")
    await eventually(lambda: centre.services.queues.waiting("chat", "support"))
    alice = await Agent.ready(centre)
    offer = await alice.accept_only_offer()
    await expect(visitor.log).to_contain_text("has joined.")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.field).to_be_hidden()
    content = {"type": "text", "text": "Hello from Alice"}
    path = f"/agent/v1/conversations/{offer['conversation_id']}/messages"
    (await alice.post(path, {"content": content})).of(201)
    await expect(visitor.page.get_by_role("button", name="Chat, 1 new message")).to_be_visible()
    if sound:
        await eventually(lambda: sounds)
    assert bool(sounds) == sound


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_chat_follows_the_colours_of_the_page(site: HostSite, visiting: Visiting, scheme: str) -> None:
    site.script = widget_script(site.chat, theme="page")
    other = {"light": "dark", "dark": "light"}[scheme]
    visitor = await visiting()
    await visitor.page.evaluate("(scheme) => { document.documentElement.style.colorScheme = scheme }", other)
    await visitor.open()
    await expect(visitor.chat.locator("html")).to_have_attribute("data-scheme", other)
    await visitor.page.evaluate("(scheme) => { document.documentElement.style.colorScheme = scheme }", scheme)
    await expect(visitor.chat.locator("html")).to_have_attribute("data-scheme", scheme)


async def test_a_screen_that_many_people_use_keeps_nothing(centre: Centre, site: HostSite, visiting: Visiting) -> None:
    site.address = site.address.replace("localhost", "127.0.0.1")  # where the browser would allow it
    await configure(centre, site, {"storage": "none"})
    visitor = await visiting()
    await visitor.open()
    await visitor.write("My secret")
    await expect(visitor.log).to_contain_text("My secret")
    await expect(visitor.log.get_by_text("Sending…")).to_have_count(0)
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert await visitor.page.frames[1].evaluate(kept) == "[{},{}]"
    assert await visitor.page.evaluate(kept) == "[{},{}]"
    await visitor.page.reload()
    await visitor.open()
    await expect(visitor.log).not_to_contain_text("My secret")


async def test_a_visitor_who_is_signed_in_goes_on_in_another_browser(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    await configure(centre, site, {}, identity_keys=[PUBLIC_KEY])
    identify = "(token) => hybridchat('identify', async () => token)"
    here = await visiting()
    await here.page.evaluate(identify, signed(name="Ada"))
    await here.open()
    await here.write("Where is my order?")
    await eventually(lambda: started(centre))
    assert b'"verified":true' in started(centre)[0].data
    there = await visiting()
    await there.page.evaluate(identify, signed(name="Ada"))
    await there.open()
    await expect(there.log).to_contain_text("Where is my order?")
    await there.write("I am on my phone now")
    await expect(here.log).to_contain_text("I am on my phone now")
    assert len(started(centre)) == 1
    await there.page.evaluate("hybridchat('reset')")
    await expect(there.log).not_to_contain_text("Where is my order?")


async def test_the_next_one_who_signs_in_sees_nothing_of_the_one_before(
    centre: Centre, site: HostSite, visiting: Visiting
) -> None:
    await configure(centre, site, {}, identity_keys=[PUBLIC_KEY])
    visitor = await visiting()
    await visitor.page.evaluate("(token) => hybridchat('identify', token)", signed())
    await visitor.open()
    await visitor.write("Of the first")
    await expect(visitor.log.get_by_text("Sending…")).to_have_count(0)
    await visitor.page.evaluate("(token) => hybridchat('identify', token)", signed(sub="c-8"))
    await expect(visitor.log).not_to_contain_text("Of the first")
    await visitor.write("Of the second")
    await eventually(lambda: len(started(centre)) == 2)
    assert [b'"c-8"' in record.data for record in started(centre)] == [False, True]


async def test_a_visitor_who_comes_back_sees_the_place_in_the_line(centre: Centre, visiting: Visiting) -> None:
    others = [await Customer.start(centre, text="Before") for _ in range(2)]
    visitor = await visiting()
    await visitor.open()
    await visitor.write("After them")
    await expect(visitor.chat.get_by_text("You are number 3 in line.")).to_be_visible()
    await visitor.page.evaluate("hybridchat('language', 'de')")
    await visitor.page.goto(visitor.page.url)
    await visitor.open()
    await expect(visitor.chat.get_by_text("You are number 3 in line.")).to_be_visible()
    for other in others:
        await other.end()
