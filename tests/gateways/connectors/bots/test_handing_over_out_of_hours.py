"""A bot hands over while the queue is closed: the system tells the customer so, in the conversation's language and in
the words of the channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from actors.engine import Committed
from schemas.content import Sender, TextContent
from schemas.customer_texts import WEEKDAYS
from schemas.events import Event, MessagePosted
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Customer
from tests.gateways.connectors.bots.bots import HASTY, StandInBot, replying
from tests.gateways.hours import NEVER, closed_for_days

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

CLOSED = "Our agents are not here now."


@asynccontextmanager
async def closed_centre(
    data_dir: Path, bot: StandInBot, calendar: dict[str, Any] = NEVER, **channel: Any
) -> AsyncIterator[Centre]:
    """The queue ``support`` is closed, and the bot of the channel ``web`` hands over at once."""
    bot.behaviour = replying({"custom": {"handoff": True}})
    async with open_centre(
        data_dir,
        bot.url,
        bots={"greeter": HASTY},
        calendars={"hours": calendar},
        queues={"support": {"mrd": "chat", "calendar": "hours"}},
        channels={"web": {"queue": "support", "bot": "greeter", **channel}},
    ) as centre:
        yield centre


async def notice(centre: Centre, language: str | None = None) -> str:
    """What the system says to a customer of this language, who asks the bot for a person."""
    spoken = {} if language is None else {"language": language}
    customer = await Customer.start(centre, "web", text="A person, please", **spoken)

    def said() -> list[Committed]:
        return [item for item in centre.committed if item.record.stream == customer.stream and is_of_system(item.event)]

    (found,) = await centre.until(said, 1)
    assert found.record.actor == "system"
    assert isinstance(found.event, MessagePosted)
    assert isinstance(found.event.content, TextContent)
    return found.event.content.text


def is_of_system(event: Event) -> bool:
    return isinstance(event, MessagePosted) and event.sender == Sender("system")


class TestNotice:
    async def test_follows_the_answers_of_the_bot_and_keeps_the_conversation(
        self, tmp_path: Path, bot: StandInBot
    ) -> None:
        async with closed_centre(tmp_path, bot) as centre:
            bot.behaviour = replying({"custom": {"handoff": True}}, "One moment.")
            customer = await Customer.start(centre, "web", text="A person, please")
            posted = [item.event for item in await centre.recorded("MessagePosted", 3)]
            said = [(event.sender, event.content) for event in posted if isinstance(event, MessagePosted)]
            assert said[1:] == [
                (Sender("bot", "greeter"), TextContent("One moment.")),
                (Sender("system"), TextContent(CLOSED)),
            ]
            assert (await customer.state())["status"] == "with_bot"
            assert "AgentRequested" not in centre.types(customer.stream)
            await customer.write("What now?")
            await bot.asked(2)

    @pytest.mark.parametrize("language", [None, "en", "en-GB", "fr"])
    async def test_names_the_opening_in_english(self, tmp_path: Path, bot: StandInBot, language: str | None) -> None:
        calendar, opens = closed_for_days(3)
        async with closed_centre(tmp_path, bot, calendar) as centre:
            weekday = WEEKDAYS["en"][opens.weekday()]
            expected = f"{CLOSED} They are back on {weekday}, {opens:%Y-%m-%d} at 00:00 (UTC)."
            assert await notice(centre, language) == expected

    @pytest.mark.parametrize("language", ["de", "de-AT", "DE-ch-1996"])
    async def test_names_the_opening_in_german(self, tmp_path: Path, bot: StandInBot, language: str) -> None:
        calendar, opens = closed_for_days(3)
        async with closed_centre(tmp_path, bot, calendar) as centre:
            weekday = WEEKDAYS["de"][opens.weekday()]
            opening = f"Es ist ab {weekday}, {opens:%d.%m.%Y}, 00:00 Uhr (UTC) wieder für Sie da."
            assert await notice(centre, language) == f"Unser Team ist gerade nicht da. {opening}"

    @pytest.mark.parametrize(
        ("language", "expected"),
        [(None, "Unser Team ist gerade nicht da."), ("fr", "Unser Team ist gerade nicht da."), ("en", CLOSED)],
    )
    async def test_is_in_the_language_of_the_channel_where_there_is_none_for_the_customer(
        self, tmp_path: Path, bot: StandInBot, language: str | None, expected: str
    ) -> None:
        async with closed_centre(tmp_path, bot, language="de-AT") as centre:
            assert await notice(centre, language) == expected

    async def test_is_in_the_words_of_the_channel(self, tmp_path: Path, bot: StandInBot) -> None:
        calendar, opens = closed_for_days(3)
        own = {
            "en": "Back at {time}, {zone} {weekday}.",
            "de-AT": "Wir sind am {day}.{month}. wieder da, {zeit gibt es nicht",
            "fr": "De retour {weekday}.",
        }
        async with closed_centre(tmp_path, bot, calendar, texts={"out_of_hours": own}) as centre:
            assert await notice(centre) == f"Back at 00:00, UTC {WEEKDAYS['en'][opens.weekday()]}."
            assert await notice(centre, "de-at") == f"Wir sind am {opens:%d.%m}. wieder da, {{zeit gibt es nicht"
            assert (await notice(centre, "de")).startswith("Unser Team ist gerade nicht da.")
            assert await notice(centre, "fr-CA") == f"De retour {WEEKDAYS['fr'][opens.weekday()]}."

    async def test_is_worded_anew_while_the_server_runs(self, tmp_path: Path, bot: StandInBot) -> None:
        async with closed_centre(tmp_path, bot) as centre:
            root = await Administrator.come(centre)
            channel = {"queue": "support", "bot": "greeter"}
            own = {"closed_until_further_notice": {"en": "Nobody is here."}}
            (await root.configure("channels/web", {**channel, "texts": own})).of(200)
            assert (await root.read("channels/web"))["texts"] == own
            assert await notice(centre, "en-US") == "Nobody is here."
            (await root.configure("channels/web", channel)).of(200)
            assert await notice(centre, "en-US") == CLOSED

    @pytest.mark.parametrize(
        ("texts", "path", "fix"),
        [
            (
                {"out_of_hour": {"en": "Closed"}},
                "texts",
                "Invalid enum value 'out_of_hour'; write one of out_of_hours, ",
            ),
            ({"out_of_hours": {"en": "Back at {hour}"}}, "texts.out_of_hours.en", "use {weekday}, {day}, "),
            ({"out_of_hours": {"en": "\u200b"}}, "texts.out_of_hours.en", "Expected a visible character at least"),
        ],
    )
    async def test_cannot_be_worded_with_unknown_names(
        self, tmp_path: Path, bot: StandInBot, texts: dict[str, Any], path: str, fix: str
    ) -> None:
        async with closed_centre(tmp_path, bot) as centre:
            root = await Administrator.come(centre)
            channel = {"queue": "support", "bot": "greeter", "texts": texts}
            details = (await root.configure("channels/web", channel)).problem(422, "invalid_input")
            assert [error.path for error in details.errors] == [path]
            assert fix in details.errors[0].message

    async def test_is_shown_as_of_the_system_to_the_customer_and_to_agents(
        self, tmp_path: Path, bot: StandInBot
    ) -> None:
        async with closed_centre(tmp_path, bot) as centre:
            customer = await Customer.start(centre, "web", text="A person, please", language="de")
            await centre.recorded("MessagePosted", 2)
            events = (await customer.get(f"{customer.path}/events")).of(200)["events"]
            senders = [each["data"]["sender"] for each in events if each["type"] == "MessagePosted"]
            assert senders[1:] == [{"type": "system"}]
            entries = (await customer.get(f"{customer.path}/transcript")).of(200)["entries"]
            assert (entries[-1]["type"], entries[-1]["sender"]["type"]) == ("message", "system")
            text = (await customer.get(f"{customer.path}/transcript?format=text")).content.decode()
            assert "System: Unser Team ist gerade nicht da." in text

    async def test_is_no_message_that_the_bot_is_asked_about(self, tmp_path: Path, bot: StandInBot) -> None:
        async with closed_centre(tmp_path, bot) as centre:
            await notice(centre)
            await notice(centre)
            assert bot.messages == ["A person, please", "A person, please"]


async def test_a_hand_off_to_another_open_queue_succeeds(tmp_path: Path, bot: StandInBot) -> None:
    async with closed_centre(tmp_path, bot) as centre:
        bot.behaviour = replying({"custom": {"handoff": True, "queue": "sales"}})
        customer = await Customer.start(centre, "web", text="A person, please")
        await centre.recorded("AgentRequested")
        assert (await customer.state())["queue"] == "sales"
