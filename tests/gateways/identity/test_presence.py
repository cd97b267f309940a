"""An agent counts as connected while one of the agent's feeds is open."""

from pathlib import Path
from typing import Any

import pytest

from schemas.events import AgentLoggedOut
from tests.gateways.centre import Centre, eventually, open_centre, projected
from tests.gateways.clients import Agent, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

READ_MODELS = ("/inspect/v1/streams", "/inspect/v1/floor", "/reports/v1/live", "/admin/v1/agents")
HASTY: dict[str, Any] = {"presence": {"connection_grace_seconds": 0.05}}


def presence(centre: Centre) -> list[str]:
    return [type_ for type_ in centre.types("agent-alice") if type_ in ("AgentConnected", "AgentDisconnected")]


async def connected(agent: Agent) -> Any:
    return (await agent.me())["connected"]


async def _reading(caller: Agent) -> set[str]:
    """The paths that let the caller read."""
    answers = {path: (await caller.get(path)).status for path in READ_MODELS}
    (await caller.get("/agent/v1/events")).of(200)
    assert (await caller.me())["state"] == "logged_out"
    assert set(answers.values()) <= {200, 403}
    return {path for path, status in answers.items() if status == 200}


async def test_the_first_feed_connects_the_agent_and_the_last_disconnects(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    assert await connected(alice) is False
    async with alice.follow():
        await centre.recorded("AgentConnected")
        assert await connected(alice) is True
        async with alice.event_stream("/agent/v1/events"):
            pass
        async with alice.follow():
            pass
    (disconnected,) = await centre.recorded("AgentDisconnected")
    assert disconnected.record.actor == "agent:alice"
    assert presence(centre) == ["AgentConnected", "AgentDisconnected"]
    async with alice.follow():
        await centre.recorded("AgentConnected", 2)
    assert (await alice.me())["state"] == "ready"


@pytest.mark.parametrize("form", ["websocket", "event_stream"])
async def test_the_first_live_feed_begins_the_shift(centre: Centre, form: str) -> None:
    alice = await Agent.log_in(centre)
    assert centre.types("agent-alice") == []
    path = f"/agent/v1/events?after={await alice.position()}"
    async with alice.web_socket(path) if form == "websocket" else alice.event_stream(path) as feed:
        assert (await feed.next())["type"] == "AgentLoggedIn"
        await centre.recorded("AgentConnected")
        me = await alice.me()
        assert (me["state"], me["reason"], me["connected"]) == ("not_ready", "login", True)
        async with alice.follow():
            pass
    assert centre.types("agent-alice").count("AgentLoggedIn") == 1


async def test_an_agent_acts_as_soon_as_the_feed_is_open(centre: Centre) -> None:
    bob, customer = await Agent.ready(centre, "bob"), await Customer.start(centre)
    await bob.accept_only_offer()
    alice, carol, sue = [await Agent.log_in(centre, name) for name in ("alice", "carol", "sue")]
    async with alice.follow(), carol.follow(), sue.follow():
        assert (await alice.go("not_ready", reason="lunch"))["reason"] == "lunch"
        (await carol.put("/agent/v1/me/mrds/chat/state", {"state": "not_ready"})).of(200)
        (await sue.post(sue.path(customer, "monitor"))).of(200)


async def test_a_lost_connection_ends_the_shift_and_a_new_feed_begins_another(tmp_path: Path) -> None:
    async with open_centre(tmp_path, **HASTY) as centre:
        alice = await Agent.log_in(centre)
        async with alice.follow():
            await centre.recorded("AgentConnected")
        await centre.recorded("AgentLoggedOut")
        async with alice.follow():
            await centre.recorded("AgentConnected", 2)
            assert (await alice.me())["state"] == "not_ready"


async def test_reading_reports_inspecting_and_configuring_begin_no_shift(tmp_path: Path) -> None:
    async with open_centre(tmp_path, reporting={"runner": "thread"}) as centre:
        await projected(centre.services)
        let_in = {name: await _reading(await Agent.log_in(centre, name)) for name in ("alice", "sue", "root")}
        async with (await Agent.log_in(centre, "sue")).event_stream("/inspect/v1/events?after=0") as feed:
            await feed.next()
        begun = [record.type for record in centre.services.journal.read_all() if record.stream.startswith("agent-")]
    assert let_in == {"alice": set(), "sue": {*READ_MODELS}, "root": {*READ_MODELS}}
    assert begun == []


async def test_logging_out_an_agent_who_is_not_at_work_ends_the_sessions(centre: Centre) -> None:
    alice, sue = await Agent.log_in(centre), await Agent.log_in(centre, "sue")
    (await sue.put("/agent/v1/agents/alice/state", {"state": "logged_out"})).of(200)
    (await alice.get("/agent/v1/me")).problem(401, "session_ended")


async def test_reading_pages_of_json_does_not_connect_an_agent(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    (await alice.get("/agent/v1/events")).of(200)
    async with alice.follow():
        await centre.recorded("AgentConnected")
    await centre.recorded("AgentDisconnected")
    (await alice.get("/agent/v1/events")).of(200)
    assert presence(centre) == ["AgentConnected", "AgentDisconnected"]


async def test_an_agents_feed_does_not_report_its_own_connection(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    async with alice.follow(await alice.position()) as feed:
        await centre.recorded("AgentConnected")
        await alice.go("not_ready")
        assert (await feed.next())["type"] == "AgentStateChanged"
    assert "AgentConnected" not in str((await alice.get("/agent/v1/events")).of(200))


async def test_an_agent_who_stays_disconnected_loses_the_tasks_and_keeps_the_session(tmp_path: Path) -> None:
    async with open_centre(tmp_path, **HASTY) as centre:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        async with alice.follow():
            await centre.recorded("AgentConnected")
        (logged_out,) = await centre.recorded("AgentLoggedOut")
        assert logged_out.event == AgentLoggedOut(reason="connection_lost")
        assert (await customer.state())["status"] == "waiting_for_agent"
        assert (await alice.me())["state"] == "logged_out"
        bob = await Agent.ready(centre, "bob")
        assert [offer["conversation_id"] for offer in await bob.offers()] == [customer.id]


async def test_an_agent_who_reconnects_quickly_loses_nothing(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    for _ in range(10):
        async with alice.follow(await alice.position()) as feed:
            await customer.write("Hello")
            await feed.until("MessagePosted")
    assert (await customer.state())["status"] == "with_agent"
    assert (await alice.me())["state"] == "ready"
    async with alice.follow():
        await eventually(lambda: presence(centre)[-1] == "AgentConnected")


async def test_logging_out_ends_every_feed_after_its_reason(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    phone = await Agent.log_in(centre)
    position = await alice.position()
    async with alice.follow(position) as desktop, phone.follow(position) as other:
        await alice.log_out(reason="end_of_shift")
        for feed in (desktop, other):
            assert (await feed.until("AgentLoggedOut"))["data"] == {"reason": "end_of_shift"}
            assert await feed.close_code() == 4003
    assert await eventually_gone(centre)


async def eventually_gone(centre: Centre) -> bool:
    await eventually(lambda: centre.services.hub.listener_count == 0)
    return not centre.services.hub.listens("agent:alice")


async def test_after_a_restart_an_agent_without_a_feed_is_disconnected(tmp_path: Path) -> None:
    async with open_centre(tmp_path) as centre:
        alice = await Agent.ready(centre)
        async with alice.follow() as feed:
            await centre.recorded("AgentConnected")
            centre.services.hub.close()
            assert await feed.close_code() == 1000
        assert presence(centre) == ["AgentConnected"]
    async with open_centre(tmp_path) as centre:
        await eventually(lambda: presence(centre) == ["AgentConnected", "AgentDisconnected"])
        alice = Agent(centre, {"access_token": alice.token, "refresh_token": "", "agent": {"agent_id": "alice"}})
        async with alice.follow():
            await centre.recorded("AgentConnected")
        assert (await alice.me())["state"] == "ready"


async def test_an_idle_agent_is_warned_and_logged_out(tmp_path: Path) -> None:
    async with open_centre(tmp_path, presence={"idle_logout_seconds": 0.5}) as centre:
        alice = await Agent.log_in(centre)
        async with alice.follow() as feed:
            await feed.until("AgentIdleWarned")
            assert (await alice.post("/agent/v1/me/activity")).status == 204
            await feed.until("AgentIdleWarned")
            assert (await feed.until("AgentLoggedOut"))["data"] == {"reason": "idle"}
            assert await feed.close_code() == 4003
        assert centre.types("agent-alice").count("AgentActivityReported") == 1
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")


async def test_activity_of_an_agent_who_is_not_idle_is_not_recorded(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    position = centre.services.journal.last_position()
    for _ in range(3):
        assert (await alice.post("/agent/v1/me/activity")).status == 204
    assert centre.services.journal.last_position() == position
