"""Who calls: the bearer token of a request or of a WebSocket's handshake."""

import hashlib
import hmac

from gateways.http.call import Call
from gateways.http.problems import Problem
from gateways.http.tokens import ExpiredTokenError, InvalidTokenError, Kind, Principal

__all__ = ["authenticate", "bearer_token", "check_api_key"]

_PREFIX = b"bearer "
_OWNERS: dict[Kind, str] = {"customer": "a customer", "agent": "an agent", "connector": "a connector"}
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


def authenticate(call: Call, kind: Kind) -> Principal:
    """Raises Problem 401 without a good token, 403 with one for another audience, 429 with one used too often."""
    token = bearer_token(call)
    if token is None:
        raise _unauthorized("token_missing", "send the token as Authorization: Bearer …")
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
    return principal


def check_api_key(call: Call, scope: str) -> str:
    """The name of the API key that the call carries. Raises Problem when it carries none with this scope."""
    token = bearer_token(call)
    if token is None:
        raise _unauthorized("key_missing", "send the connector's API key as Authorization: Bearer …")
    digest = hashlib.sha256(token.encode()).hexdigest()
    for name, key in call.services.settings.api_keys.items():
        if hmac.compare_digest(digest, key.sha256):
            if scope not in key.scopes:
                raise Problem(403, "scope_missing", f"the API key {name} lacks the scope {scope}")
            call.services.rate_limits.check_token(token)
            return name
    raise _unauthorized("key_invalid", "the API key is not known")


def _unauthorized(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"WWW-Authenticate": "Bearer"})
