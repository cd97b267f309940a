"""Who calls: the bearer token of a request or of a WebSocket's handshake."""

import hashlib
import hmac
import math
from typing import Literal

import msgspec

from gateways.http.call import Call
from gateways.http.principal import Kind, Principal
from gateways.http.problems import Problem
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError
from schemas.configuration import ApiKey, Scope

__all__ = ["Access", "authenticate", "bearer_token", "check_api_key"]

Access = Literal["customer", "agent", "supervisor", "administrator", "inspector", "reporter", "extern"]
"""Whose token it takes. An API key with the scope admin stands in for a supervisor or an administrator. An inspector
is a supervisor, or has an API key with the scope inspect; a reporter likewise, with the scope reports. extern takes an
API key with this scope."""

_PREFIX = b"bearer "
_OWNERS: dict[Kind, str] = {"customer": "a customer", "agent": "an agent", "application": "an application"}
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
_PROTOCOL_PREFIX = "bearer."


def bearer_token(call: Call) -> str | None:
    """From the Authorization header, or for browsers' WebSockets from the subprotocol ``bearer.<token>``."""
    value = call.header(b"authorization")
    if value is not None and value[:7].lower() == _PREFIX:
        return value[7:].strip().decode("latin-1")
    for protocol in call.scope.get("subprotocols", ()):
        if protocol.startswith(_PROTOCOL_PREFIX):
            return str(protocol.removeprefix(_PROTOCOL_PREFIX))
    return None


def authenticate(call: Call, access: Access) -> Principal:
    """Raises Problem 401 without a good token, 403 with one for another audience, 429 with one used too often."""
    if access == "extern":
        return Principal("application", check_api_key(call, "extern"), math.inf)
    token = bearer_token(call)
    if token is None:
        raise _unauthorized("token_missing", "send the token as Authorization: Bearer …")
    if access == "customer" or access == "agent":
        return _bearer(call, token, access)
    return _staff(call, token, access)


def _bearer(call: Call, token: str, kind: Kind) -> Principal:
    try:
        principal = call.services.tokens.check(token)
    except ExpiredTokenError as error:
        raise _unauthorized("token_expired", str(error)) from None
    except InvalidTokenError as error:
        raise _unauthorized("token_invalid", str(error)) from None
    if principal.kind != kind:
        raise Problem(
            403, "wrong_audience", f"this takes the token of {_OWNERS[kind]}, not of {_OWNERS[principal.kind]}"
        )
    if principal.session_id and not call.services.accounts.is_active(principal.session_id):
        raise _unauthorized("session_ended", "the session has ended; log in again")
    call.services.rate_limits.check_token(token)
    return _with_role_of_today(call, principal)


def _with_role_of_today(call: Call, principal: Principal) -> Principal:
    """A token outlives a change of its agent's role."""
    agent = call.services.configuration.agents.get(principal.subject) if principal.kind == "agent" else None
    if agent is None or agent.role == principal.role:
        return principal
    return msgspec.structs.replace(principal, role=agent.role)


def _staff(call: Call, token: str, access: _Staff) -> Principal:
    """An agent of this role or of a higher one, or whoever has an API key that stands in."""
    found = _find_key(call, token)
    if found is not None:
        name, key = found
        _require_scope(name, key, *_SCOPES[access])
        call.services.rate_limits.check_token(token)
        return Principal("application", name, math.inf, role="administrator" if "admin" in key.scopes else "")
    principal = _bearer(call, token, "agent")
    if principal.role not in _ROLES[access]:
        raise Problem(403, "role_missing", f"this takes the role {_ROLES[access][0]}; you are {principal.role}")
    return principal


def check_api_key(call: Call, scope: Scope) -> str:
    """The name of the API key that the call carries. Raises Problem when it carries none with this scope."""
    token = bearer_token(call)
    if token is None:
        raise _unauthorized("key_missing", "send the API key as Authorization: Bearer …")
    found = _find_key(call, token)
    if found is None:
        raise _unauthorized("key_invalid", "the API key is not known")
    name, key = found
    _require_scope(name, key, scope)
    call.services.rate_limits.check_token(token)
    return name


def _find_key(call: Call, token: str) -> tuple[str, ApiKey] | None:
    digest = hashlib.sha256(token.encode()).hexdigest()
    for name, key in call.services.configuration.api_keys.items():
        if hmac.compare_digest(digest, key.sha256):
            return name, key
    return None


def _require_scope(name: str, key: ApiKey, *scopes: Scope) -> None:
    """Any of these will do."""
    if not any(scope in key.scopes for scope in scopes):
        raise Problem(403, "scope_missing", f"the API key {name} lacks the scope {' or '.join(scopes)}")


def _unauthorized(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"WWW-Authenticate": "Bearer"})
