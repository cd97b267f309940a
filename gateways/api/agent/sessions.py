"""Logging in, refreshing the tokens, and logging out."""

from gateways.agents import passwords, sessions
from gateways.api.call import Call
from gateways.http.answer import Answer
from schemas.api.agent import (
    ChangePasswordRequest,
    LoginRequest,
    LogoutRequest,
    OpenSession,
    OpenSessions,
    Profile,
    RefreshRequest,
    Session,
)

__all__ = [
    "change_password",
    "client_of",
    "describe_session",
    "end_other_sessions",
    "end_session",
    "list_sessions",
    "log_in",
    "log_out",
    "refresh",
]

_MAX_CLIENT = 256


async def log_in(call: Call, body: LoginRequest) -> Answer[Session]:
    """Opens a session. It begins no shift: the first live feed or going ready does."""
    return describe_session(
        await sessions.log_in(call.services, body.username, body.password, call.address, client_of(call))
    )


async def refresh(call: Call, body: RefreshRequest) -> Answer[Session]:
    return describe_session(await sessions.refresh_session(call.services, body.refresh_token))


async def log_out(call: Call, body: LogoutRequest) -> Answer[None]:
    """Ends all sessions of the agent. Offers go back to the line at their old place, and so do conversations, unless
    ``tasks`` has ``close`` for their media routing domain."""
    await sessions.log_out(call.services, call.principal.subject, body.reason, body.tasks)
    return Answer(None, 204)


async def list_sessions(call: Call) -> Answer[OpenSessions]:
    """Each login opens a session of its own, which lasts until it ends, by itself or by its owner."""
    own = call.principal.session_id
    found = call.services.accounts.sessions.of_agent(call.principal.subject)
    return Answer(OpenSessions([OpenSession(*session, current=session.session_id == own) for session in found]))


async def end_session(call: Call) -> Answer[None]:
    """The session's feeds end with it, and the last session's end is also that of the shift."""
    await sessions.end_session(call.services, call.principal.subject, call.identifier("session_id"))
    return Answer(None, 204)


async def end_other_sessions(call: Call) -> Answer[None]:
    """Ends all sessions but the one that asks."""
    await sessions.end_other_sessions(call.services, call.principal.subject, call.principal.session_id)
    return Answer(None, 204)


async def change_password(call: Call, body: ChangePasswordRequest) -> Answer[Session]:
    """Ends all sessions of the agent, with their feeds, and answers with a new one."""
    return describe_session(
        await passwords.change_password(
            call.services,
            call.principal.subject,
            body.current_password,
            body.password,
            call.address,
            client_of(call),
        )
    )


def client_of(call: Call) -> str:
    """What the caller calls itself."""
    return (call.header(b"user-agent") or b"").decode("latin-1")[:_MAX_CLIENT]


def describe_session(opened: sessions.AgentSession) -> Answer[Session]:
    return Answer(
        Session(opened.access_token, opened.expires_in, opened.refresh_token, Profile(*opened.agent), opened.session_id)
    )
