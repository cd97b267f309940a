"""An agent who is added under the name of a removed one inherits nothing."""

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PASSWORD = "eleven quiet harbours"


async def replace_alice(centre: Centre) -> Agent:
    """Removes Alice and adds another Alice, who logs in."""
    root = await Agent.log_in(centre, "root")
    (await root.call("DELETE", "/admin/v1/agents/alice")).of(204)
    assert (await root.put("/admin/v1/agents/alice", {"name": "Alice the Second"})).status in (200, 201)
    body = {"username": "alice", "password": "demo"}
    (await Caller(centre).post("/agent/v1/login", body)).problem(401, "invalid_credentials")
    (await root.put("/admin/v1/agents/alice/password", {"password": PASSWORD})).of(204)
    body = {"username": "alice", "password": PASSWORD}
    return Agent(centre, (await Caller(centre).post("/agent/v1/login", body)).of(200))


async def served_by(centre: Centre, agent: Agent) -> Customer:
    customer = await Customer.start(centre, text="My order 4711 is late")
    await agent.accept_only_offer()
    return customer


async def test_no_session_or_token(centre: Centre) -> None:
    former = await Agent.log_in(centre)
    await replace_alice(centre)
    (await former.get("/agent/v1/me")).problem(401, "session_ended")
    answer = await Caller(centre).post("/agent/v1/refresh", {"refresh_token": former.refresh_token})
    answer.problem(401, "invalid_refresh_token")


async def test_no_conversation(centre: Centre) -> None:
    former = await Agent.ready(centre)
    customer = await served_by(centre, former)
    (await former.end(customer)).of(200)
    alice = await replace_alice(centre)
    (await alice.get(f"/agent/v1/conversations/{customer.id}")).problem(403, "not_participant")
    assert (await alice.get("/agent/v1/conversations")).of(200)["conversations"] == []
    assert (await alice.me())["conversations"] == []


async def test_no_events_of_the_feed(centre: Centre) -> None:
    former = await Agent.ready(centre)
    await served_by(centre, former)
    alice = await replace_alice(centre)
    assert (await alice.get("/agent/v1/events")).of(200)["events"] == []
    async with alice.follow() as feed:
        assert (await feed.next())["type"] == "AgentLoggedIn"


async def test_but_sees_what_comes_later(centre: Centre) -> None:
    former = await Agent.ready(centre)
    customer = await served_by(centre, former)
    alice = await replace_alice(centre)
    await alice.go("ready")
    await alice.accept_only_offer()
    (await alice.get(f"/agent/v1/conversations/{customer.id}")).of(200)
    types = [event["type"] for event in (await alice.get("/agent/v1/events?limit=1000")).of(200)["events"]]
    assert types.count("TaskAccepted") == 1
