"""Authentication: checks a bearer token or an API key, and finds its owner and its rights."""

import hashlib
import hmac
import math
from typing import Literal

import msgspec

from gateways.exceptions import RefusedError
from gateways.http.principal import Kind, Principal, TokenAccess
from gateways.identity.accounts import Accounts
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError
from gateways.identity.rate_limits import RateLimits
from gateways.identity.tokens import Tokens
from projections import ConfigurationView
from schemas.configuration import ApiKey, Scope
from schemas.replies import RefusalCode

__all__ = ["Authenticator"]

_OWNERS: dict[Kind, str] = {
    "customer": "a customer",
    "agent": "an agent",
    "application": "an application",
    "file": "a link to a file",
}
_Staff = Literal["supervisor", "administrator", "inspector", "reporter"]
_ROLES: dict[_Staff, tuple[str, ...]] = {
    "supervisor": ("supervisor", "administrator"),
    "administrator": ("administrator",),
    "inspector": ("supervisor", "administrator"),
    "reporter": ("supervisor", "administrator"),
}
_SCOPES: dict[_Staff, tuple[Scope, ...]] = {
    "supervisor": ("admin",),
    "administrator": ("admin",),
    "inspector": ("inspect", "admin"),
    "reporter": ("reports", "admin"),
}


class Authenticator:
    """Identifies callers by their tokens and API keys, and counts the requests of each."""

    def __init__(
        self, tokens: Tokens, accounts: Accounts, configuration: ConfigurationView, rate_limits: RateLimits
    ) -> None:
        self._tokens = tokens
        self._accounts = accounts
        self._configuration = configuration
        self._rate_limits = rate_limits

    def authenticate(self, token: str | None, access: TokenAccess) -> Principal:
        """The caller. Raises RefusedError without a valid token, with a token for another audience, or with one that is
        used too often."""
        if access == "extern":
            return Principal("application", self.check_api_key(token, "extern"), math.inf)
        if access == "subscriber":
            return self._check_application(token, "extern", "admin")
        if token is None:
            raise RefusedError(RefusalCode.TOKEN_MISSING, "send the token as Authorization: Bearer …")
        if access == "customer" or access == "agent":
            return self._check_bearer(token, access)
        return self._check_staff(token, access)

    def check_api_key(self, token: str | None, scope: Scope) -> str:
        """The name of the API key. Raises RefusedError when the token is not an API key with this scope."""
        return self._check_application(token, scope).subject

    def _check_application(self, token: str | None, *scopes: Scope) -> Principal:
        """The application whose API key has one of these scopes; with the scope admin it is an administrator."""
        if token is None:
            raise RefusedError(RefusalCode.KEY_MISSING, "send the API key as Authorization: Bearer …")
        found = self._find_key(token)
        if found is None:
            raise RefusedError(RefusalCode.KEY_INVALID, "the API key is not known")
        name, key = found
        _require_scope(name, key, *scopes)
        self._rate_limits.check_token(token)
        return _application(name, key)

    def _check_bearer(self, token: str, kind: Kind) -> Principal:
        try:
            principal = self._tokens.check(token)
        except ExpiredTokenError as error:
            raise RefusedError(RefusalCode.TOKEN_EXPIRED, str(error)) from None
        except InvalidTokenError as error:
            raise RefusedError(RefusalCode.TOKEN_INVALID, str(error)) from None
        if principal.kind != kind:
            detail = f"this takes the token of {_OWNERS[kind]}, not of {_OWNERS[principal.kind]}"
            raise RefusedError(RefusalCode.WRONG_AUDIENCE, detail)
        if principal.session_id and not self._accounts.sessions.is_active(principal.session_id):
            raise RefusedError(RefusalCode.SESSION_ENDED, "the session has ended; log in again")
        self._rate_limits.check_token(token)
        return self._with_current_role(principal)

    def _with_current_role(self, principal: Principal) -> Principal:
        """The agent's role as it is configured now, because a token outlives a change of the role."""
        agent = self._configuration.agents.get(principal.subject) if principal.kind == "agent" else None
        if agent is None or agent.role == principal.role:
            return principal
        return msgspec.structs.replace(principal, role=agent.role)

    def _check_staff(self, token: str, access: _Staff) -> Principal:
        """The agent of this role or of a higher one, or the API key that is accepted instead."""
        found = self._find_key(token)
        if found is not None:
            name, key = found
            _require_scope(name, key, *_SCOPES[access])
            self._rate_limits.check_token(token)
            return _application(name, key)
        principal = self._check_bearer(token, "agent")
        if principal.role not in _ROLES[access]:
            detail = f"this takes the role {_ROLES[access][0]}; you are {principal.role}"
            raise RefusedError(RefusalCode.ROLE_MISSING, detail)
        return principal

    def _find_key(self, token: str) -> tuple[str, ApiKey] | None:
        digest = hashlib.sha256(token.encode()).hexdigest()
        for name, key in self._configuration.api_keys.items():
            if hmac.compare_digest(digest, key.sha256):
                return name, key
        return None


def _application(name: str, key: ApiKey) -> Principal:
    return Principal("application", name, math.inf, role="administrator" if "admin" in key.scopes else "")


def _require_scope(name: str, key: ApiKey, *scopes: Scope) -> None:
    """Raises RefusedError when the key has none of these scopes."""
    if not any(scope in key.scopes for scope in scopes):
        raise RefusedError(RefusalCode.SCOPE_MISSING, f"the API key {name} lacks the scope {' or '.join(scopes)}")
