"""The endpoints of the Agent API for logging in and out, with a password or by OpenID."""

from typing import Literal

from gateways.api.agent import openid, sessions
from gateways.api.agent.paths import BASE
from gateways.api.path_parameters import SESSION_ID
from gateways.http.endpoints import Endpoint, Handler, QueryParameter

__all__ = ["SESSION_ENDPOINTS"]

_PROVIDER = ("openid_off", "openid_provider_failed", "openid_unavailable")


def _session(path: Literal["login", "refresh"], handler: Handler, summary: str, refused: str) -> Endpoint:
    return Endpoint(
        method="POST",
        path=f"{BASE}/{path}",
        handler=handler,
        audited="login" if path == "login" else None,
        summary=summary,
        access="anyone",
        errors=("accounts_unavailable", refused, "agent_disabled", "agent_removed"),
    )


SESSION_ENDPOINTS: tuple[Endpoint, ...] = (
    _session("login", sessions.log_in, "Log in with username and password", "invalid_credentials"),
    _session("refresh", sessions.refresh, "Exchange a refresh token for new tokens", "invalid_refresh_token"),
    Endpoint(
        method="GET",
        path=f"{BASE}/login-options",
        handler=openid.login_options,
        summary="Read how agents can log in",
        access="anyone",
    ),
    Endpoint(
        method="GET",
        path=f"{BASE}/openid/login",
        handler=openid.openid_login,
        summary="Log in at the OpenID provider",
        access="anyone",
        query=(
            QueryParameter("return_to", "The page to return to: a path of this server, or an address.", required=True),
            QueryParameter("code_challenge", "The SHA-256 of a verifier, in base64url.", required=True),
        ),
        status=302,
        errors=_PROVIDER,
    ),
    Endpoint(
        method="GET",
        path=f"{BASE}/openid/callback",
        handler=openid.openid_callback,
        summary="Come back from the OpenID provider",
        access="anyone",
        query=(
            QueryParameter("state", "The id of the login.", required=True),
            QueryParameter("code", "The code by which the provider identifies the person."),
            QueryParameter("error", "The reason why there is no code."),
            QueryParameter("iss", "The provider."),
        ),
        open_query=True,
        status=302,
        errors=(
            *_PROVIDER,
            "openid_state_invalid",
            "openid_code_refused",
            "openid_denied",
            "openid_email_unverified",
            "openid_agent_unknown",
        ),
    ),
    Endpoint(
        method="POST",
        path=f"{BASE}/openid/session",
        handler=openid.openid_session,
        audited="login",
        summary="Exchange the code of a login by OpenID for a session",
        access="anyone",
        errors=("accounts_unavailable", "openid_off", "openid_code_invalid", "agent_disabled", "agent_removed"),
    ),
    Endpoint(
        method="POST",
        path=f"{BASE}/logout",
        handler=sessions.log_out,
        audited="logout",
        summary="Log out",
        access="agent",
        empty_body=True,
        status=204,
        errors=("accounts_unavailable",),
    ),
    Endpoint(
        method="GET",
        path=f"{BASE}/me/sessions",
        handler=sessions.list_sessions,
        summary="List your sessions",
        access="agent",
    ),
    Endpoint(
        method="DELETE",
        path=f"{BASE}/me/sessions",
        handler=sessions.end_other_sessions,
        audited="logout",
        summary="End all your other sessions",
        access="agent",
        status=204,
        errors=("accounts_unavailable",),
    ),
    Endpoint(
        method="DELETE",
        path=f"{BASE}/me/sessions/{{session_id}}",
        path_parameters=(SESSION_ID,),
        handler=sessions.end_session,
        audited="logout",
        summary="End one of your sessions",
        access="agent",
        status=204,
        errors=("accounts_unavailable", "not_found"),
    ),
    Endpoint(
        method="PUT",
        path=f"{BASE}/me/password",
        handler=sessions.change_password,
        audited="password_changed",
        summary="Change your password",
        access="agent",
        errors=("accounts_unavailable", "invalid_credentials"),
    ),
)
