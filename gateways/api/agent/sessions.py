"""Logging in and out."""

import asyncio
import time

from gateways.api.agent.codes import check_reason
from gateways.exceptions import RefusedError, invalid_field
from gateways.feeds.hub import feed_owner
from gateways.http.answer import Answer
from gateways.identity.accounts import Login
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.services import Call, Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.api.agent import LoginRequest, LogoutRequest, Profile, RefreshRequest, Session
from schemas.commands import AdmitAgent, LogOut
from schemas.records import CENTRE, agent_stream
from schemas.replies import Done, RefusalCode, StateReply

__all__ = ["log_in", "log_out", "profile", "refresh", "start_session"]


async def log_in(call: Call, body: LoginRequest) -> Answer[Session]:
    """Opens a session; an agent who was logged out starts not ready."""
    return await start_session(call, await _check_password(call, body))


async def start_session(call: Call, login: Login) -> Answer[Session]:
    """The tokens of a session that was just opened, once the agent is logged in."""
    await _admit(call.services, login.agent_id)
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
            detail = "the username or the password is wrong"
            raise RefusedError(RefusalCode.INVALID_CREDENTIALS, detail) from None


async def _open_session(services: Services, body: LoginRequest) -> Login:
    login = await asyncio.to_thread(services.accounts.log_in, body.username, body.password)
    if login.agent_id not in services.configuration.agents:
        raise InvalidCredentialsError("the agent is no longer configured")
    return login


async def _admit(services: Services, agent_id: str) -> None:
    """An agent who was removed while the password was checked does not get in."""
    presence = services.settings.presence
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


async def refresh(call: Call, body: RefreshRequest) -> Answer[Session]:
    try:
        login = call.services.accounts.refresh(body.refresh_token)
    except InvalidCredentialsError as error:
        raise RefusedError(RefusalCode.INVALID_REFRESH_TOKEN, str(error)) from None
    return Answer(_session(call, login))


async def log_out(call: Call, body: LogoutRequest) -> Answer[None]:
    """Ends all sessions of the agent. Offers go back to the line at their old place, and so do conversations, unless
    ``tasks`` says ``close`` for their media routing domain."""
    agent_id = call.principal.subject
    _check_mrds(call, body)
    check_reason(call, body.reason, "logout")
    command = LogOut(at=call.services.clock(), reason=body.reason or "logout", tasks=body.tasks)
    await ask(call.services, agent_stream(agent_id), command, agent_actor(agent_id), StateReply)
    call.services.accounts.end_sessions(agent_id)
    call.services.hub.close_owner(feed_owner(agent_id))
    return Answer(None, 204)


def _check_mrds(call: Call, body: LogoutRequest) -> None:
    agent = call.services.agents.get(call.principal.subject)
    for mrd in body.tasks:
        if agent is None or mrd not in agent.mrds:
            raise invalid_field(f"tasks.{mrd[:64]}", "you do not work in this media routing domain")


def profile(services: Services, agent_id: str) -> Profile:
    agent = services.configuration.agents.get(agent_id)
    if agent is None:
        raise _removed()
    return Profile(agent_id, agent.name, agent.role)


def _removed() -> RefusedError:
    return RefusedError(RefusalCode.AGENT_REMOVED, "this agent is no longer configured")


def _session(call: Call, login: Login) -> Session:
    agent = profile(call.services, login.agent_id)
    lifetime = call.services.settings.authentication.access_token_seconds
    token = call.services.tokens.issue(
        "agent", login.agent_id, int(time.time()), lifetime, role=agent.role, session_id=login.session_id
    )
    return Session(token, lifetime, login.refresh_token, agent)
