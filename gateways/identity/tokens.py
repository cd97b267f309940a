"""Bearer tokens: signed, expiring, each for one audience."""

import time
from typing import Literal

import msgspec
from cachetools import LRUCache
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from gateways.http.principal import Principal
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError

__all__ = ["Audience", "Tokens"]

Audience = Literal["customer", "agent", "file"]

_ISSUER: Literal["hybridchat"] = "hybridchat"
_INVALID = "the token is malformed or was not issued here"
_MAX_CACHED = 50_000
_HEADER = {"alg": "HS256", "typ": "JWT"}
_SIGNATURES = jws.JWSRegistry(algorithms=["HS256"])
"""A token that names another algorithm is refused, whatever its signature."""


class _Claims(msgspec.Struct):
    """A token that lacks a claim without a default, or has another issuer or audience, is refused.

    When it was issued is not compared with the clock: the signature proves that it was, and a clock that was set back
    since would shut out everybody.
    """

    iss: Literal["hybridchat"]
    aud: Audience
    sub: str
    exp: int
    iat: int = 0
    nbf: int = 0
    role: str = ""
    sid: str = ""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Claims)


class Tokens:
    """Issues and checks JSON Web Tokens. Of a token that was checked lately, only the time is checked again."""

    def __init__(self, secret: str) -> None:
        self._key = OctKey.import_key(secret)
        self._known: LRUCache[str, Principal] = LRUCache(_MAX_CACHED)

    def issue(
        self, audience: Audience, subject: str, issued_at: int, lifetime: int, *, role: str = "", session_id: str = ""
    ) -> str:
        """The token. ``issued_at`` is a Unix time in seconds, ``lifetime`` is in seconds. The same arguments make the
        same token."""
        claims = _Claims(_ISSUER, audience, subject, issued_at + lifetime, issued_at, role=role, sid=session_id)
        return jws.serialize_compact(_HEADER, _encoder.encode(claims), self._key, registry=_SIGNATURES)

    def check(self, token: str) -> Principal:
        """The caller whom the token names. Raises InvalidTokenError, or ExpiredTokenError when its time is over."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._decode(token)
        if known.expires_at <= time.time():
            raise ExpiredTokenError("the token has expired")
        return known

    def _decode(self, token: str) -> Principal:
        try:
            signed = jws.deserialize_compact(token, self._key, registry=_SIGNATURES)
            claims = _decoder.decode(signed.payload)
        except (JoseError, msgspec.MsgspecError, ValueError, TypeError):
            # joserfc raises TypeError for a header that is not an object.
            raise InvalidTokenError(_INVALID) from None
        if claims.nbf > time.time():
            raise InvalidTokenError(_INVALID)
        return Principal(claims.aud, claims.sub, claims.exp, claims.role, claims.sid)
