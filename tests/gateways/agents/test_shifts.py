"""Shifts apart from sessions, without HTTP."""

import pytest

from gateways.agents.sessions import open_session
from gateways.agents.shifts import begin_shift, is_on_shift
from gateways.agents.standings import mrds_of
from gateways.agents.states import set_mrd_state, set_state
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import agent_types, refused

pytestmark = pytest.mark.asyncio


async def test_a_session_begins_no_shift(services: Services) -> None:
    await open_session(services, "alice")
    assert agent_types(services, "alice") == []
    assert not is_on_shift(services, "alice")


async def test_a_shift_begins_not_ready_and_only_once(services: Services) -> None:
    for _ in range(2):
        await begin_shift(services, "alice")
    assert agent_types(services, "alice") == ["AgentLoggedIn"]
    assert services.agents.view("alice").state == "not_ready"


async def test_going_ready_begins_the_shift(services: Services) -> None:
    assert (await set_state(services, "alice", "ready")).state == "ready"
    assert agent_types(services, "alice")[:2] == ["AgentLoggedIn", "AgentStateChanged"]


async def test_going_ready_in_an_mrd_begins_the_shift(services: Services) -> None:
    await set_mrd_state(services, "alice", "chat", "ready")
    assert is_on_shift(services, "alice")


async def test_what_is_refused_begins_no_shift(services: Services) -> None:
    with refused(services, RefusalCode.UNKNOWN_MRD):
        await set_mrd_state(services, "alice", "email", "ready")
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        await set_state(services, "alice", "ready", "nonsense")
    with refused(services, RefusalCode.LOGGED_OUT):
        await set_state(services, "alice", "not_ready")
    with refused(services, RefusalCode.AGENT_REMOVED):
        await begin_shift(services, "nobody")


async def test_an_agent_who_is_not_at_work_is_shown_the_mrds_of_the_next_shift(services: Services) -> None:
    assert [(each.mrd, each.state) for each in mrds_of(services, "alice")] == [
        ("chat", "not_ready"),
        ("callback", "not_ready"),
    ]
    assert mrds_of(services, "nobody") == []
