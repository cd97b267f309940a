"""What agents read of the tasks that are offered to them, before they answer."""

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


async def test_an_offer_shows_the_customer_the_last_lines_and_why(centre: Centre) -> None:
    customer = await Customer.start(
        centre, customer={"name": "Ada", "id": "c-7"}, language="de-AT", attributes={"order": "4711"}
    )
    for number in range(8):
        await customer.write(f"line {number}")
    alice = await Agent.ready(centre)
    (task,), (offer,) = await alice.offers(), (await alice.me())["offers"]
    assert (offer["task_id"], offer["expires_at"]) == (task["task_id"], task["expires_at"])
    assert [line["text"] for line in offer["lines"]] == [f"line {number}" for number in range(2, 8)]
    assert {line["sender"]["type"] for line in offer["lines"]} == {"customer"}
    assert offer["conversation"]["language"] == "de-AT"
    assert offer["conversation"]["channel"] == "web-direct"
    assert (offer["customer"]["name"], offer["attributes"]) == ("Ada", {"order": "4711"})
    assert (offer["decision"]["type"], offer["decision"]["data"]["agent_id"]) == ("TaskOffered", "alice")
    assert "offered to Alice" in offer["decision"]["sentence"]
    assert offer["queued_at"] < offer["decision"]["at"]
    explained = (await alice.get(f"/agent/v1/tasks/{task['task_id']}/explain")).of(200)["decisions"]
    assert offer["decision"] in explained
    assert (await alice.get(f"/agent/v1/tasks/{task['task_id']}/offer")).of(200) == offer


async def test_an_offer_has_the_note_of_the_agent_who_transfers(centre: Centre) -> None:
    alice, customer = await Agent.ready(centre), await Customer.start(centre)
    await alice.accept_only_offer()
    await alice.write(customer, "a long answer " * 50)
    bob = await Agent.on_shift(centre, "bob")
    to = {"to": {"agent": "bob"}, "note": "wants more"}
    await bob.go("ready")
    (await alice.post(alice.path(customer, "transfer"), to)).of(200)
    (offer,) = (await bob.me())["offers"]
    assert offer["note"] == "wants more"
    assert offer["decision"]["data"]["rule"] == "preferred_agent"
    (line,) = offer["lines"]
    assert len(line["text"]) == 500


async def test_the_agent_may_read_the_conversation_and_no_more(centre: Centre) -> None:
    alice, bob = await Agent.ready(centre), await Agent.on_shift(centre, "bob")
    customer = await Customer.start(centre, text="Hello")
    (offer,) = await alice.offers()
    read = (await alice.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    assert "MessagePosted" in [event["type"] for event in read["events"]]
    body = {"content": {"type": "text", "text": "too soon"}}
    (await alice.post(alice.path(customer, "messages"), body)).problem(403, "not_participant")
    (await alice.post(alice.path(customer, "notes"), {"text": "too soon"})).problem(403, "not_participant")
    for path in (f"conversations/{customer.id}", f"tasks/{offer['task_id']}/explain"):
        (await bob.get(f"/agent/v1/{path}")).problem(403, "not_participant")


async def test_an_offer_is_gone_once_it_is_answered(centre: Centre) -> None:
    alice, bob = await Agent.ready(centre), await Agent.on_shift(centre, "bob")
    await Customer.start(centre)
    (offer,) = await alice.offers()
    path = f"/agent/v1/tasks/{offer['task_id']}/offer"
    (await bob.get(path)).problem(409, "offer_gone")
    (await alice.accept(offer["task_id"])).of(200)
    (await alice.get(path)).problem(409, "offer_gone")
    assert (await alice.me())["offers"] == []
    (await alice.get(f"/agent/v1/tasks/{new_id()}/offer")).problem(409, "offer_gone")
    assert centre.services.queues.offer(offer["task_id"]) is None
