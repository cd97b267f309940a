"""Logging in by OpenID Connect."""

import hmac
import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import cookie_parser

from gateways.agents.sessions import open_session
from gateways.api.agent.sessions import client_of, describe_session
from gateways.api.call import Call
from gateways.http.answer import Answer
from gateways.http.problems import Problem, invalid_input
from gateways.identity.openid import HandOver, OpenIdLogins, PendingLogin
from gateways.identity.openid.agents import agent_with_claims, is_unverified_email
from gateways.identity.openid.exceptions import (
    CodeRefusedError,
    ProviderError,
    ProviderFailedError,
    ProviderUnavailableError,
)
from gateways.identity.openid.returning import returning_to, with_code
from schemas.api.agent import LoginOptions, OpenIdOption, OpenIdSessionRequest, Session

__all__ = ["login_options", "openid_callback", "openid_login", "openid_session"]

_logger = logging.getLogger(__name__)

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_TOLD_NOBODY = (("Referrer-Policy", "no-referrer"),)


async def login_options(call: Call) -> Answer[LoginOptions]:
    """A page reads here which ways to log in it can offer."""
    settings = call.services.settings.openid
    if settings is None:
        return Answer(LoginOptions(password=True, openid=None))
    url = f"{settings.public_url.rstrip('/')}/agent/v1/openid/login"
    return Answer(LoginOptions(password=True, openid=OpenIdOption(settings.label, url)))


async def openid_login(call: Call) -> Answer[None]:
    """The browser is redirected to the provider. After the login it returns to the page `return_to`, whose query then
    has a `code`. The page exchanges the code for a session with the verifier of `code_challenge` (RFC 7636, S256)."""
    logins = _logins(call)
    pending = PendingLogin(
        browser=secrets.token_urlsafe(32),
        return_to=_return_to(call, logins),
        code_challenge=_code_challenge(call),
        nonce=secrets.token_urlsafe(32),
        code_verifier=secrets.token_urlsafe(48),
    )
    state = logins.pending.keep(pending)
    try:
        url = await logins.provider.authorization_url(state, pending.nonce, pending.code_verifier)
    except ProviderError as error:
        raise _problem(error) from None
    return _redirect(url, _cookie(logins, state, pending.browser, logins.pending_seconds))


async def openid_callback(call: Call) -> Answer[None]:
    """The provider sends the browser back to this address, which redirects it to its page."""
    logins, query = _logins(call), call.query
    state = query.get("state", "")
    pending = _pending_login(call, logins, state)
    try:
        await logins.provider.check_issuer(query.get("iss"))
        if "error" in query:
            raise _ended(query["error"])
        claims = await logins.provider.identify(_code(query), pending.nonce, pending.code_verifier)
    except ProviderError as error:
        raise _problem(error) from None
    agent_id = _agent(call, logins, claims)
    code = logins.hand_overs.keep(HandOver(agent_id, pending.code_challenge))
    return _redirect(with_code(pending.return_to, code), _cookie(logins, state, "", 0))


async def openid_session(call: Call, body: OpenIdSessionRequest) -> Answer[Session]:
    """Opens a session as a login with a password does. A code can be used once, within a minute."""
    from authlib.oauth2.rfc7636 import create_s256_code_challenge  # authlib is for the OpenID provider alone

    hand_over = _logins(call).hand_overs.take(body.code)
    challenge = create_s256_code_challenge(body.code_verifier)
    if hand_over is None or not hmac.compare_digest(hand_over.code_challenge, challenge):
        detail = "the code is unknown, used or expired, or the verifier is not its own; log in again"
        raise Problem("openid_code_invalid", detail)
    return describe_session(await open_session(call.services, hand_over.agent_id, call.address, client_of(call)))


def _logins(call: Call) -> OpenIdLogins:
    if call.services.openid is None:
        raise Problem("openid_off", "no OpenID provider is configured; log in with a password")
    return call.services.openid


def _return_to(call: Call, logins: OpenIdLogins) -> str:
    try:
        return returning_to(logins.settings, call.query.get("return_to", ""))
    except ValueError as error:
        raise invalid_input("return_to", str(error)) from None


def _code_challenge(call: Call) -> str:
    challenge = call.query.get("code_challenge", "")
    if _CHALLENGE.fullmatch(challenge) is None:
        raise invalid_input("code_challenge", "must be the SHA-256 of a verifier in base64url: 43 characters")
    return challenge


def _pending_login(call: Call, logins: OpenIdLogins, state: str) -> PendingLogin:
    pending = logins.pending.take(state)
    cookies = cookie_parser((call.header(b"cookie") or b"").decode("latin-1"))
    browser = cookies.get(_cookie_name(logins, state), "")
    if pending is None or not hmac.compare_digest(pending.browser.encode(), browser.encode()):
        detail = "this login was not begun in this browser, is over or has expired; begin again at the desktop"
        raise Problem("openid_state_invalid", detail)
    return pending


def _code(query: Mapping[str, str]) -> str:
    if not query.get("code"):
        raise invalid_input("code", "must be what the provider sent along")
    return query["code"]


def _agent(call: Call, logins: OpenIdLogins, claims: Mapping[str, Any]) -> str:
    if is_unverified_email(logins.settings, claims):
        raise Problem("openid_email_unverified", "the provider has not verified your email; ask its administrator")
    agent_id = agent_with_claims(call.services.configuration.agents, logins.settings, claims)
    if agent_id is None:
        claim = logins.settings.claim
        known = (
            f"no agent here has the {claim} that the provider knows you by"
            if claim in claims
            else f"the provider does not tell your {claim}"
        )
        detail = f"{known}; ask your administrator"
        raise Problem("openid_agent_unknown", detail)
    return agent_id


def _ended(error: str) -> Problem | ProviderError:
    if error == "access_denied":
        return Problem("openid_denied", "the provider did not let you in, or you declined; begin again")
    unavailable = error == "temporarily_unavailable"
    return (ProviderUnavailableError if unavailable else ProviderFailedError)(f"it ends the login with {error[:64]!r}")


def _problem(error: ProviderError) -> Problem:
    _logger.warning("the OpenID provider: %s", error)
    if isinstance(error, CodeRefusedError):
        return Problem("openid_code_refused", "the provider refused the code; begin again")
    if isinstance(error, ProviderUnavailableError):
        detail = f"the OpenID provider cannot be used now: {error}; log in again later"
        return Problem("openid_unavailable", detail)
    return Problem("openid_provider_failed", f"the OpenID provider cannot be used: {error}")


def _redirect(url: str, cookie: str) -> Answer[None]:
    return Answer(b"", 302, media="text/plain", headers=(("Location", url), ("Set-Cookie", cookie), *_TOLD_NOBODY))


def _cookie(logins: OpenIdLogins, state: str, value: str, seconds: int) -> str:
    """The cookie is Lax, so that the provider's redirect to the callback brings it along and a request from another
    site's page does not."""
    secure = "; Secure" if _is_secure(logins) else ""
    name = _cookie_name(logins, state)
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def _cookie_name(logins: OpenIdLogins, state: str) -> str:
    """Each login has its own cookie, so that two tabs do not disturb each other. No subdomain can set a cookie with the
    prefix."""
    return f"{'__Host-' if _is_secure(logins) else ''}openid-{state[:16]}"


def _is_secure(logins: OpenIdLogins) -> bool:
    return logins.settings.public_url.startswith("https:")
