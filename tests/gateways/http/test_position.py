"""The answer to a write names a position of the journal."""

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_the_position_includes_what_was_written(centre: Centre) -> None:
    agent = await Agent.ready(centre)
    customer = await Customer.start(centre)
    await agent.accept_only_offer()

    posted = await agent.write(customer, "Hello")

    position = int(posted.headers["Hybridchat-Position"])
    records = centre.services.journal.read_all(0, position)
    assert any(posted.of(201)["message_id"].encode() in record.data for record in records)


async def test_the_answer_to_a_change_of_the_configuration_names_its_position(centre: Centre) -> None:
    answer = await (await Administrator.come(centre)).configure("queues/vip", {"mrd": "chat"})
    assert int(answer.headers["Hybridchat-Position"]) == centre.services.journal.last_position()


async def test_the_answer_to_a_read_names_no_position(centre: Centre) -> None:
    answer = await (await Agent.ready(centre)).get("/agent/v1/me")
    assert "Hybridchat-Position" not in answer.headers


async def test_answers_to_customers_name_no_position(centre: Centre) -> None:
    posted = await (await Customer.start(centre)).write("Hello")
    assert "Hybridchat-Position" not in posted.headers
