"""Logins by OpenID between their beginning and the session that they end in."""

import msgspec

from config import OpenIdSettings
from gateways.identity.openid.one_time import OneTime

__all__ = ["HandOver", "OpenIdLogins", "PendingLogin"]

_AT_PROVIDER_SECONDS = 600
_HAND_OVER_SECONDS = 60


class PendingLogin(msgspec.Struct, frozen=True):
    """Someone is at the provider. ``browser`` is the cookie of the browser that began it, ``code_challenge`` that of
    the page to which it returns, ``code_verifier`` what proves to the provider that the code is ours."""

    browser: str
    return_to: str
    code_challenge: str
    nonce: str
    code_verifier: str


class HandOver(msgspec.Struct, frozen=True):
    """The page that holds the verifier of ``code_challenge`` may have a session of the agent."""

    agent_id: str
    code_challenge: str


class OpenIdLogins:
    """Both are kept in this process: a login is begun again after a restart."""

    pending_seconds = _AT_PROVIDER_SECONDS

    def __init__(self, settings: OpenIdSettings) -> None:
        from gateways.identity.openid.provider import Provider

        self.settings = settings
        self.provider = Provider(settings)
        self.pending: OneTime[PendingLogin] = OneTime(_AT_PROVIDER_SECONDS)
        self.hand_overs: OneTime[HandOver] = OneTime(_HAND_OVER_SECONDS)
