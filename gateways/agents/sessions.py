"""Agents' sessions: logging in and out."""

import asyncio
import time
from collections.abc import Mapping
from typing import Literal, NamedTuple

from gateways.conversations.codes import check_reason
from gateways.exceptions import RefusedError, invalid_field
from gateways.feeds.hub import feed_owner
from gateways.identity.accounts import Login
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import AdmitAgent, LogOut
from schemas.records import CENTRE, agent_stream
from schemas.replies import Done, RefusalCode, StateReply

__all__ = ["AgentProfile", "AgentSession", "log_in", "log_out", "open_session", "profile_of", "refresh_session"]


class AgentProfile(NamedTuple):
    agent_id: str
    name: str
    role: str


class AgentSession(NamedTuple):
    """The tokens of a session; the access token expires in so many seconds."""

    access_token: str
    expires_in: int
    refresh_token: str
    agent: AgentProfile


async def log_in(services: Services, username: str, password: str, address: str) -> AgentSession:
    """An agent who was logged out starts not ready. Failed logins are counted by the caller's ``address``. Raises
    RefusedError."""
    return await _admit(services, await _check_password(services, username, password, address))


async def open_session(services: Services, agent_id: str) -> AgentSession:
    """Logs in an agent who was identified by other means than a password. Raises RefusedError when the agent is not
    configured."""
    profile_of(services, agent_id)
    return await _admit(services, await asyncio.to_thread(services.accounts.open_session, agent_id))


async def refresh_session(services: Services, refresh_token: str) -> AgentSession:
    """Raises RefusedError."""
    try:
        login = services.accounts.refresh(refresh_token)
    except InvalidCredentialsError as error:
        raise RefusedError(RefusalCode.INVALID_REFRESH_TOKEN, str(error)) from None
    return _session(services, login)


async def log_out(
    services: Services,
    agent_id: str,
    reason: str | None = None,
    tasks: Mapping[str, Literal["close", "transfer"]] | None = None,
) -> None:
    """Ends all sessions of the agent. Offers go back to the line at their old place, and so do conversations, unless
    ``tasks`` has ``close`` for their MRD. Raises RefusedError."""
    wanted = dict(tasks or {})
    agent = services.agents.get(agent_id)
    for mrd in wanted:
        if agent is None or mrd not in agent.mrds:
            raise invalid_field(f"tasks.{mrd[:64]}", "you do not work in this media routing domain")
    check_reason(services.configuration, reason, "logout")
    command = LogOut(at=services.clock(), reason=reason or "logout", tasks=wanted)
    await ask(services, agent_stream(agent_id), command, agent_actor(agent_id), StateReply)
    services.accounts.end_sessions(agent_id)
    services.hub.close_owner(feed_owner(agent_id))


def profile_of(services: Services, agent_id: str) -> AgentProfile:
    """Raises RefusedError when the agent is no longer configured."""
    agent = services.configuration.agents.get(agent_id)
    if agent is None:
        raise _removed()
    return AgentProfile(agent_id, agent.name, agent.role)


async def _check_password(services: Services, username: str, password: str, address: str) -> Login:
    """Only a few passwords are checked at once, so that failures also limit the logins that arrive at the same time."""
    async with services.accounts.hashing:
        services.rate_limits.check_failed_logins(address)
        try:
            return await _log_in_with_password(services, username, password)
        except InvalidCredentialsError:
            services.rate_limits.count_failed_login(address)
            detail = "the username or the password is wrong"
            raise RefusedError(RefusalCode.INVALID_CREDENTIALS, detail) from None


async def _log_in_with_password(services: Services, username: str, password: str) -> Login:
    login = await asyncio.to_thread(services.accounts.log_in, username, password)
    if login.agent_id not in services.configuration.agents:
        raise InvalidCredentialsError("the agent is no longer configured")
    return login


async def _admit(services: Services, login: Login) -> AgentSession:
    """Returns the session once the agent is logged in. An agent who was removed from the configuration while the
    password was checked is refused."""
    agent_id, presence = login.agent_id, services.settings.presence
    command = AdmitAgent(
        at=services.clock(),
        agent_id=agent_id,
        idle_logout_seconds=presence.idle_logout_seconds,
        connection_grace_seconds=presence.connection_grace_seconds,
    )
    try:
        await ask(services, CENTRE, command, agent_actor(agent_id), Done)
    except RefusedError as refused:
        if refused.code is RefusalCode.NOT_FOUND:
            services.accounts.remove(agent_id)
            raise _removed() from None
        raise
    return _session(services, login)


def _removed() -> RefusedError:
    return RefusedError(RefusalCode.AGENT_REMOVED, "this agent is no longer configured")


def _session(services: Services, login: Login) -> AgentSession:
    agent = profile_of(services, login.agent_id)
    lifetime = services.settings.authentication.access_token_seconds
    token = services.tokens.issue(
        "agent", login.agent_id, int(time.time()), lifetime, role=agent.role, session_id=login.session_id
    )
    return AgentSession(token, lifetime, login.refresh_token, agent)
