"""The passwords of agents, without HTTP."""

import pytest

from gateways.agents.passwords import change_password, set_password
from gateways.agents.sessions import log_in, open_session, refresh_session
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import refused, serve, types

pytestmark = pytest.mark.asyncio


async def test_a_new_password_ends_the_sessions_and_is_the_only_one(services: Services) -> None:
    await set_password(services, "alice", "correct horse", "agent:root")
    session = await open_session(services, "alice")
    await set_password(services, "alice", "battery staple", "agent:root")
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, session.refresh_token)
    with refused(services, RefusalCode.INVALID_CREDENTIALS):
        await log_in(services, "alice", "correct horse", "192.0.2.1")
    assert (await log_in(services, "alice", "battery staple", "192.0.2.1")).agent.agent_id == "alice"


async def test_a_password_of_an_unknown_agent_is_refused(services: Services) -> None:
    with refused(services, RefusalCode.NOT_FOUND):
        await set_password(services, "nobody", "correct horse", "agent:root")
    assert "nobody" not in services.accounts.with_password()


async def test_a_new_password_ends_the_shift_that_the_old_one_began(services: Services) -> None:
    conversation_id = await serve(services)
    await set_password(services, "alice", "correct horse", "agent:root")
    assert services.agents.view("alice").state == "logged_out"
    assert "AgentLeft" in types(services, conversation_id)


async def test_an_agent_changes_the_own_password(services: Services) -> None:
    await set_password(services, "alice", "correct horse", "agent:root")
    old = await open_session(services, "alice")
    with refused(services, RefusalCode.INVALID_CREDENTIALS):
        await change_password(services, "alice", "wrong", "battery staple", "192.0.2.1")
    new = await change_password(services, "alice", "correct horse", "battery staple", "192.0.2.1")
    assert not services.accounts.sessions.is_active(old.session_id)
    assert services.accounts.sessions.is_active(new.session_id)
    assert (await log_in(services, "alice", "battery staple", "192.0.2.1")).agent.agent_id == "alice"
