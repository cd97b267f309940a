"""Setting agents' passwords."""

import asyncio

from gateways.exceptions import RefusedError
from gateways.feeds.hub import feed_owner
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["set_password"]


async def set_password(services: Services, agent_id: str, password: str) -> None:
    """Ends the agent's sessions: a person who knew the old password does not go on. Raises RefusedError when no such
    agent is configured."""
    _require_configured(services, agent_id)
    async with services.accounts.hashing:
        await asyncio.to_thread(services.accounts.set_passwords, {agent_id: password})
    if agent_id not in services.configuration.agents:
        services.accounts.remove(agent_id)
    _require_configured(services, agent_id)
    services.accounts.end_sessions(agent_id)
    services.hub.close_owner(feed_owner(agent_id))


def _require_configured(services: Services, agent_id: str) -> None:
    if agent_id not in services.configuration.agents:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
