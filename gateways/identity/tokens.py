"""Bearer tokens: signed, expiring, each for one audience."""

import time

from cachetools import LRUCache
from joserfc import jwt
from joserfc.errors import ExpiredTokenError as ExpiredError
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry

from gateways.http.principal import Kind, Principal
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError

__all__ = ["Tokens"]

_ISSUER = "hybridchat"
_MAX_CACHED = 50_000
_HEADER = {"alg": "HS256"}
_SIGNATURES = JWSRegistry(algorithms=["HS256"])
"""A token that names another algorithm is refused, whatever its signature."""
_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": _ISSUER},
    aud={"essential": True, "values": ["customer", "agent"]},
    sub={"essential": True},
    exp={"essential": True},
)


class Tokens:
    """Issues and checks JSON Web Tokens. The latest used are remembered, and then checked for their time only."""

    def __init__(self, secret: str) -> None:
        self._key = OctKey.import_key(secret)
        self._known: LRUCache[str, Principal] = LRUCache(_MAX_CACHED)

    def issue(
        self, kind: Kind, subject: str, issued_at: int, lifetime: int, *, role: str = "", session_id: str = ""
    ) -> str:
        """``issued_at`` is a Unix time; the same arguments make the same token."""
        claims = {
            "iss": _ISSUER,
            "aud": kind,
            "sub": subject,
            "iat": issued_at,
            "exp": issued_at + lifetime,
            "role": role,
            "sid": session_id,
        }
        return jwt.encode(_HEADER, claims, self._key, registry=_SIGNATURES)

    def check(self, token: str) -> Principal:
        """Raises InvalidTokenError."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._decode(token)
        if known.expires_at <= time.time():
            raise ExpiredTokenError("the token has expired")
        return known

    def _decode(self, token: str) -> Principal:
        try:
            claims = jwt.decode(token, self._key, registry=_SIGNATURES).claims
            _CLAIMS.validate(claims)
        except ExpiredError:
            raise ExpiredTokenError("the token has expired") from None
        except (JoseError, ValueError, TypeError):  # a header that is no object is a TypeError to joserfc
            raise InvalidTokenError("the token is malformed or was not issued here") from None
        return Principal(claims["aud"], claims["sub"], claims["exp"], claims["role"], claims["sid"])
