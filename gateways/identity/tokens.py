"""Bearer tokens: signed, expiring, each for one audience."""

import time
from typing import Any

import jwt

from gateways.http.principal import Kind, Principal
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError

__all__ = ["Tokens"]

_ALGORITHM = "HS256"
_ISSUER = "hybridchat"
_CACHED = 50_000


class Tokens:
    """Issues and checks JSON Web Tokens. Checked tokens are remembered until they expire."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._known: dict[str, Principal] = {}

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
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)

    def check(self, token: str) -> Principal:
        """Raises InvalidTokenError."""
        known = self._known.get(token)
        if known is None:
            known = self._decode(token)
            if len(self._known) >= _CACHED:
                self._known.clear()
            self._known[token] = known
        if known.expires_at <= time.time():
            raise ExpiredTokenError("the token has expired")
        return known

    def _decode(self, token: str) -> Principal:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=["customer", "agent"],
                options={"require": ["exp", "sub", "aud"]},
            )
        except jwt.ExpiredSignatureError:
            raise ExpiredTokenError("the token has expired") from None
        except (jwt.InvalidTokenError, ValueError):
            raise InvalidTokenError("the token is malformed or was not issued here") from None
        return Principal(claims["aud"], claims["sub"], claims["exp"], claims["role"], claims["sid"])
