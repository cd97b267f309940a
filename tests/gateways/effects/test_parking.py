"""An event that an effect cannot read is parked and told of, and the others go on."""

import asyncio
from collections.abc import Container
from pathlib import Path
from typing import Any

import pytest

from gateways.effects import consumer
from schemas.events import REGISTRY, Event
from schemas.exceptions import UndecodableEventError
from schemas.records import NewRecord, Record
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.connectors.bots.bots import HASTY, Reply, StandInBot, echo

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

BOTS = {"greeter": HASTY}


class PartlyReadable:
    """The registry of the events, which does not decode those at some positions."""

    def __init__(self, unreadable: Container[int]) -> None:
        self._unreadable = unreadable

    def decode(self, record: NewRecord) -> Event:
        if isinstance(record, Record) and record.position in self._unreadable:
            raise UndecodableEventError(f"position {record.position} does not decode")
        return REGISTRY.decode(record)


async def answered(centre: Centre, customer: Customer) -> None:
    """Waits until the bot has answered the customer's only message."""
    await eventually(lambda: centre.types(customer.stream).count("MessagePosted") == 2)


async def tasks_of(centre: Centre) -> Any:
    return (await Caller(centre).get("/readyz")).of(200).get("tasks")


async def test_the_others_go_on_and_it_is_told_until_it_can_be_read(
    tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = asyncio.Event()

    async def silent(_: dict[str, Any]) -> Reply:
        await never.wait()
        return []

    bot.behaviour = silent
    async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
        first, second = [await Customer.start(centre, "web", text=text) for text in ("One", "Two")]
        await bot.asked(2)
        one, _ = [item.record.position for item in await centre.recorded("MessagePosted", 2)]
    bot.behaviour = echo
    bot.bodies.clear()
    parked = {
        "effect bots": {
            "status": "impaired",
            "reason": f"events that could not be read and are parked: 1, the first at position {one}",
        }
    }
    with monkeypatch.context() as patch:
        patch.setattr(consumer, "REGISTRY", PartlyReadable({one}))
        patch.setattr("gateways.effects.parking.REGISTRY", PartlyReadable({one}))
        for _ in range(2):
            async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
                third = await Customer.start(centre, "web", text="Three")
                await answered(centre, second)
                await answered(centre, third)
                assert await tasks_of(centre) == parked
                assert centre.types(first.stream).count("MessagePosted") == 1
    async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
        await answered(centre, first)
        assert centre.types(second.stream).count("MessagePosted") == 2, "nothing is posted twice"
        assert await tasks_of(centre) is None


async def test_an_event_on_which_the_effect_fails_at_once_is_parked_too(
    tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = "gateways.connectors.bots.bot_effect.BotEffect.lane"
    from gateways.connectors.bots.bot_effect import BotEffect

    found = BotEffect.lane

    def failing(self: BotEffect, item: Any) -> str | None:
        if item.record.type == "AgentLoggedIn":
            raise ZeroDivisionError("nobody foresaw this")
        return found(self, item)

    monkeypatch.setattr(lane, failing)
    async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
        await Agent.ready(centre)
        customer = await Customer.start(centre, "web", text="Hello")
        await answered(centre, customer)
        assert "effect bots" in await tasks_of(centre)
