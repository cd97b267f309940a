"""A bot that answers with nothing, as Rasa does when an action of its fails, loses the conversation in the end."""

from pathlib import Path
from typing import Any

import pytest

from schemas.events import AgentRequested, BotFailed, BotSaidNothing
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Customer
from tests.gateways.connectors.bots.bots import HASTY, StandInBot, replying

pytestmark = pytest.mark.asyncio

ON_PURPOSE = {"custom": {"silent": True}}


async def test_requests_an_agent_at_the_second_silent_turn(centre: Centre, bot: StandInBot) -> None:
    bot.behaviour = replying()
    customer = await Customer.start(centre, "web", text="Hello")
    await centre.recorded("BotSaidNothing")
    assert (await customer.state())["status"] == "with_bot"
    message_id = (await customer.write("Anybody?")).json["message_id"]
    (requested,) = await centre.recorded("AgentRequested")
    first, second = [item.event for item in await centre.recorded("BotSaidNothing", 2)]
    (failed,) = await centre.recorded("BotFailed")
    assert isinstance(first, BotSaidNothing)
    assert first.turns == 1
    assert second == BotSaidNothing(bot="greeter", message_id=message_id, turns=2)
    assert failed.event == BotFailed(bot="greeter", attempts=2, error="the bot answered the customer with nothing")
    assert isinstance(requested.event, AgentRequested)
    assert (requested.event.reason, requested.event.requested_by.type) == ("bot_failed", "system")
    asked = (await centre.recorded("MessagePosted", 2))[1]
    assert requested.record.causation_id == asked.record.event_id
    assert "BotSaidNothing" not in [event["type"] for event in await customer.events()]


async def test_an_answer_between_begins_the_count_anew(centre: Centre, bot: StandInBot) -> None:
    said: dict[str, list[Any]] = {"quiet": [], "loud": [{"text": "Yes?"}]}

    async def behaviour(asked: dict[str, Any]) -> list[Any]:
        return said[asked["message"]]

    bot.behaviour = behaviour
    customer = await Customer.start(centre, "web", text="quiet")
    for text in ("loud", "quiet", "loud", "quiet"):
        await customer.write(text)
    silences = [item.event for item in await centre.recorded("BotSaidNothing", 3)]
    assert [event.turns for event in silences if isinstance(event, BotSaidNothing)] == [1, 1, 1]
    assert (await customer.state())["status"] == "with_bot"


async def test_a_silence_that_is_meant_is_not_counted(centre: Centre, bot: StandInBot) -> None:
    bot.behaviour = replying(ON_PURPOSE)
    customer = await Customer.start(centre, "web", text="Hello")
    await customer.write("I am still typing")
    await bot.asked(2)
    bot.behaviour = replying("Here I am.")
    await customer.write("Now?")
    await centre.recorded("MessagePosted", 4)
    assert centre.types(customer.stream) == ["ConversationStarted", *["MessagePosted"] * 4]


@pytest.mark.parametrize(("turns", "expected"), [(0, 0), (1, 1)])
async def test_the_bot_says_how_many_turns_it_may_be_silent(
    tmp_path: Path, quick_passwords: None, bot: StandInBot, turns: int, expected: int
) -> None:
    bot.behaviour = replying()
    async with open_centre(tmp_path, bot.url, bots={"greeter": {**HASTY, "silent_turns": turns}}) as centre:
        customer = await Customer.start(centre, "web", text="Hello")
        await bot.asked(1)
        bot.behaviour = replying({"custom": {"handoff": True}})
        await customer.write("A person, please")
        await centre.recorded("AgentRequested")
        assert centre.types(customer.stream).count("BotSaidNothing") == expected
        assert centre.types(customer.stream).count("BotFailed") == expected


async def test_silent_turns_are_counted_across_a_restart(
    tmp_path: Path, quick_passwords: None, bot: StandInBot
) -> None:
    bot.behaviour = replying()
    async with open_centre(tmp_path, bot.url, bots={"greeter": HASTY}) as centre:
        customer = await Customer.start(centre, "web", text="Hello")
        await centre.recorded("BotSaidNothing")
    async with open_centre(tmp_path, bot.url, bots={"greeter": HASTY}) as centre:
        again = Customer(centre, {"conversation_id": customer.id, "token": customer.token})
        await again.write("Anybody?")
        (failed,) = await centre.recorded("BotFailed")
        assert isinstance(failed.event, BotFailed)
        assert failed.event.attempts == 2
