"""What bots and agents send beside plain text, as a visitor of a website sees it, answers it and hears it."""

import json
import re
from typing import Any

import msgspec
import pytest
from playwright.async_api import Locator, Route, expect

from gateways.services.asking import ask
from schemas.actors import bot_actor
from schemas.commands import PostBotMessage
from schemas.content import Content
from schemas.identifiers import new_id
from schemas.records import Record, entity_id_of
from schemas.replies import MessageReply
from tests.browser.host_site import HostSite, Visiting, Visitor, widget_script
from tests.browser.inspector import both_themes, violations_in
from tests.browser.serving import posted, served_by
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent
from tests.gateways.uploads import FORM, PDF, PNG, file_part, form

pytestmark = pytest.mark.asyncio(loop_scope="package")

MARKDOWN = (
    "**Bold**, *slanted* and `code`\n\n1. first\n2. second\n\n> quoted\n\n```\nblock\n```\n"
    "[our shop](https://shop.example/a) and [shop.example](https://other.example/b)"
)
BUTTONS = {
    "type": "buttons",
    "text": "What is it about?",
    "buttons": [{"title": "My order", "payload": "order status"}],
}
CARDS = {
    "type": "carousel",
    "text": "In stock:",
    "cards": [
        {
            "title": "Blue mug",
            "text": "Holds **0.4** litres",
            "image_url": "https://shop.example/blue.png",
            "buttons": [{"title": "Order the blue one", "payload": "order blue"}],
        },
        {"title": "Green mug"},
        {"title": "Red mug", "image_url": "http://shop.example/red.png"},
    ],
}
PLACE = {
    "type": "location",
    "latitude": 48.2082,
    "longitude": 16.3738,
    "name": "Our shop",
    "address": "Stephansplatz 1",
}
CONTACT = {
    "type": "contact",
    "name": "Bob",
    "phone": "+43 1 234",
    "email": "bob@example.org",
    "organization": "Repairs",
}
QUESTIONS = {
    "type": "form",
    "title": "Return an item",
    "fields": [
        {"name": "order", "label": "Order number", "required": True},
        {"name": "email", "label": "E-mail", "kind": "email"},
        {"name": "count", "label": "How many?", "kind": "number", "required": True},
        {"name": "day", "label": "Bought on", "kind": "date"},
        {"name": "why", "label": "Why?", "kind": "choice", "options": ["Broken", "Too small"], "required": True},
        {"name": "size", "label": "Which size?", "kind": "choice", "options": ["1", "2", "3", "4", "5", "6", "7"]},
        {"name": "colours", "label": "Which colours?", "kind": "choices", "options": ["Blue", "Green"]},
        {"name": "consent", "label": "You may call me", "kind": "consent", "required": True},
    ],
}
RATING = {"type": "rating", "text": "How was it?", "scale": 10}
EVERYTHING: list[dict[str, Any]] = [
    {"type": "text", "text": MARKDOWN},
    BUTTONS,
    CARDS,
    PLACE,
    CONTACT,
    QUESTIONS,
    {"type": "image", "url": "https://shop.example/blue.png"},
    {"type": "audio", "url": "https://shop.example/words.mp3"},
    {"type": "video", "url": "https://shop.example/film.mp4"},
    {"type": "file", "url": "https://shop.example/manual.pdf"},
]
OF_BOTS: list[dict[str, Any]] = [
    {"type": "notification", "text": "Your order has left us."},
    RATING,
    {"type": "custom", "payload": {"any": 1}},
    {"type": "attachment", "url": "https://shop.example/terms.pdf"},
]


async def post(agent: Agent, path: str, content: dict[str, Any]) -> str:
    message_id: str = (await agent.post(f"{path}/messages", {"content": content})).of(201)["message_id"]
    return message_id


async def attach(agent: Agent, path: str, content: bytes, name: str, media_type: str, **more: Any) -> None:
    """The agent sends a file of the conversation."""
    parts = form(file_part(content, name, media_type))
    kept = (await agent.call("POST", f"{path}/attachments", parts, FORM)).of(201)
    kind = media_type.split("/")[0]
    of_kind = kind if kind in ("image", "audio", "video") else "file"
    await post(agent, path, {"type": of_kind, "attachment_id": kept["attachment_id"], **more})


async def bot_says(centre: Centre, words: str, content: dict[str, Any]) -> None:
    """The bot of the conversation with these words posts of its own accord."""
    stream = posted(centre, words)[0].stream
    decoded: Content = msgspec.convert(content, Content)
    command = PostBotMessage(at=centre.services.clock(), message_id=new_id(), bot="greeter", content=decoded)
    await ask(centre.services, stream, command, bot_actor("greeter"), MessageReply, entity_id_of(stream))


