"""The position that the answer to a write names."""

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_what_was_written_is_in_the_record_by_then(centre: Centre) -> None:
    agent = await Agent.ready(centre)
    customer = await Customer.start(centre)
    await agent.accept_only_offer()

    posted = await agent.say(customer, "Hello")

    position = int(posted.headers["Hybridchat-Position"])
    records = centre.services.journal.read_all(0, position)
    assert any(posted.of(201)["message_id"].encode() in record.data for record in records)


async def test_configuring_names_it_too(centre: Centre) -> None:
    answer = await (await Administrator.come(centre)).configure("queues/vip", {"mrd": "chat"})
    assert int(answer.headers["Hybridchat-Position"]) == centre.services.journal.last_position()


async def test_reading_names_none(centre: Centre) -> None:
    answer = await (await Agent.ready(centre)).get("/agent/v1/me")
    assert "Hybridchat-Position" not in answer.headers


async def test_customers_are_not_told_how_much_is_recorded(centre: Centre) -> None:
    posted = await (await Customer.start(centre)).say("Hello")
    assert "Hybridchat-Position" not in posted.headers
