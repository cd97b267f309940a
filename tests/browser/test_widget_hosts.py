"""The widget on websites of all kinds: those that exchange their page, hold it in frames, or take the widget away."""

import pytest
from playwright.async_api import expect

from tests.browser.host_site import HostSite, Visiting, Visitor, widget_script
from tests.browser.serving import customers_texts, posted, served_by, write
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually

pytestmark = pytest.mark.asyncio(loop_scope="package")

COUNTING = """<script>
  const kept = new Set();
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const counted = [window, document, document.documentElement, visualViewport];
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    if (counted.includes(target)) {
      const entry = [target, type, listener];
      kept.add(entry);
      options?.signal?.addEventListener("abort", () => kept.delete(entry));
    }
    return add.call(target, type, listener, options);
  };
  const timers = new Set();
  for (const [set, clear, repeats] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval", true]]) {
    const [begin, end] = [window[set], window[clear]];
    window[set] = (work, ...rest) => {
      const id = begin((...given) => { if (!repeats) timers.delete(id); work(...given); }, ...rest);
      timers.add(id);
      return id;
    };
    window[clear] = (id) => { timers.delete(id); end(id); };
  }
  window.left = () => [...[...kept].map(([target, type]) => `${target} ${type}`), ...timers];
</script>"""


def frames_asked_for(visitor: Visitor) -> int:
    return sum(path.startswith("/widget/frame?") for path in visitor.asked)


async def talking(visiting: Visiting, words: str) -> Visitor:
    visitor = await visiting()
    await visitor.open()
    await visitor.write(words)
    await expect(visitor.sending).to_have_count(0)
    return visitor


async def goes_on(centre: Centre, visitor: Visitor, words: str) -> None:
    """The visitor and an agent write to each other."""
    await visitor.write(f"{words}, still here")
    await expect(visitor.sending).to_have_count(0)
    assert customers_texts(centre, posted(centre, words)[0].stream) == [words, f"{words}, still here"]
    async with served_by(centre, words) as (agent, path):
        await write(agent, path, "So am I")
        await expect(visitor.log).to_contain_text("So am I")


async def test_a_page_that_exchanges_its_body_leaves_the_chat_as_it_is(chat_centre: Centre, visiting: Visiting) -> None:
    words = "A body for a body"
    visitor = await talking(visiting, words)
    await visitor.page.evaluate("document.body.replaceWith(document.createElement('body'))")
    await goes_on(chat_centre, visitor, words)
    assert frames_asked_for(visitor) == 1


async def test_a_page_that_removes_the_chat_has_it_again_where_it_was(chat_centre: Centre, visiting: Visiting) -> None:
    words = "Everything exchanged"
    visitor = await talking(visiting, words)
    await visitor.page.evaluate(
        "document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'))"
    )
    await expect(visitor.log).to_contain_text(words)
    await goes_on(chat_centre, visitor, words)


async def test_the_chat_goes_on_on_the_next_page(chat_centre: Centre, shop: HostSite, visiting: Visiting) -> None:
    words = "From page to page"
    visitor = await talking(visiting, words)
    shop.address += "next"
    await visitor.come()
    await visitor.open()
    await expect(visitor.log).to_contain_text(words)
    await goes_on(chat_centre, visitor, words)


async def test_a_page_that_is_put_away_follows_nothing_and_goes_on_when_it_is_come_back_to(
    chat_centre: Centre, visiting: Visiting
) -> None:
    """The browser of these tests keeps no page to come back to. The frame is given the events of one that does."""
    words = "There and back"
    visitor = await talking(visiting, words)
    await visitor.field.fill("half a sentence")
    stream = posted(chat_centre, words)[0].stream
    await chat_centre.followed(stream)
    await announce(visitor, "pagehide")
    await eventually(lambda: chat_centre.services.hub.follower_count(stream) == 0)
    async with served_by(chat_centre, words) as (agent, path):
        await write(agent, path, "While you were away")
        await announce(visitor, "pageshow")
        await expect(visitor.log).to_contain_text("While you were away")
        await expect(visitor.field).to_have_value("half a sentence")
        await visitor.field.press("Enter")
        await expect(visitor.sending).to_have_count(0)
    assert customers_texts(chat_centre, stream) == [words, "half a sentence"]
    assert frames_asked_for(visitor) == 1


async def announce(visitor: Visitor, event: str) -> None:
    await visitor.page.frames[1].evaluate(f"dispatchEvent(new PageTransitionEvent('{event}', {{ persisted: true }}))")


