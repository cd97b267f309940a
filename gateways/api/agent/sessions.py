"""Logging in, refreshing the tokens, and logging out."""

from gateways.agents import sessions
from gateways.api.call import Call
from gateways.http.answer import Answer
from schemas.api.agent import LoginRequest, LogoutRequest, Profile, RefreshRequest, Session

__all__ = ["describe_session", "log_in", "log_out", "refresh"]


async def log_in(call: Call, body: LoginRequest) -> Answer[Session]:
    """Opens a session. It begins no shift: the first live feed or going ready does."""
    return describe_session(await sessions.log_in(call.services, body.username, body.password, call.address))


async def refresh(call: Call, body: RefreshRequest) -> Answer[Session]:
    return describe_session(await sessions.refresh_session(call.services, body.refresh_token))


async def log_out(call: Call, body: LogoutRequest) -> Answer[None]:
    """Ends all sessions of the agent. Offers go back to the line at their old place, and so do conversations, unless
    ``tasks`` has ``close`` for their media routing domain."""
    await sessions.log_out(call.services, call.principal.subject, body.reason, body.tasks)
    return Answer(None, 204)


def describe_session(opened: sessions.AgentSession) -> Answer[Session]:
    return Answer(Session(opened.access_token, opened.expires_in, opened.refresh_token, Profile(*opened.agent)))
