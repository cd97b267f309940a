"""What the widget keeps in a browser that allows it for each website, in one that allows nothing, and in two tabs."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.host_site import HostSite, Visiting, Visitor, open_visitor
from tests.browser.serving import customers_texts, posted, served_by, write
from tests.gateways.centre import Centre, eventually

pytestmark = pytest.mark.asyncio(loop_scope="package")

MESSAGES = "**/customer/v1/conversations/*/messages"


async def kept_by(visitor: Visitor) -> list[str]:
    """The names of what the chat keeps, and of its cookies."""
    names: list[str] = await visitor.page.frames[1].evaluate("Object.keys(localStorage).sort()")
    return [*names, *(str(cookie.get("name")) for cookie in await visitor.page.context.cookies())]


async def loses_messages(visitor: Visitor) -> None:
    await visitor.page.context.route(MESSAGES, lambda route: route.abort())


async def has_its_network_again(visitor: Visitor) -> None:
    await visitor.page.context.unroute(MESSAGES)


@pytest.mark.parametrize("is_first_party", [False, True], ids=["on another site", "on the chat's own site"])
async def test_messages_and_a_draft_survive_a_reload_in_the_middle_of_a_send(
    chat_centre: Centre, shop: HostSite, visiting: Visiting, is_first_party: bool
) -> None:
    words = f"Reloaded, {is_first_party}"
    if is_first_party:
        shop.address = f"{chat_centre.url}/"
    visitor = await visiting()
    await visitor.open()
    await visitor.write(f"{words}: 0")
    await expect(visitor.sending).to_have_count(0)
    await loses_messages(visitor)
    for number in (1, 2):
        await visitor.write(f"{words}: {number}")
    await expect(visitor.sending).to_have_count(2)
    await visitor.field.press_sequentially("not yet")
    await has_its_network_again(visitor)
    await visitor.come()
    await visitor.open()
    await expect(visitor.field).to_have_value("not yet")
    await expect(visitor.sending).to_have_count(0)
    stream = posted(chat_centre, words)[0].stream
    assert customers_texts(chat_centre, stream) == [f"{words}: {number}" for number in range(3)]
    assert [each for each in await visitor.bubbles() if words in each] == [f"{words}: {number}" for number in range(3)]


async def test_nothing_is_kept_before_the_visitor_writes_nor_after_a_new_beginning(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await expect(visitor.chat.get_by_text("We are here and reply soon.")).to_be_visible()
    assert await kept_by(visitor) == []
    await visitor.write("Kept until the new beginning")
    await expect(visitor.sending).to_have_count(0)
    assert await kept_by(visitor) == ["hybridchat.web-direct", "hybridchat.web-direct/seen"]
    await visitor.end_the_conversation()
    await visitor.chat.get_by_role("button", name="Start a new conversation").click()
    await expect(visitor.log).not_to_contain_text("Kept until")
    assert await kept_by(visitor) == []


async def test_an_ended_conversation_is_kept_for_a_day(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Kept for a day")
    await expect(visitor.sending).to_have_count(0)
    await visitor.end_the_conversation()
    now = datetime.now(UTC)
    await visitor.page.clock.install(time=now + timedelta(hours=23))
    await visitor.come()
    await visitor.launcher.click()
    await expect(visitor.log).to_contain_text("Kept for a day")
    await visitor.page.clock.set_system_time(now + timedelta(hours=25))
    await visitor.come()
    await visitor.open()
    assert await kept_by(visitor) == []
    await expect(visitor.log).not_to_contain_text("Kept for a day")


async def test_each_website_has_a_chat_of_its_own(chat_centre: Centre, shop: HostSite, users_browser: Browser) -> None:
    async with open_visitor(users_browser, shop) as visitor:
        await visitor.come()
        await visitor.open()
        await visitor.write("Only on this site")
        await eventually(lambda: posted(chat_centre, "Only on this site"))
        shop.address = shop.address.replace("localhost", "other.localhost")
        await visitor.come()
        await visitor.open()
        await expect(visitor.log).to_contain_text("Hello!")
        await expect(visitor.log).not_to_contain_text("Only on this site")


async def test_a_browser_that_keeps_nothing_says_so_and_sends_all_the_same(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting(keeping=False)
    await visitor.open()
    notice = visitor.chat.get_by_text("Your browser keeps nothing")
    await expect(notice).to_be_hidden()
    for number in range(3):
        await visitor.write(f"Refused storage {number}")
    await expect(visitor.sending).to_have_count(0)
    await expect(notice).to_be_visible()
    stream = posted(chat_centre, "Refused storage")[0].stream
    assert customers_texts(chat_centre, stream) == [f"Refused storage {number}" for number in range(3)]
    await visitor.come()
    await visitor.open()
    await expect(visitor.log).not_to_contain_text("Refused storage")
    await visitor.write("Another start")
    await eventually(lambda: posted(chat_centre, "Another start"))
    assert posted(chat_centre, "Another start")[0].stream != stream


async def test_two_tabs_that_begin_at_once_share_one_conversation(chat_centre: Centre, visiting: Visiting) -> None:
    first = await visiting()
    await first.open()
    second = await first.in_another_tab()
    await loses_messages(first)
    under_way: set[Route] = set()
    most = 0

    async def count(route: Route) -> None:
        nonlocal most
        under_way.add(route)
        most = max(most, len(under_way))
        response = await route.fetch()
        under_way.remove(route)
        await route.fulfill(response=response)

    await has_its_network_again(first)
    await first.page.context.route(MESSAGES, count)
    await asyncio.gather(*(write_in(tab, f"Two tabs, {name}") for tab, name in ((first, "one"), (second, "other"))))
    for tab in (first, second):
        await expect(tab.log.get_by_text("Two tabs")).to_have_count(10)
        await expect(tab.sending).to_have_count(0)
    assert len({record.stream for record in posted(chat_centre, "Two tabs")}) == 1
    texts = customers_texts(chat_centre, posted(chat_centre, "Two tabs")[0].stream)
    for name in ("one", "other"):
        assert [each for each in texts if f", {name} " in each] == [f"Two tabs, {name} {number}" for number in range(5)]
    for tab in (first, second):
        assert await tab.bubbles() == texts
    assert most == 1


async def write_in(tab: Visitor, words: str) -> None:
    for number in range(5):
        await tab.write(f"{words} {number}")


async def test_what_one_tab_could_not_send_another_sends(chat_centre: Centre, visiting: Visiting) -> None:
    first = await visiting()
    await first.open()
    await first.write("Left behind 0")
    await expect(first.sending).to_have_count(0)
    await first.page.route(MESSAGES, lambda route: route.abort())
    await first.write("Left behind 1")
    second = await first.in_another_tab()
    await expect(second.log.get_by_text("Left behind")).to_have_count(2)
    await expect(second.sending).to_have_count(0)
    await expect(first.sending).to_have_count(0)
    (stream,) = {record.stream for record in posted(chat_centre, "Left behind")}
    assert customers_texts(chat_centre, stream) == ["Left behind 0", "Left behind 1"]


async def test_the_end_and_a_new_beginning_in_one_tab_are_seen_in_the_other(
    chat_centre: Centre, visiting: Visiting
) -> None:
    first = await visiting()
    await first.open()
    await first.write("The old conversation")
    await expect(first.sending).to_have_count(0)
    second = await first.in_another_tab()
    await expect(second.log).to_contain_text("The old conversation")
    await second.end_the_conversation()
    await expect(first.log).to_contain_text("The conversation has ended.")
    await first.chat.get_by_role("button", name="Start a new conversation").click()
    await expect(second.log).not_to_contain_text("The old conversation")
    await first.write("The new conversation")
    await expect(second.log).to_contain_text("The new conversation")
    await second.write("From the other tab")
    await expect(first.log).to_contain_text("From the other tab")
    await expect(second.sending).to_have_count(0)
    new = posted(chat_centre, "The new conversation")[0].stream
    assert customers_texts(chat_centre, new) == ["The new conversation", "From the other tab"]
    assert posted(chat_centre, "The old conversation")[0].stream != new


async def test_what_is_read_in_one_tab_is_not_new_in_the_other(chat_centre: Centre, visiting: Visiting) -> None:
    first = await visiting()
    await first.open()
    await first.write("Read in two tabs")
    await eventually(lambda: posted(chat_centre, "Read in two tabs"))
    second = await first.in_another_tab()
    await expect(second.log).to_contain_text("Read in two tabs")
    for tab in (first, second):
        await tab.page.keyboard.press("Escape")
    async with served_by(chat_centre, "Read in two tabs") as (agent, path):
        await write(agent, path, "Good morning")
        for tab in (first, second):
            await expect(tab.page.get_by_role("button", name="Chat, 1 new message")).to_be_visible()
        await second.open()
        for tab in (first, second):
            await expect(tab.page.get_by_role("button", name="Chat", exact=True)).to_be_visible()
        await write(agent, path, "How are you?")
        await expect(second.log).to_contain_text("How are you?")
        await expect(first.chat.locator(".bubble").last).to_have_text("How are you?")
        await expect(first.page.get_by_role("button", name="Chat", exact=True)).to_be_visible()


async def test_a_draft_is_there_in_another_tab_until_it_is_sent_in_one(visiting: Visiting) -> None:
    first = await visiting()
    await first.open()
    await first.field.press_sequentially("half a sen")
    await first.page.frames[1].wait_for_function("() => localStorage.length > 0")
    second = await first.in_another_tab()
    await expect(second.field).to_have_value("half a sen")
    await first.field.press_sequentially("tence")
    await expect(second.field).to_have_value("half a sentence")
    await first.field.press("Enter")
    await expect(second.field).to_have_value("")
    third = await first.in_another_tab()
    await third.field.press_sequentially("of its own")
    await expect(second.field).to_have_value("of its own")
    await second.field.press("Enter")
    await expect(second.log).to_contain_text("of its own")
    await expect(third.field).to_have_value("of its own")
    await third.field.fill("")
    await second.page.close()
    await first.come()
    await first.open()
    await expect(first.field).to_have_value("")


async def test_what_is_being_written_is_gone_with_the_visitor(visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    for words in ("a secret", "another one"):
        await visitor.field.fill(words)
        await visitor.page.evaluate("hybridchat('reset')")
        await expect(visitor.field).to_have_value("")
    assert await kept_by(visitor) == []


async def test_of_the_tabs_that_nobody_sees_one_follows_the_feed(chat_centre: Centre, visiting: Visiting) -> None:
    """A browser opens six connections to a server that speaks HTTP/1.1, for all tabs of a site together."""
    seen = await visiting()
    await seen.page.context.clock.install()
    await seen.come()
    await seen.open()
    await seen.write("Many tabs")
    await expect(seen.sending).to_have_count(0)
    stream = posted(chat_centre, "Many tabs")[0].stream
    followers = chat_centre.services.hub.follower_count
    hidden = []
    for _ in range(6):
        hidden.append(await seen.in_another_tab())
        await expect(hidden[-1].log).to_contain_text("Many tabs")
        await become(hidden[-1], "hidden")
    await seen.page.context.clock.fast_forward(6_000)
    await eventually(lambda: followers(stream) == 2)
    await seen.write("Is anybody there?")
    await expect(seen.sending).to_have_count(0)
    for tab in hidden[:3]:
        await tab.page.close()
    await eventually(lambda: followers(stream) == 2)
    await become(hidden[5], "visible")
    await expect(hidden[5].log).to_contain_text("Is anybody there?")


async def become(tab: Visitor, state: str) -> None:
    await tab.page.frames[1].evaluate(
        """state => {
          Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )
