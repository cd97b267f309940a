"""Logins by OpenID that have begun and have not become a session yet."""

import msgspec

from config import OpenIdSettings
from gateways.identity.openid.one_time import OneTime

__all__ = ["HandOver", "OpenIdLogins", "PendingLogin"]

_MAX_PENDING_SECONDS = 600
_MAX_HAND_OVER_SECONDS = 60


class PendingLogin(msgspec.Struct, frozen=True):
    """A login of a person who is at the provider now. ``browser`` is the cookie of the browser that began it,
    ``code_challenge`` that of the page to which it returns. ``code_verifier`` proves to the provider that the code is
    ours."""

    browser: str
    return_to: str
    code_challenge: str
    nonce: str
    code_verifier: str


class HandOver(msgspec.Struct, frozen=True):
    """The right to a session of the agent, for the page that holds the verifier of ``code_challenge``."""

    agent_id: str
    code_challenge: str


class OpenIdLogins:
    """The logins under way. They are kept in this process only: after a restart a login must be begun again."""

    pending_seconds = _MAX_PENDING_SECONDS

    def __init__(self, settings: OpenIdSettings) -> None:
        from gateways.identity.openid.provider import Provider  # its libraries are heavy, and few servers use OpenID

        self.settings = settings
        self.provider = Provider(settings)
        self.pending: OneTime[PendingLogin] = OneTime(_MAX_PENDING_SECONDS)
        self.hand_overs: OneTime[HandOver] = OneTime(_MAX_HAND_OVER_SECONDS)

    def forget(self, agent_id: str) -> None:
        """A later agent of the same name gets no session by the login of a removed one."""
        self.hand_overs.discard(lambda hand_over: hand_over.agent_id == agent_id)
