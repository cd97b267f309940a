"""The passwords of agents, without HTTP."""

import pytest

from gateways.agents.passwords import set_password
from gateways.agents.sessions import log_in, open_session, refresh_session
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import refused

pytestmark = pytest.mark.asyncio


async def test_a_new_password_ends_the_sessions_and_is_the_only_one(services: Services) -> None:
    await set_password(services, "alice", "correct horse")
    session = await open_session(services, "alice")
    await set_password(services, "alice", "battery staple")
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, session.refresh_token)
    with refused(services, RefusalCode.INVALID_CREDENTIALS):
        await log_in(services, "alice", "correct horse", "192.0.2.1")
    assert (await log_in(services, "alice", "battery staple", "192.0.2.1")).agent.agent_id == "alice"


async def test_a_password_of_an_unknown_agent_is_refused(services: Services) -> None:
    with refused(services, RefusalCode.NOT_FOUND):
        await set_password(services, "nobody", "correct horse")
    assert "nobody" not in services.accounts.with_password()
