"""What only Telegram has, in a running server: buttons that go away, files of both sides, and polling."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schemas.content import ImageContent, TextContent
from schemas.events import MessagePosted
from tests.gateways.attachments.positions.pictures import jpeg
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, upload_of
from tests.gateways.connectors.bots.bots import HASTY, StandInBot, replying, serve_bot
from tests.gateways.connectors.channels.telegram.lines import SECRET
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram
from tests.gateways.uploads import FORM, PNG

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[StandInBot]:
    async with serve_bot() as served:
        yield served


@asynccontextmanager
async def _opened(path: Path, telegram: StandInTelegram, bot: StandInBot, **settings: Any) -> AsyncIterator[Centre]:
    """A centre with the channel ``telegram``. Its webhook is set unless it polls."""
    connector = {"type": "telegram", "token": "telegram_token", "base_url": telegram.url, **settings}
    channel = {"kind": "connector", "queue": "support", "bot": "greeter", "connector": connector}
    secrets = {"telegram_token": TOKEN, "telegram_webhook": SECRET}
    sections: dict[str, Any] = {"bots": {"greeter": HASTY}, "channels": {"telegram": channel}, "secrets": secrets}
    async with open_centre(path, bot.url, **sections) as centre:
        if settings.get("updates") != "polling":
            telegram.webhook = {"url": f"{centre.url}/connectors/v1/telegram", "secret_token": SECRET}
        try:
            yield centre
        finally:
            telegram.webhook = {}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, telegram: StandInTelegram, bot: StandInBot) -> AsyncIterator[Centre]:
    async with _opened(tmp_path, telegram, bot, webhook_secret="telegram_webhook") as opened:
        yield opened


def _posted(centre: Centre, sender: str = "customer") -> list[MessagePosted]:
    events = [item.event for item in centre.committed]
    return [event for event in events if isinstance(event, MessagePosted) and event.sender.type == sender]


def _texts(telegram: StandInTelegram) -> list[str]:
    return [sent.parameters.text for sent in telegram.sent if sent.method == "sendMessage"]


async def test_a_pressed_button_tells_the_bot_and_goes_away(
    centre: Centre, telegram: StandInTelegram, bot: StandInBot
) -> None:
    buttons = [{"title": "Yes, please", "payload": "/order{}"}, {"title": "No", "payload": "/no"}]
    bot.behaviour = replying({"text": "Tea?", "buttons": buttons})
    telegram.write("Hello")
    await telegram.until(lambda: telegram.keyboards)
    bot.behaviour = replying("Here it comes")
    keys = telegram.sent[0].parameters.reply_markup.inline_keyboard
    assert [[key.text for key in row] for row in keys] == [["Yes, please"], ["No"]]
    telegram.deliveries = 3
    telegram.press(telegram.sent[0], keys[0][0].callback_data)
    await telegram.until(lambda: _texts(telegram) == ["Tea?", "Here it comes"] and not telegram.pending)
    await telegram.until(lambda: not telegram.keyboards and not telegram.waiting_presses)
    assert telegram.notices == ["Yes, please"]
    assert bot.messages == ["Hello", "/order{}"]
    assert [event.content for event in _posted(centre)][1:] == [TextContent("Yes, please", "/order{}")]


async def test_a_customer_s_picture_becomes_an_attachment(centre: Centre, telegram: StandInTelegram) -> None:
    small, large = telegram.file(b"thumbnail"), telegram.file(jpeg())
    telegram.message(photo=[small, large], caption="Look")
    telegram.write("Nice?")
    await eventually(lambda: len(_posted(centre)) == 2)
    picture, words = (event.content for event in _posted(centre))
    assert isinstance(picture, ImageContent)
    assert (picture.media_type, picture.text) == ("image/jpeg", "Look")
    assert picture.attachment_id is not None
    assert isinstance(words, TextContent)


async def test_a_file_that_telegram_does_not_give_leaves_words(centre: Centre, telegram: StandInTelegram) -> None:
    telegram.message(video=telegram.file(b"", 30_000_000, file_name="party.mp4"), caption="From yesterday")
    await eventually(lambda: _posted(centre))
    content = _posted(centre)[0].content
    assert isinstance(content, TextContent)
    assert content.text == "[video party.mp4: the file is larger than 20 MB]\nFrom yesterday"


async def test_an_agent_s_file_is_uploaded(centre: Centre, telegram: StandInTelegram, bot: StandInBot) -> None:
    bot.behaviour = replying({"custom": {"handoff": True}})
    telegram.write("A person, please")
    alice = await Agent.ready(centre)
    await centre.recorded("TaskOffered")
    await alice.accept_only_offer()
    (view,) = centre.services.conversations
    path = f"/agent/v1/conversations/{view.conversation_id}"
    uploaded = (await alice.post(f"{path}/attachments", upload_of(PNG, "plan.png", "image/png"), **FORM)).of(201)
    content = {"type": "image", "attachment_id": uploaded["attachment_id"], "text": "The way"}
    (await alice.post(f"{path}/messages", {"content": content})).of(201)
    await telegram.until(lambda: telegram.sent)
    [sent] = telegram.sent
    assert (sent.method, sent.parameters.caption) == ("sendPhoto", "The way")
    assert sent.file is not None
    assert (sent.file.name, sent.file.media_type, sent.file.content) == ("plan.png", "image/png", PNG)


async def test_a_server_that_polls_loses_and_doubles_nothing_through_a_restart(
    tmp_path: Path, telegram: StandInTelegram, bot: StandInBot
) -> None:
    async with _opened(tmp_path, telegram, bot, updates="polling") as centre:
        telegram.write("one")
        await telegram.until(lambda: _texts(telegram) == ["You said: one"])
        telegram.write("two")
        await telegram.until(lambda: _texts(telegram) == ["You said: one", "You said: two"])
    telegram.write("three")
    async with _opened(tmp_path, telegram, bot, updates="polling") as centre:
        telegram.write("four")
        await telegram.until(lambda: not telegram.pending)
        await telegram.until(lambda: _texts(telegram)[2:] == ["You said: three", "You said: four"])
        assert [event.content for event in _posted(centre)] == [TextContent("three"), TextContent("four")]


async def test_a_customer_who_blocks_the_bot_is_shown_as_out_of_reach(
    centre: Centre, telegram: StandInTelegram
) -> None:
    telegram.write("Hello")
    await telegram.until(lambda: telegram.sent)
    telegram.block()
    await telegram.until(lambda: not telegram.pending)
    (view,) = centre.services.conversations
    assert view.attributes["unreachable"] == "The customer has blocked the bot on Telegram."
    telegram.unblock()
    await telegram.until(lambda: not telegram.pending)
    (view,) = centre.services.conversations
    assert not view.attributes.get("unreachable")


async def test_an_agent_hears_that_a_bot_cannot_write_to_who_never_wrote_to_it(
    centre: Centre, telegram: StandInTelegram
) -> None:
    alice = await Agent.on_shift(centre)
    words = {"type": "text", "text": "Your parcel is here"}
    outbound = {"channel": "telegram", "customer": {"id": "5559999"}, "content": words}
    async with alice.follow(await alice.position()) as feed:
        started = (await alice.post("/agent/v1/conversations", outbound)).of(201)
        receipt = (await feed.until("ReceiptRecorded"))["data"]
    assert (receipt["message_id"], receipt["status"]) == (started["message_id"], "failed")
    assert receipt["detail"]
    assert telegram.sent == []