@pytest.mark.parametrize("allows", ["both", "the inner one alone"])
async def test_a_page_in_a_frame_has_the_chat_if_all_around_it_may_have_it(
    chat_centre: Centre, shop: HostSite, visiting: Visiting, allows: str
) -> None:
    outer, inner = shop.address, shop.address.replace("localhost", "inner.localhost")
    channel = f"nested-{'both' if allows == 'both' else 'inner'}"
    origins = [inner.rstrip("/"), outer.rstrip("/")] if allows == "both" else [inner.rstrip("/")]
    administrator = await Administrator.come(chat_centre)
    body = {"queue": "support", "allowed_origins": origins}
    (await administrator.configure(f"channels/{channel}", body)).of(201)
    shop.pages["/around"] = f'<!doctype html><title>Around</title><iframe src="{inner}" width=800 height=700></iframe>'
    shop.script = widget_script(shop.chat, channel=channel)
    shop.address = f"{outer}around"
    visitor = await visiting()
    await visitor.page.clock.install()
    await visitor.come()
    site = visitor.page.frame_locator("iframe")
    await site.get_by_role("button", name="Chat").click()
    if allows == "both":
        field = site.frame_locator("iframe").get_by_role("textbox")
        await field.fill("From a frame in a frame")
        await field.press("Enter")
        await eventually(lambda: posted(chat_centre, "From a frame in a frame"))
    else:
        await visitor.page.clock.fast_forward(6_000)
        await expect(site.get_by_role("button", name="No connection")).to_be_visible()
        visitor.faults.clear()  # the browser says why


async def test_a_chat_that_does_not_come_says_so_in_words_and_comes_when_it_is_tried_again(
    chat_centre: Centre, shop: HostSite, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.page.clock.install()
    await visitor.page.context.route("**/widget/frame?*", lambda route: route.abort())
    await visitor.come()
    await visitor.launcher.click()
    await visitor.page.clock.fast_forward(6_000)
    retry = visitor.page.get_by_role("button", name="No connection")
    await expect(retry).to_be_visible()
    await expect(visitor.page.locator("iframe")).to_be_hidden()
    await visitor.page.get_by_role("button", name="\N{MULTIPLICATION SIGN}").click()
    await expect(retry).to_be_hidden()
    await visitor.launcher.click()
    await visitor.page.context.unroute("**/widget/frame?*")
    await retry.click()
    await visitor.write("Here at last")
    await eventually(lambda: posted(chat_centre, "Here at last"))
    await expect(retry).to_be_hidden()
    visitor.faults.clear()


async def test_a_channel_that_does_not_exist_is_said_in_words_of_the_pages_language(
    shop: HostSite, visiting: Visiting
) -> None:
    shop.language = "de"
    shop.script = widget_script(shop.chat, channel="nowhere")
    visitor = await visiting()
    await visitor.page.clock.install()
    await visitor.come()
    await visitor.launcher.click()
    await visitor.page.clock.fast_forward(6_000)
    await expect(visitor.page.get_by_role("button", name="Keine Verbindung")).to_be_visible()
    visitor.faults.clear()  # the browser reports the frame that it does not show


async def test_destroy_leaves_nothing_and_the_widget_may_come_again(shop: HostSite, visiting: Visiting) -> None:
    shop.head = COUNTING
    visitor = await visiting()
    await visitor.launcher.wait_for()
    await visitor.open()
    nodes = "document.querySelectorAll('*').length"
    before = await visitor.page.evaluate(nodes)
    assert await visitor.page.evaluate("left()") != []
    await visitor.page.evaluate("hybridchat('destroy')")
    assert await visitor.page.evaluate("left()") == []
    assert await visitor.page.evaluate(nodes) == before - 1
    assert await visitor.page.evaluate("typeof hybridchat") == "undefined"
    await visitor.page.add_script_tag(url=f"{shop.chat}/widget/v1.js")
    await visitor.page.evaluate("hybridchat('start', { channel: 'web-direct' })")
    await visitor.open()


async def test_a_second_start_and_an_unknown_command_are_warned_of(shop: HostSite, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.launcher.wait_for()
    await visitor.page.evaluate("hybridchat('start', { channel: 'web' })")
    await visitor.page.evaluate("hybridchat('opem')")
    await visitor.page.add_script_tag(url=f"{shop.chat}/widget/v1.js")
    already = "hybridchat: the widget is on this page already"
    assert visitor.faults == [already, "hybridchat: there is no command opem", already]
    visitor.faults.clear()
    assert await visitor.page.locator("button[part=launcher]").count() == 1
