"""Agents' states, without HTTP."""

import pytest

from gateways.agents.states import report_activity, set_mrd_state, set_state, set_supervised_state
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import agent_types, log_in, principal, refused

pytestmark = pytest.mark.asyncio


async def test_an_agent_changes_the_own_state(services: Services) -> None:
    await log_in(services, "alice")
    assert (await set_state(services, "alice", "ready")).state == "ready"
    assert "AgentStateChanged" in agent_types(services, "alice")
    reply = await set_state(services, "alice", "not_ready", "lunch")
    assert (reply.state, reply.reason) == ("not_ready", "lunch")
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        await set_state(services, "alice", "not_ready", "end_of_shift")
    with refused(services, RefusalCode.LOGGED_OUT):
        await set_state(services, "bob", "not_ready")


async def test_an_agent_changes_the_state_in_one_mrd(services: Services) -> None:
    await log_in(services, "alice")
    await set_state(services, "alice", "ready")
    reply = await set_mrd_state(services, "alice", "chat", "not_ready", "lunch")
    assert reply.mrds["chat"] == "not_ready"
    assert agent_types(services, "alice")[-1] == "AgentMrdStateChanged"
    with refused(services, RefusalCode.UNKNOWN_MRD):
        await set_mrd_state(services, "alice", "email", "ready")
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        await set_mrd_state(services, "alice", "chat", "not_ready", "nonsense")


async def test_reported_activity_is_not_recorded(services: Services) -> None:
    await log_in(services, "alice")
    position = services.journal.last_position()
    await report_activity(services, "alice")
    await report_activity(services, "bob")
    assert services.journal.last_position() == position


async def test_a_supervisor_changes_the_state_of_an_agent(services: Services) -> None:
    await log_in(services, "alice", "root")
    sue = principal(services, "sue")
    assert (await set_supervised_state(services, sue, "alice", "ready")).state == "ready"
    assert (await set_supervised_state(services, sue, "alice", "logged_out", "end_of_shift")).state == "logged_out"
    assert services.journal.read_stream("agent-alice")[-1].actor == "agent:sue"
    with refused(services, RefusalCode.LOGGED_OUT):
        await set_supervised_state(services, sue, "alice", "ready")
    with refused(services, RefusalCode.NOT_SUPERVISED):
        await set_supervised_state(services, sue, "root", "ready")
    with refused(services, RefusalCode.NOT_FOUND):
        await set_supervised_state(services, sue, "nobody", "ready")
    with refused(services, RefusalCode.ROLE_MISSING):
        await set_supervised_state(services, principal(services, "bob"), "alice", "ready")
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        await set_supervised_state(services, sue, "alice", "logged_out", "lunch")
