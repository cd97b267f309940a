"""Logging in and out."""

import asyncio
import time

from gateways.accounts import Login
from gateways.exceptions import InvalidCredentialsError
from gateways.http.asking import ask
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem, invalid_input
from gateways.presence import feed_owner
from gateways.services import Services
from schemas.api.agent import LoginRequest, LogoutRequest, Profile, RefreshRequest, Session
from schemas.commands import LogIn, LogOut
from schemas.replies import StateReply

__all__ = ["log_in", "log_out", "profile", "refresh"]


async def log_in(call: Call) -> Answer:
    """Opens a session; an agent who was logged out starts not ready."""
    services, body = call.services, call.body
    assert isinstance(body, LoginRequest)  # noqa: S101 - as the endpoint declares
    login = await _check_password(call, body)
    command = LogIn(
        at=services.clock(),
        agent_id=login.agent_id,
        settings=services.settings.agent_settings(login.agent_id),
        idle_logout_seconds=services.settings.presence.idle_logout_seconds,
        connection_grace_seconds=services.settings.presence.connection_grace_seconds,
    )
    await ask(services, f"agent-{login.agent_id}", command, f"agent:{login.agent_id}", StateReply)
    return Answer(_session(call, login))


async def _check_password(call: Call, body: LoginRequest) -> Login:
    """Few are checked at once, so that the failures limit those that come with them too."""
    services = call.services
    async with services.accounts.hashing:
        services.rate_limits.check_failed_logins(call.address)
        try:
            return await _open_session(services, body)
        except InvalidCredentialsError:
            services.rate_limits.count_failed_login(call.address)
            raise Problem(401, "invalid_credentials", "the username or the password is wrong") from None


async def _open_session(services: Services, body: LoginRequest) -> Login:
    login = await asyncio.to_thread(services.accounts.log_in, body.username, body.password)
    if login.agent_id not in services.settings.agents:
        raise InvalidCredentialsError("the agent is no longer configured")
    return login


async def refresh(call: Call) -> Answer:
    body: RefreshRequest = call.body
    try:
        login = call.services.accounts.refresh(body.refresh_token)
    except InvalidCredentialsError as error:
        raise Problem(401, "invalid_refresh_token", str(error)) from None
    return Answer(_session(call, login))


async def log_out(call: Call) -> Answer:
    """Ends all sessions of the agent. Offers go back to the line at their old place, and so do conversations, unless
    ``tasks`` says ``close`` for their media routing domain."""
    body: LogoutRequest = call.body
    agent_id = call.principal.subject
    _check_mrds(call, body)
    command = LogOut(at=call.services.clock(), reason=body.reason or "logout", tasks=body.tasks)
    await ask(call.services, f"agent-{agent_id}", command, f"agent:{agent_id}", StateReply)
    call.services.accounts.end_sessions(agent_id)
    call.services.hub.close_owner(feed_owner(agent_id))
    return Answer(b"", 204)


def _check_mrds(call: Call, body: LogoutRequest) -> None:
    agent = call.services.agents.get(call.principal.subject)
    for mrd in body.tasks:
        if agent is None or mrd not in agent.mrds:
            raise invalid_input(f"tasks.{mrd[:64]}", "you do not work in this media routing domain")


def profile(call: Call, agent_id: str) -> Profile:
    agent = call.services.settings.agents.get(agent_id)
    if agent is None:
        raise Problem(403, "agent_removed", "this agent is no longer configured")
    return Profile(agent_id, agent.name, agent.role)


def _session(call: Call, login: Login) -> Session:
    agent = profile(call, login.agent_id)
    lifetime = call.services.settings.authentication.access_token_seconds
    token = call.services.tokens.issue(
        "agent", login.agent_id, int(time.time()), lifetime, role=agent.role, session_id=login.session_id
    )
    return Session(token, lifetime, login.refresh_token, agent)
