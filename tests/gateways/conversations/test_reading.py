"""Conversations that have left the live view are read from the journal."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from projections import ConversationDirectory
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Centre]:
    """A centre whose live view keeps the last two ended conversations."""
    monkeypatch.setattr("projections.live.views.ConversationDirectory", partial(ConversationDirectory, 2))
    async with open_centre(tmp_path) as opened:
        yield opened


async def ended(centre: Centre, count: int) -> list[Customer]:
    customers = [await Customer.start(centre, text=str(number)) for number in range(count)]
    for customer in customers:
        await customer.end()
    return customers


async def listed(agent: Agent, query: str = "") -> list[str]:
    page = (await agent.get(f"/agent/v1/conversations?{query}")).of(200)
    return [conversation["conversation_id"] for conversation in page["conversations"]]


async def test_the_live_view_holds_open_and_recently_ended_conversations(centre: Centre) -> None:
    sue = await Agent.log_in(centre, "sue")
    still_open = await Customer.start(centre)
    customers = await ended(centre, 5)
    assert await listed(sue) == [customers[4].id, customers[3].id, still_open.id]


async def test_conversations_outside_the_live_view_are_answered_in_the_same_way(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, text="Hello")
    await alice.accept_only_offer()
    await alice.note(customer, "noted")
    await alice.end(customer)
    path = f"/agent/v1/conversations/{customer.id}"
    at_hand = [await customer.state(), (await alice.get(path)).of(200)]
    transcript = (await customer.get(f"{customer.path}/transcript")).of(200)
    await alice.go("not_ready")
    await ended(centre, 3)
    assert centre.services.conversations.get(customer.id) is None
    assert [await customer.state(), (await alice.get(path)).of(200)] == at_hand
    assert (await customer.get(f"{customer.path}/transcript")).of(200) == transcript
    (await customer.write("again")).problem(409, "conversation_ended")
    (await customer.post(f"{customer.path}/typing", {"active": True})).problem(409, "conversation_ended")
    bob = await Agent.log_in(centre, "bob")
    (await bob.get(path)).problem(403, "not_participant")


async def test_a_page_begins_after_a_conversation_outside_the_live_view(centre: Centre) -> None:
    sue = await Agent.log_in(centre, "sue")
    first = await Customer.start(centre)
    gone = await Customer.start(centre)
    await Customer.start(centre)
    await gone.end()
    await ended(centre, 2)
    assert centre.services.conversations.get(gone.id) is None
    assert await listed(sue, f"after={gone.id}") == [first.id]
