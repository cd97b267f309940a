"""The widget on a bad network: without one, on a slow one, on one that dies without a word, and with a wrong clock.

The browser's clock stands still in most of these tests: what happens then, happens at once and not after a pause.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.host_site import Visiting, Visitor
from tests.browser.serving import customers_texts, posted, served_by, write
from tests.gateways.centre import Centre, eventually

pytestmark = pytest.mark.asyncio(loop_scope="package")

FEED = re.compile(r"/customer/v1/conversations/[0-9a-f-]+/events\?after=")


def feeds(visitor: Visitor) -> int:
    """How often the feed was asked for."""
    return sum(bool(FEED.match(path)) for path in visitor.asked)


def trouble(visitor: Visitor) -> Locator:
    return visitor.chat.get_by_text("No connection. What you write will be sent.")


async def talking(visiting: Visiting, words: str) -> Visitor:
    """A visitor who has written these words, and in whose browser time stands still from then on."""
    visitor = await visiting()
    await visitor.page.clock.install()
    await visitor.come()
    await visitor.open()
    await visitor.write(words)
    await expect(visitor.sending).to_have_count(0)
    await expect(visitor.chat.get_by_text(re.compile("You are number|A person will come"))).to_be_visible()
    await visitor.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))
    await eventually(lambda: feeds(visitor) == 1)
    return visitor


async def test_the_loss_of_the_network_is_shown_after_two_seconds_and_what_was_written_is_sent_at_once_when_it_is_back(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await talking(visiting, "Network 0")
    await visitor.page.context.set_offline(True)
    for number in (1, 2):
        await visitor.write(f"Network {number}")
    await expect(visitor.sending).to_have_count(2)
    await visitor.page.clock.run_for(1_900)
    await expect(trouble(visitor)).to_be_hidden()
    await visitor.page.clock.run_for(200)
    await expect(trouble(visitor)).to_be_visible()
    await visitor.page.context.set_offline(False)
    await expect(visitor.sending).to_have_count(0)
    await expect(trouble(visitor)).to_be_hidden()
    stream = posted(chat_centre, "Network 0")[0].stream
    assert customers_texts(chat_centre, stream) == [f"Network {number}" for number in range(3)]
    async with served_by(chat_centre, "Network 0"):
        await expect(visitor.log).to_contain_text("has joined.")


async def test_a_short_loss_of_the_network_is_not_worth_a_word(visiting: Visiting) -> None:
    visitor = await talking(visiting, "A tunnel")
    await visitor.page.context.set_offline(True)
    await visitor.page.clock.run_for(1_500)
    await visitor.page.context.set_offline(False)
    await eventually(lambda: feeds(visitor) >= 2)
    await visitor.write("Out of the tunnel")
    await expect(visitor.sending).to_have_count(0)
    await visitor.page.clock.run_for(10_000)
    await expect(trouble(visitor)).to_be_hidden()


@pytest.mark.parametrize("event", ["visibilitychange", "pageshow"])
async def test_a_page_that_is_seen_again_tries_at_once(visiting: Visiting, event: str) -> None:
    visitor = await talking(visiting, f"Seen again by {event}")
    messages = "**/customer/v1/conversations/*/messages"
    await visitor.page.route(messages, lambda route: route.abort())
    async with visitor.page.expect_event("requestfailed"):
        await visitor.write("Held up")
    await visitor.page.unroute(messages)
    await expect(visitor.sending).to_have_count(1)
    target = "document" if event == "visibilitychange" else "window"
    await visitor.page.frames[1].evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
    await expect(visitor.sending).to_have_count(0)


async def test_a_feed_that_is_silent_for_too_long_is_asked_for_anew(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "A silent feed")
    await visitor.page.clock.run_for(35_000)
    assert feeds(visitor) == 1
    await visitor.page.clock.run_for(15_000)
    await eventually(lambda: feeds(visitor) == 2)
    async with served_by(chat_centre, "A silent feed") as (agent, path):
        await write(agent, path, "I am still here")
        await expect(visitor.log).to_contain_text("I am still here")


async def test_messages_go_once_and_in_order_over_a_slow_network(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    session = await visitor.debugging()
    slow = {"offline": False, "latency": 300, "downloadThroughput": 6_000, "uploadThroughput": 3_000}
    await session.send("Network.emulateNetworkConditions", slow)
    for number in range(4):
        await visitor.write(f"Slowly {number}")
    await expect(visitor.sending).to_have_count(4)
    await expect(visitor.sending).to_have_count(0)
    stream = posted(chat_centre, "Slowly")[0].stream
    assert customers_texts(chat_centre, stream) == [f"Slowly {number}" for number in range(4)]
    async with served_by(chat_centre, "Slowly") as (agent, path):
        await write(agent, path, "Slow but sure")
        await expect(visitor.log).to_contain_text("Slow but sure")


@pytest.mark.parametrize("days", [-1, 1], ids=["a day slow", "a day fast"])
async def test_a_wrong_clock_changes_neither_order_nor_times(
    chat_centre: Centre, visiting: Visiting, days: int
) -> None:
    words = f"A clock that is {days} days wrong"
    visitor = await visiting(timezone_id="UTC")
    await visitor.page.clock.install(time=datetime.now(UTC) + timedelta(days=days))
    await visitor.come()
    await visitor.open()
    await visitor.write(f"{words}: 0")
    await expect(visitor.sending).to_have_count(0)
    await visitor.come()
    await visitor.page.clock.set_system_time(datetime.now(UTC) - timedelta(days=days))
    await visitor.open()
    for number in (1, 2):
        await visitor.write(f"{words}: {number}")
    await expect(visitor.sending).to_have_count(0)
    stream = posted(chat_centre, words)[0].stream
    assert customers_texts(chat_centre, stream) == [f"{words}: {number}" for number in range(3)]
    assert await visitor.bubbles() == [f"{words}: {number}" for number in range(3)]
    at = datetime.fromisoformat(posted(chat_centre, words)[0].at)
    await expect(visitor.log.locator(".state").first).to_have_text(at.strftime("%H:%M"))


async def test_an_expired_token_is_renewed_for_what_is_sent_and_for_the_feed(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Before a week's absence")
    await expect(visitor.sending).to_have_count(0)
    stream = posted(chat_centre, "Before a week's absence")[0].stream
    conversation_id = stream.removeprefix("conversation-")
    expired = chat_centre.services.tokens.issue("customer", conversation_id, 1_700_000_000, 60)
    await with_token(visitor, expired)
    await visitor.come()
    await visitor.open()
    await visitor.write("After a week's absence")
    await expect(visitor.sending).to_have_count(0)
    assert customers_texts(chat_centre, stream) == ["Before a week's absence", "After a week's absence"]
    async with served_by(chat_centre, "Before a week's absence"):
        await expect(visitor.log).to_contain_text("has joined.")


async def test_a_server_that_was_restored_from_before_is_followed_from_the_beginning(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Known to both")
    await expect(visitor.sending).to_have_count(0)

    async def ahead(route: Route) -> None:
        await route.continue_(url=f"{route.request.url}000")

    await visitor.page.route("**/events?after=*", ahead, times=1)
    await visitor.page.frames[1].evaluate("dispatchEvent(new Event('online'))")
    await eventually(lambda: feeds(visitor) >= 3)
    async with served_by(chat_centre, "Known to both") as (agent, path):
        await write(agent, path, "From the beginning")
        await expect(visitor.log).to_contain_text("From the beginning")
        assert await visitor.bubbles() == ["Known to both", "From the beginning"]


async def test_a_conversation_that_is_not_there_any_more_is_over_and_keeps_what_was_not_sent(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Before the server forgot")
    await expect(visitor.sending).to_have_count(0)
    await with_token(visitor, "of another server")
    await visitor.write("After the server forgot")
    await expect(visitor.log).to_contain_text("Not sent")
    await expect(visitor.chat.get_by_text("The conversation has ended.")).to_be_visible()
    await visitor.log.get_by_role("button", name="Edit").click()
    await visitor.chat.get_by_role("button", name="Start a new conversation").click()
    await expect(visitor.field).to_have_value("After the server forgot")
    await visitor.field.press("Enter")
    await eventually(lambda: posted(chat_centre, "After the server forgot"))


async def with_token(visitor: Visitor, token: str) -> None:
    """Puts another token in the place of the kept one."""
    await visitor.page.frames[1].evaluate(
        """token => {
          const name = "hybridchat.web-direct";
          localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), token }));
        }""",
        token,
    )
