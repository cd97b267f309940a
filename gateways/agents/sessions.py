"""Agents' sessions: logging in and out."""

import asyncio
import time
from collections.abc import Mapping
from typing import Literal, NamedTuple

from gateways.agents.shifts import removed_agent
from gateways.agents.standings import mrds_of
from gateways.conversations.codes import check_reason
from gateways.exceptions import RefusedError, invalid_field
from gateways.feeds.hub import feed_owner
from gateways.identity.accounts import Login
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import LogOut
from schemas.records import agent_stream
from schemas.replies import RefusalCode, StateReply

__all__ = [
    "AgentProfile",
    "AgentSession",
    "end_sessions",
    "log_in",
    "log_out",
    "open_session",
    "profile_of",
    "refresh_session",
]


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
    """A session begins no shift (see gateways.agents.shifts). Failed logins are counted by the caller's ``address``.
    Raises RefusedError."""
    return _session(services, await _check_password(services, username, password, address))


async def open_session(services: Services, agent_id: str) -> AgentSession:
    """Logs in an agent who was identified by other means than a password. Raises RefusedError when the agent is not
    configured."""
    profile_of(services, agent_id)
    return _session(services, services.accounts.open_session(agent_id))


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
    mrds = {each.mrd for each in mrds_of(services, agent_id)}
    for mrd in wanted:
        if mrd not in mrds:
            raise invalid_field(f"tasks.{mrd[:64]}", "you do not work in this media routing domain")
    check_reason(services.configuration, reason, "logout")
    command = LogOut(at=services.clock(), reason=reason or "logout", tasks=wanted)
    await ask(services, agent_stream(agent_id), command, agent_actor(agent_id), StateReply)
    end_sessions(services, agent_id)


def end_sessions(services: Services, agent_id: str) -> None:
    """Ends all sessions of the agent, and the feeds that they opened."""
    services.accounts.end_sessions(agent_id)
    services.hub.close_owner(feed_owner(agent_id))


def profile_of(services: Services, agent_id: str) -> AgentProfile:
    """Raises RefusedError when the agent is no longer configured."""
    agent = services.configuration.agents.get(agent_id)
    if agent is None:
        raise removed_agent()
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


def _session(services: Services, login: Login) -> AgentSession:
    agent = profile_of(services, login.agent_id)
    lifetime = services.settings.authentication.access_token_seconds
    token = services.tokens.issue(
        "agent", login.agent_id, int(time.time()), lifetime, role=agent.role, session_id=login.session_id
    )
    return AgentSession(token, lifetime, login.refresh_token, agent)
