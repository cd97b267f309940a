"""The passwords of agents."""

import asyncio

from gateways.agents.sessions import end_sessions
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["set_password"]


async def set_password(services: Services, agent_id: str, password: str) -> None:
    """Ends the agent's sessions and feeds, so that a person who knew the old password cannot go on working. Raises
    RefusedError when the agent is not configured, or is removed meanwhile."""
    _require_agent(services, agent_id)
    async with services.accounts.hashing:
        await asyncio.to_thread(services.accounts.set_passwords, {agent_id: password})
    if agent_id not in services.configuration.agents:
        services.accounts.remove(agent_id)
    _require_agent(services, agent_id)
    end_sessions(services, agent_id)


def _require_agent(services: Services, agent_id: str) -> None:
    if agent_id not in services.configuration.agents:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
