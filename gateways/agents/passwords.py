"""The passwords of agents."""

from functools import partial

from gateways.agents.sessions import AgentSession, check_password, end_sessions, session_of
from gateways.exceptions import RefusedError, invalid_field
from gateways.feeds.hub import Ending, feed_owner
from gateways.identity.password_rules import password_fault
from gateways.identity.sessions import SessionOrigin
from gateways.services import Services
from gateways.services.asking import ask
from schemas.commands import LogOut
from schemas.records import agent_stream
from schemas.replies import RefusalCode, StateReply

__all__ = ["change_password", "set_password"]


async def set_password(services: Services, agent_id: str, password: str, set_by: str) -> None:
    """Ends the agent's sessions, feeds and shift, so that a person who knew the old password cannot go on working.
    Raises RefusedError when the agent is not configured, or is removed meanwhile."""
    _require_agent(services, agent_id)
    _require_good(services, agent_id, password)
    async with services.accounts.hashing.place():
        await services.accounts.hashing.run(services.accounts.set_passwords, {agent_id: password})
    if agent_id not in services.configuration.agents:
        services.accounts.remove(agent_id)
    _require_agent(services, agent_id)
    command = LogOut(at=services.clock(), reason="password_changed")
    await ask(services, agent_stream(agent_id), command, set_by, StateReply)
    end_sessions(services, agent_id)


async def change_password(
    services: Services, agent_id: str, current: str, password: str, address: str, client: str = ""
) -> AgentSession:
    """Replaces the own password by one who knows the current one. All sessions of the agent end, with their feeds, and
    the answer is a new one. The shift of a desktop goes on if its feed opens again within the grace of a lost
    connection. Raises RefusedError."""
    _require_good(services, agent_id, password)
    origin = SessionOrigin(address, client)
    work = partial(services.accounts.change_password, agent_id, current, password, origin)
    login = await check_password(services, agent_id, address, work)
    services.hub.close_owner(feed_owner(agent_id), Ending.SESSION_ENDED)
    return session_of(services, login)


def _require_good(services: Services, agent_id: str, password: str) -> None:
    """Raises RefusedError for a password that is too short, or that others would try first."""
    agent = services.configuration.agents.get(agent_id)
    own_names = () if agent is None else (agent.name, agent.email or "")
    if fault := password_fault(password, agent_id, *own_names):
        raise invalid_field("password", fault)


def _require_agent(services: Services, agent_id: str) -> None:
    if agent_id not in services.configuration.agents:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
