"""Setting agents' passwords, without HTTP."""

import pytest

from gateways.agents.passwords import set_password
from gateways.agents.sessions import log_in, refresh_session
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import refused

pytestmark = pytest.mark.asyncio

ADDRESS = "192.0.2.1"


async def test_ends_the_sessions_that_were_opened_with_the_old_one(services: Services) -> None:
    await set_password(services, "alice", "old")
    session = await log_in(services, "alice", "old", ADDRESS)
    await set_password(services, "alice", "new")
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, session.refresh_token)
    with refused(services, RefusalCode.INVALID_CREDENTIALS):
        await log_in(services, "alice", "old", ADDRESS)
    assert (await log_in(services, "alice", "new", ADDRESS)).agent.agent_id == "alice"


async def test_is_for_agents_who_are_configured(services: Services) -> None:
    with refused(services, RefusalCode.NOT_FOUND):
        await set_password(services, "nobody", "new")
    assert "nobody" not in services.accounts.with_password()
