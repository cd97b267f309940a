"""A conversation of a thousand messages in the widget."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from gateways.conversations.posting import post_customer_message
from schemas.posting import PostedText
from tests.browser.host_site import Visiting, Visitor
from tests.browser.serving import customers_texts, posted, served_by, write
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

MANY = 1000
WATCHING = """() => {
  window.rows = document.querySelector(".log > div");
  window.drawn = [...rows.children];
  window.changes = [];
  const count = (records, list) => records.reduce((sum, record) => sum + record[list].length, 0);
  window.watching?.disconnect();
  window.watching = new MutationObserver((all) => {
    const records = all.filter(({ target }) => target === rows);
    changes.push([count(records, "addedNodes"), count(records, "removedNodes"), all.length - records.length]);
  });
  watching.observe(rows, { childList: true, subtree: true, attributes: true });
}"""


async def begun_with(centre: Centre, visitor: Visitor, words: str, count: int) -> str:
    """A conversation with so many messages, and its stream."""
    await visitor.open()
    await visitor.write(f"{words} 0")
    await expect(visitor.sending).to_have_count(0)
    stream = posted(centre, words)[0].stream
    conversation_id = stream.removeprefix("conversation-")
    contents = [PostedText(text=f"{words} {number}") for number in range(1, count)]
    await asyncio.gather(*(post_customer_message(centre.services, conversation_id, each) for each in contents))
    return stream


async def test_a_thousand_messages_are_drawn_in_small_pieces_and_each_row_once(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    stream = await begun_with(chat_centre, visitor, "Of a thousand", MANY)
    watching = asyncio.Event()

    async def hold(route: Route) -> None:
        await watching.wait()
        await route.continue_()

    await visitor.page.route("**/events?after=*", hold)
    await visitor.come()
    await visitor.open()
    frame = visitor.page.frames[1]
    await frame.evaluate(WATCHING)
    watching.set()
    await expect(visitor.log.locator(".bubble")).to_have_count(MANY)
    assert await visitor.bubbles() == customers_texts(chat_centre, stream)
    changes = await frame.evaluate("changes")
    assert sum(added for added, _, _ in changes) <= MANY
    assert max(added for added, _, _ in changes) <= 50
    assert {removed for _, removed, _ in changes} == {0}
    assert await frame.evaluate("document.querySelectorAll('*').length") < 6 * MANY
    await expect(visitor.log.get_by_text(f"Of a thousand {MANY - 1}", exact=True)).to_be_attached()

    async with served_by(chat_centre, "Of a thousand") as (agent, path):
        await expect(visitor.log).to_contain_text("has joined.")
        await frame.evaluate(WATCHING)
        await write(agent, path, "And one")
        await expect(visitor.log.get_by_text("And one")).to_be_in_viewport()
        assert await frame.evaluate("changes") == [[1, 0, 0]]
        assert await frame.evaluate("drawn.every((row, at) => row === rows.children[at])")


async def test_the_last_of_a_long_history_is_in_sight(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    stream = await begun_with(chat_centre, visitor, "Of a hundred", 100)
    await visitor.come()
    await visitor.open()
    last = customers_texts(chat_centre, stream)[-1]
    await expect(visitor.log.get_by_text(last, exact=True)).to_be_in_viewport()
    assert await visitor.chat.locator(".more").is_hidden()
