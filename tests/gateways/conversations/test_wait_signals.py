"""Waiting customers learn on their feeds how their place and the estimated wait change."""

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


async def test_the_feed_of_a_waiting_customer_tells_each_new_place(centre: Centre) -> None:
    before, customer = await Customer.start(centre), await Customer.start(centre)
    async with customer.follow() as feed:
        changed = await feed.until("WaitChanged")
        nobody = {"agents_logged_in": 0}
        assert changed["data"] == {"position": 2, **nobody}, "nobody is there, so that there is no estimate"
        assert not {"version", "position"} & changed.keys()
        (await before.end()).of(200)
        assert (await feed.until("WaitChanged"))["data"] == {"position": 1, **nobody}
        await Agent.ready(centre)
        assert (await feed.until("WaitChanged", agents_logged_in=1))["data"]["estimated_wait_seconds"] == 0.0


async def test_an_agent_who_is_consulted_is_not_waited_for_by_the_customer(centre: Centre) -> None:
    customer = await Customer.start(centre)
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    waiting = await Customer.start(centre)
    async with customer.follow() as feed, waiting.follow() as others:
        await alice.go("not_ready", reason="lunch")
        (await alice.post(alice.path(customer, "consult"), {"to": {"queue": "support"}})).of(200)
        await others.until("WaitChanged", position=2)
        await customer.end()
        while (event := await feed.next())["type"] != "ConversationEnded":
            assert event["type"] != "WaitChanged"