async def talking(visiting: Visiting, words: str, **options: Any) -> Visitor:
    """A visitor who has written these words. The pictures of the shop can be loaded."""
    visitor = await visiting(**options)

    async def picture(route: Route) -> None:
        if "none" in route.request.url:
            await route.fulfill(status=404)
        else:
            await route.fulfill(body=PNG, content_type="image/png")

    await visitor.page.context.route("https://shop.example/*", picture)
    await visitor.open()
    await visitor.write(words)
    await expect(visitor.sending).to_have_count(0)
    return visitor


def content_of(record: Record) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(record.data)["content"]
    return content


def from_customer(centre: Centre, words: str) -> list[Record]:
    """The customers' messages with these words."""
    return [each for each in posted(centre, words) if json.loads(each.data)["sender"]["type"] == "customer"]


def rows(visitor: Visitor) -> Locator:
    return visitor.log.get_by_role("article")


async def test_marks_of_bots_and_agents_are_shown_and_those_of_customers_are_left_as_they_are(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await talking(visiting, "I typed *this* and <b>that</b>")
    async with served_by(chat_centre, "I typed *this*") as (agent, path):
        await post(agent, path, {"type": "text", "text": MARKDOWN + "\n<img src=x onerror=alert(1)>"})
        bubble = visitor.answers.locator(".bubble").last
        await expect(bubble.locator("strong")).to_have_text("Bold")
        await expect(bubble.get_by_role("listitem")).to_have_text(["first", "second"])
        await expect(bubble.locator("pre")).to_have_text("block")
        await expect(bubble.get_by_role("blockquote")).to_have_text("quoted")
        await expect(bubble.get_by_role("link")).to_have_text(["our shop", "shop.example"])
        await expect(bubble).to_contain_text("shop.example (other.example)")
        await expect(bubble).to_contain_text("<img src=x onerror=alert(1)>")
        assert await bubble.locator("img").count() == 0
        assert "I typed *this* and <b>that</b>" in await visitor.bubbles()


async def test_buttons_answer_and_go_when_the_customer_has_written(
    chat_centre: Centre, shop: HostSite, visiting: Visiting
) -> None:
    shop.script = widget_script(shop.chat, channel="web")
    visitor = await talking(visiting, "Buttons of a bot")
    await expect(visitor.answers).to_have_count(1)
    many = [{"title": f"Choice {number}", "payload": ""} for number in range(1, 51)]
    await bot_says(chat_centre, "Buttons of a bot", {"type": "buttons", "text": "Which?", "buttons": many})
    await bot_says(chat_centre, "Buttons of a bot", {"type": "text", "text": "Take your time."})
    choices = visitor.log.get_by_role("button", name=re.compile("^Choice"))
    await expect(choices).to_have_count(10)
    await visitor.log.get_by_role("button", name="40 more").click()
    await expect(choices).to_have_count(50)
    await expect(visitor.log.get_by_role("button", name="Choice 11")).to_be_focused()
    await visitor.log.get_by_role("button", name="Choice 37").click()
    await expect(choices).to_have_count(0)
    await eventually(lambda: from_customer(chat_centre, "Choice 37"))
    assert "payload" not in content_of(from_customer(chat_centre, "Choice 37")[0])


async def test_cards_are_gone_through_by_keyboard_and_by_buttons(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Show me cards")
    async with served_by(chat_centre, "Show me cards") as (agent, path):
        await post(agent, path, CARDS)
        cards = visitor.log.get_by_role("group", name="In stock:")
        for place in ("1 of 3: Blue mug", "2 of 3: Green mug", "3 of 3: Red mug"):
            await expect(cards.get_by_role("group", name=place)).to_be_attached()
        image = cards.locator("img")
        await expect(image).to_have_count(1)
        assert await image.evaluate("image => [image.loading, image.referrerPolicy]") == ["lazy", "no-referrer"]
        await cards.focus()
        await visitor.page.keyboard.press("ArrowRight")
        await eventually_scrolled(cards)
        await visitor.log.get_by_role("button", name="Back").click()
        await visitor.log.get_by_role("button", name="Order the blue one").click()
        await eventually(lambda: from_customer(chat_centre, "Order the blue one"))
        (pressed,) = from_customer(chat_centre, "Order the blue one")
        assert content_of(pressed) == {"type": "text", "text": "Order the blue one", "payload": "order blue"}
        await expect(visitor.log.get_by_role("button", name="Order the blue one")).to_be_visible()
        await expect(visitor.log.locator(".of-customer .bubble").last).to_have_text("Order the blue one")
        await visitor.write("order blue")
        await expect(visitor.sending).to_have_count(0)
        own = visitor.log.locator(".of-customer .bubble")
        await expect(own).to_have_text(["Show me cards", "Order the blue one", "Order the blue one"])


async def eventually_scrolled(cards: Locator) -> None:
    handle = await cards.element_handle()
    assert handle is not None
    frame = await handle.owner_frame()
    assert frame is not None
    await frame.wait_for_function("element => element.scrollLeft > 0", arg=handle)


async def test_a_form_is_filled_in_by_keyboard_alone(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "I want to return it")
    async with served_by(chat_centre, "I want to return it") as (agent, path):
        form_id = await post(agent, path, QUESTIONS)
        card = visitor.log.get_by_role("group", name="Return an item")
        keyboard = visitor.page.keyboard
        await card.get_by_role("textbox", name="Order number").focus()
        await keyboard.press("Enter")
        order = card.get_by_role("textbox", name="Order number")
        await expect(order).to_be_focused()
        await expect(order).to_have_attribute("aria-invalid", "true")
        await expect(order).to_have_accessible_description("Please fill this in.")
        await expect(card.get_by_role("checkbox", name="You may call me")).to_have_accessible_description(
            "Please agree to this to go on."
        )
        for word in ("A-1", "ada@example.org", "2"):
            await keyboard.type(word)
            await keyboard.press("Tab")
        await keyboard.type("12012026")
        await card.get_by_role("radio", name="Broken").focus()
        await keyboard.press("ArrowDown")
        await keyboard.press("Tab")
        await keyboard.type("3")
        await keyboard.press("Tab")
        await keyboard.press("Space")
        await keyboard.press("Tab")
        await keyboard.press("Tab")
        await keyboard.press("Space")
        await keyboard.press("Tab")
        await keyboard.press("Enter")
        await expect(card).to_contain_text("Answered")
        await expect(card.get_by_role("textbox")).to_have_count(0)
        answers = rows(visitor).last
        await expect(answers.locator("dt")).to_contain_text(
            ["Order number", "E-mail", "How many?", "Bought on", "Why?"]
        )
        await expect(answers.locator("dd")).to_contain_text(["A-1", "ada@example.org", "2", "2026", "Too small", "3"])
        await expect(visitor.field.last).to_be_focused()
        await eventually(lambda: posted(chat_centre, '"form_answers"'))
        content = content_of(posted(chat_centre, '"form_answers"')[-1])
        assert content["form_id"] == form_id
        assert content["answers"]["count"] == 2
        assert content["answers"]["colours"] == ["Blue"]
        assert content["answers"]["consent"] is True


async def test_what_is_being_filled_in_stays_when_messages_come(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "A form and a talk")
    async with served_by(chat_centre, "A form and a talk") as (agent, path):
        await post(agent, path, QUESTIONS)
        order = visitor.log.get_by_role("textbox", name="Order number")
        await order.press_sequentially("A-10")
        await post(agent, path, {"type": "text", "text": "Take **your** time."})
        await expect(visitor.log).to_contain_text("Take your time.")
        await visitor.page.keyboard.type("32")
        await expect(order).to_have_value("A-1032")
        await expect(order).to_be_focused()


async def test_files_of_the_conversation_are_fetched_with_its_token_and_shown_from_memory(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await talking(visiting, "Send me the files")
    async with served_by(chat_centre, "Send me the files") as (agent, path):
        await attach(agent, path, PNG, "mug.png", "image/png", text="A mug")
        image = visitor.log.get_by_role("img", name="A mug")
        await expect(image).to_have_attribute("src", re.compile("^blob:"))
        assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
        async with visitor.page.context.expect_page() as opened:
            await image.click()
        tab = await opened.value
        await expect(tab.locator("img")).to_be_visible()
        await attach(agent, path, PDF, "invoice.pdf", "application/pdf")
        await expect(visitor.log.get_by_text("PDF file, 69 bytes")).to_be_visible()
        async with visitor.page.expect_download() as download:
            await visitor.log.get_by_role("button", name="Save invoice.pdf").click()
        saved = await download.value
        assert saved.suggested_filename == "invoice.pdf"
        assert (await saved.path()).read_bytes() == PDF


async def test_a_file_that_cannot_be_fetched_can_be_asked_for_again(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "A picture on a bad day")
    files = re.compile("/attachments/")
    await visitor.page.context.route(files, lambda route: route.fulfill(status=503, json={}))
    async with served_by(chat_centre, "A picture on a bad day") as (agent, path):
        await attach(agent, path, PNG, "mug.png", "image/png")
        await expect(visitor.log).to_contain_text("It cannot be shown now.")
        await visitor.page.context.unroute(files)
        await visitor.log.get_by_role("button", name="Try again").click()
        await expect(visitor.log.get_by_role("img", name="Picture from Carol")).to_be_visible()


async def test_a_score_that_is_asked_for_is_given_at_the_end(
    chat_centre: Centre, shop: HostSite, visiting: Visiting
) -> None:
    shop.script = widget_script(shop.chat, channel="web")
    visitor = await talking(visiting, "Rate the bot")
    await expect(visitor.answers).to_have_count(1)
    await bot_says(chat_centre, "Rate the bot", RATING)
    await visitor.log.get_by_role("button", name="9 of 10").click()
    await expect(visitor.log).to_contain_text("Your score counts when the conversation ends.")
    await visitor.end_the_conversation()
    stream = posted(chat_centre, "Rate the bot")[0].stream
    await eventually(lambda: "ConversationRated" in chat_centre.types(stream))
    assert json.loads(chat_centre.services.journal.read_stream(stream)[-1].data)["score"] == 5
    await expect(visitor.log).to_contain_text("Thank you for your rating.")


async def test_hostile_contents_do_nothing(chat_centre: Centre, shop: HostSite, visiting: Visiting) -> None:
    shop.script = widget_script(shop.chat, channel="web")
    visitor = await talking(visiting, "Hostile contents")
    await expect(visitor.answers).to_have_count(1)
    script = "javascript:document.body.remove()"
    hostile: list[dict[str, Any]] = [
        {"type": "attachment", "url": script},
        {"type": "image", "url": script},
        {"type": "image", "url": "https://shop.example/none.png"},
        {"type": "video", "url": "data:text/html,x"},
        {"type": "file", "url": "http://shop.example/x", "name": "cod\u202efdp.exe"},
        {"type": "text", "text": f"[x]({script}) **" + "[*_" * 1_300},
        {"type": "contact", "name": "<b>x</b>", "phone": script, "email": f"{script}?x@y"},
        {"type": "location", "latitude": 0, "longitude": 0, "name": "x" * 256},
        {"type": "buttons", "buttons": [{"title": "y" * 256, "payload": ""}]},
        {"type": "custom", "payload": "z" * 1_000_000},
    ]
    for content in hostile:
        await bot_says(chat_centre, "Hostile contents", content)
    await expect(rows(visitor)).to_have_count(2 + len(hostile))
    await expect(visitor.log.get_by_text("codfdp.exe")).to_be_visible()
    addresses = await visitor.log.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)")
    assert set(addresses) <= {"https:", "http:", "tel:", "mailto:"}
    assert not await visitor.log.evaluate("log => log.scrollWidth > log.clientWidth")
    assert len(await visitor.log.text_content() or "") < 100_000


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_content_is_accessible_and_fits_a_small_phone(
    chat_centre: Centre, shop: HostSite, visiting: Visiting, language: str
) -> None:
    shop.script = widget_script(shop.chat, channel="web")
    shop.language = language
    shop.direction = "rtl" if language == "ar" else "ltr"
    words = f"Everything in {language}"
    small = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
    visitor = await visiting(**small)
    await visitor.page.locator("button[part=launcher]").click()
    await visitor.write(words)
    await expect(visitor.answers).to_have_count(1)
    for content in [*EVERYTHING, *OF_BOTS]:
        await bot_says(chat_centre, words, content)
    await expect(rows(visitor)).to_have_count(2 + len(EVERYTHING) + len(OF_BOTS))
    await expect(visitor.log.locator("form")).to_be_attached()
    frame = visitor.page.frames[1]
    await frame.evaluate("document.querySelectorAll('.row').forEach(row => row.style.contentVisibility = 'visible')")
    async for theme in both_themes(visitor.page):
        assert await violations_in(frame) == [], theme
    assert not await visitor.log.evaluate("log => log.scrollWidth > log.clientWidth")
    for part in (".log", ".box", ".card.file"):
        direction = f"getComputedStyle(document.querySelector('{part}')).direction"
        assert await frame.evaluate(direction) == shop.direction


async def test_the_end_of_the_log_stays_in_view_when_contents_come_late(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await talking(visiting, "Stay at the end")
    async with served_by(chat_centre, "Stay at the end") as (agent, path):
        for content in (CARDS, QUESTIONS, {"type": "image", "url": "https://shop.example/blue.png"}, BUTTONS):
            await post(agent, path, content)
        await expect(visitor.log.get_by_role("button", name="My order")).to_be_in_viewport()
        await visitor.log.evaluate("log => { log.scrollTop = 0; }")
        await post(agent, path, {"type": "text", "text": "One **more**"})
        await expect(visitor.chat.get_by_role("button", name="1 new below")).to_be_visible()
        assert await visitor.log.evaluate("log => log.scrollTop") == 0


async def test_new_contents_are_read_out_in_words(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Read it to me")
    async with served_by(chat_centre, "Read it to me") as (agent, path):
        await expect(visitor.log).to_contain_text("has joined.")
        said = visitor.chat.locator(".log-area > [role=status]")
        await post(agent, path, {"type": "image", "url": "https://shop.example/blue.png"})
        await expect(said).to_contain_text("Carol: Picture from Carol")
        await post(agent, path, QUESTIONS)
        await expect(said).to_contain_text("Carol: Return an item")
