"""What fails on this server's side when a bot is asked is parked with the reason, and asked again on demand."""

import pytest

from gateways.connectors.bots.bot_effect import BotEffect
from gateways.outbox.listing import list_deliveries
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Customer
from tests.gateways.connectors.bots.bots import StandInBot

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_a_failed_try_is_parked_and_made_again_on_demand(
    centre: Centre, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("unforeseen")

    outbox = centre.services.outbox
    with monkeypatch.context() as patch:
        patch.setattr(BotEffect, "_call", fail)
        customer = await Customer.start(centre, "web", text="Hello")
        await eventually(lambda: list_deliveries(outbox))
    (parked,) = list_deliveries(outbox)
    assert (parked.effect, parked.target, parked.lane, parked.state) == (
        "bots",
        "bot:greeter",
        customer.stream,
        "parked",
    )
    assert parked.detail == "ZeroDivisionError; the log says more"
    centre.tracebacks.clear()

    await customer.write("Are you there?")
    await bot.asked(1)
    assert outbox.retry(parked.id)
    outbox.runners["bots"].notify([parked.target])
    await bot.asked(2)
    assert bot.messages == ["Are you there?", "Hello"]
    await eventually(lambda: [each.state for each in list_deliveries(outbox)] == ["delivered"])
    assert centre.types(customer.stream).count("MessagePosted") == 4
