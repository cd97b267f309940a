"""Reading along in the chat: the focus, the place in the log, and what a screen reader reads out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Locator, expect

from tests.browser.accessibility_tree import read_out
from tests.browser.host_site import HostSite, Visiting, Visitor
from tests.browser.serving import posted, served_by, write
from tests.gateways.centre import Centre, eventually

pytestmark = pytest.mark.asyncio(loop_scope="package")

FOCUS = """() => {
  let { activeElement: at } = document;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const name = at?.matches("body, div, iframe") ? at.className : at?.textContent;
  return [at?.tagName, name, at?.value ?? null, at?.selectionStart ?? null];
}"""


async def focus_of(visitor: Visitor) -> list[object]:
    """The elements that have the focus in the page and in the chat, with what is written there and the caret."""
    return [await frame.evaluate(FOCUS) for frame in visitor.page.frames]


def announcements(visitor: Visitor) -> Locator:
    return visitor.chat.locator(".log-area [role=status]")


@pytest.mark.parametrize(
    "place", ["the page's search", "the log", "the middle of a message", "the button of an answer"]
)
async def test_the_focus_stays_where_it_is_whatever_comes(
    chat_centre: Centre, shop: HostSite, visiting: Visiting, place: str
) -> None:
    words = f"Focus in {place}"
    visitor = await visiting()
    await visitor.open()
    await visitor.write(words)
    async with served_by(chat_centre, words) as (agent, path):
        buttons = [{"title": "Yes", "payload": "yes"}, {"title": "No", "payload": "no"}]
        content = {"type": "buttons", "text": "May I help?", "buttons": buttons}
        (await agent.post(f"{path}/messages", {"content": content})).of(201)
        answer = visitor.log.get_by_role("button", name="Yes")
        await expect(answer).to_be_visible()
        await visitor.field.fill("half a sentence")
        if place == "the page's search":
            await visitor.page.get_by_label("Search").fill("blue")
        elif place == "the log":
            await visitor.log.focus()
        elif place == "the middle of a message":
            await visitor.field.press("Home")
        else:
            await answer.focus()
        before = await focus_of(visitor)
        (await agent.post(f"{path}/typing", {"active": True})).of(204)
        await expect(visitor.chat.get_by_text("is typing…")).to_be_visible()
        assert await focus_of(visitor) == before
        await write(agent, path, "One more thing")
        await expect(visitor.log).to_contain_text("One more thing")
        assert await focus_of(visitor) == before


async def test_the_focus_stays_on_the_button_of_a_refused_message(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Focus on edit")
    await expect(visitor.sending).to_have_count(0)
    problem = {"code": "conversation_full", "detail": "the conversation is full", "status": 422}
    messages = "**/customer/v1/conversations/*/messages"
    await visitor.page.route(messages, lambda route: route.fulfill(status=422, json=problem))
    await visitor.write("Refused")
    await visitor.log.get_by_role("button", name="Edit").focus()
    before = await focus_of(visitor)
    async with served_by(chat_centre, "Focus on edit") as (agent, path):
        await write(agent, path, "Hello")
        await expect(visitor.log).to_contain_text("Hello")
        assert await focus_of(visitor) == before


async def test_a_visitor_who_reads_above_stays_there_and_sees_how_many_are_new_below(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.open()
    await visitor.write("Long\n" * 60)
    await eventually(lambda: posted(chat_centre, "Long"))
    async with served_by(chat_centre, "Long") as (agent, path):
        await expect(visitor.log).to_contain_text("has joined.")
        await visitor.log.evaluate("log => { log.scrollTop = 5; }")
        for number in range(2):
            await write(agent, path, f"Below {number}")
        await expect(visitor.log).to_contain_text("Below 1")
        assert await visitor.log.evaluate("log => log.scrollTop") == 5
        await visitor.chat.get_by_role("button", name="2 new below").click()
        await expect(visitor.log.get_by_text("Below 1")).to_be_in_viewport()
        await write(agent, path, "At the end")
        await expect(visitor.log.get_by_text("At the end")).to_be_in_viewport()


async def test_a_screen_reader_is_given_speaker_time_and_words_in_order(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting(timezone_id="UTC")
    await visitor.open()
    for number in range(30):
        await visitor.write(f"Question {number}")
    await expect(visitor.sending).to_have_count(0)
    async with served_by(chat_centre, "Question 0") as (agent, path):
        await write(agent, path, "See https://shop.example/blue, please.")
        await expect(visitor.log).to_contain_text("please.")
        lines = await read_out(visitor, "log")
    times = [datetime.fromisoformat(record.at).strftime("%H:%M") for record in posted(chat_centre, "Question")]
    said = [f"You, {at}: Question {number}" for number, at in enumerate(times)]
    assert lines[:30] == [*said[:-1], f"{said[-1]} · Sent"]
    assert lines[30] == "Carol has joined."
    assert re.fullmatch(r"Carol, \d\d:\d\d: See \[link https://shop\.example/blue\] , please\.", lines[31])


async def test_new_messages_are_read_out_joined_once_a_second_and_only_counted_when_they_are_many(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting()
    await visitor.page.clock.install()
    await visitor.come()
    await visitor.open()
    await visitor.write("Read out")
    await expect(visitor.sending).to_have_count(0)
    await visitor.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))
    await expect(announcements(visitor)).to_have_text("")
    async with served_by(chat_centre, "Read out") as (agent, path):
        await expect(visitor.log).to_contain_text("has joined.")
        await write(agent, path, "One")
        await expect(visitor.log).to_contain_text("One")
        await expect(announcements(visitor)).to_have_text("")
        await visitor.page.clock.run_for(1_000)
        await expect(announcements(visitor)).to_have_text(re.compile(r"^(\w+) has joined\. \1: One$"))
        for words in ("Two", "Three", "Four", "Five"):
            await write(agent, path, words)
        await expect(visitor.log).to_contain_text("Five")
        await visitor.page.clock.run_for(1_000)
        await expect(announcements(visitor)).to_have_text("4 new messages")
        await visitor.write("My own")
        await expect(visitor.sending).to_have_count(0)
        await visitor.page.clock.run_for(2_000)
        await expect(announcements(visitor)).to_have_text("4 new messages")
        await visitor.come()
        await visitor.open()
        await expect(visitor.log).to_contain_text("My own")
        await visitor.page.clock.run_for(2_000)
        await expect(announcements(visitor)).to_have_text("")
