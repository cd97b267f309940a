"""Agents' sessions: logging in and out."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from gateways.agents.shifts import require_enabled
from gateways.agents.standings import mrds_of
from gateways.conversations.codes import check_reason
from gateways.exceptions import RefusedError, invalid_field
from gateways.feeds.hub import Ending, feed_owner
from gateways.identity.exceptions import InvalidCredentialsError, ReusedTokenError
from gateways.identity.sessions import Login, SessionOrigin
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import LogOut
from schemas.records import agent_stream
from schemas.replies import RefusalCode, StateReply

__all__ = [
    "AgentProfile",
    "AgentSession",
    "check_password",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "log_in",
    "log_out",
    "open_session",
    "profile_of",
    "refresh_session",
    "session_of",
]


class AgentProfile(NamedTuple):
    agent_id: str
    name: str
    role: str


class AgentSession(NamedTuple):
    """The tokens of a session; the access token expires in so many seconds."""

    session_id: str
    access_token: str
    expires_in: int
    refresh_token: str
    agent: AgentProfile


async def log_in(services: Services, username: str, password: str, address: str, client: str = "") -> AgentSession:
    """A session begins no shift (see gateways.agents.shifts). Failed logins are counted by account and by the caller's
    ``address``; ``client`` is what the caller calls itself. Raises RefusedError."""
    origin = SessionOrigin(address, client)
    work = partial(services.accounts.log_in, username, password, origin)
    login = await check_password(services, username, address, work)
    return session_of(services, login)


async def open_session(services: Services, agent_id: str, address: str = "", client: str = "") -> AgentSession:
    """Logs in an agent who was identified by other means than a password. Raises RefusedError when the agent is not
    configured."""
    profile_of(services, agent_id)
    return session_of(services, services.accounts.sessions.open(agent_id, SessionOrigin(address, client)))


async def refresh_session(services: Services, refresh_token: str) -> AgentSession:
    """The same token gives the same session again for a short time; later it ends the session and its feeds. Raises
    RefusedError."""
    try:
        login = services.accounts.sessions.refresh(refresh_token)
    except InvalidCredentialsError as error:
        if isinstance(error, ReusedTokenError):
            await _ended(services, error.login.agent_id, error.login.session_id)
        raise RefusedError(RefusalCode.INVALID_REFRESH_TOKEN, str(error)) from None
    return session_of(services, login)


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
    services.accounts.sessions.end_all(agent_id)
    services.hub.close_owner(feed_owner(agent_id), Ending.SESSION_ENDED)


async def end_session(services: Services, agent_id: str, session_id: str) -> None:
    """Ends one session of the agent and the feeds that it opened. Raises RefusedError when the agent has none of this
    id."""
    if not services.accounts.sessions.end(agent_id, session_id):
        raise RefusedError(RefusalCode.NOT_FOUND, f"no session {session_id[:64]!r} of yours is open")
    await _ended(services, agent_id, session_id)


async def end_other_sessions(services: Services, agent_id: str, kept: str) -> None:
    """Ends all sessions of the agent but one, and the feeds that they opened."""
    for session in services.accounts.sessions.of_agent(agent_id):
        if session.session_id != kept:
            await end_session(services, agent_id, session.session_id)


async def _ended(services: Services, agent_id: str, session_id: str) -> None:
    """Closes the feeds of a session that has ended. With the last session the shift ends, because nobody can work on
    this agent's behalf any more."""
    services.hub.close_session(session_id)
    if not services.accounts.sessions.of_agent(agent_id):
        command = LogOut(at=services.clock(), reason="session_ended")
        await ask(services, agent_stream(agent_id), command, agent_actor(agent_id), StateReply)


def profile_of(services: Services, agent_id: str) -> AgentProfile:
    """Raises RefusedError when the agent is no longer configured, or is disabled."""
    agent = require_enabled(services, agent_id)
    return AgentProfile(agent_id, agent.name, agent.role)


async def check_password(services: Services, username: str, address: str, work: Callable[[], Login]) -> Login:
    """Does the work that checks a password, when its turn has come. Only a few run at once, so that failures also limit
    the attempts that arrive at the same time. Raises RefusedError."""
    throttle = services.rate_limits.logins
    async with services.accounts.hashing.place():
        throttle.check(username, address)
        try:
            login = await services.accounts.hashing.run(work)
            _require_configured(services, login)
        except InvalidCredentialsError:
            throttle.failed(username, address)
            detail = "the username or the password is wrong"
            raise RefusedError(RefusalCode.INVALID_CREDENTIALS, detail) from None
        throttle.succeeded(username, address)
    _require_enabled(services, login)
    return login


def _require_enabled(services: Services, login: Login) -> None:
    """Only a person who knows the password learns that the agent is disabled."""
    try:
        require_enabled(services, login.agent_id)
    except RefusedError:
        services.accounts.sessions.end(login.agent_id, login.session_id)
        raise


def _require_configured(services: Services, login: Login) -> None:
    """An agent who was removed while the password was checked is refused."""
    if login.agent_id not in services.configuration.agents:
        services.accounts.remove(login.agent_id)
        raise InvalidCredentialsError("the agent is no longer configured")


def session_of(services: Services, login: Login) -> AgentSession:
    agent = profile_of(services, login.agent_id)
    authentication = services.settings.authentication
    lifetime = min(authentication.access_token_seconds, authentication.refresh_token_seconds)
    token = services.tokens.issue(
        "agent", login.agent_id, int(time.time()), lifetime, role=agent.role, session_id=login.session_id
    )
    return AgentSession(login.session_id, token, lifetime, login.refresh_token, agent)
