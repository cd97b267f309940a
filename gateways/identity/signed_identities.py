"""Identities of customers that a site has signed: short-lived JSON Web Tokens, checked by the keys of the channel."""

import base64
import binascii
import time
from typing import Annotated, Any

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from gateways.identity.exceptions import InvalidIdentityError
from schemas.configuration import Channel
from schemas.configuration.identity_keys import read_identity_key

__all__ = ["MAX_LIFETIME", "SignedIdentity", "check_identity"]

MAX_LIFETIME = 3600
"""The seconds for which an identity may be valid: one that gets out opens the customer's conversation no longer."""
_LEEWAY = 60
"""The seconds by which the clocks of the site and of the server may differ."""
_KEY_TYPES: dict[str, type[Key]] = {
    "HS256": OctKey,
    "RS256": RSAKey,
    "ES256": ECKey,
    "EdDSA": OKPKey,
    "Ed25519": OKPKey,
}
"""The type of key of each algorithm. A key is tried only with its own: a public key is never taken for a secret."""

_Text = Annotated[str, msgspec.Meta(max_length=256)]


class _Header(msgspec.Struct):
    alg: str
    kid: str | None = None
    crit: Any = None


class _Claims(msgspec.Struct):
    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    exp: float
    iat: float | None = None
    nbf: float | None = None
    iss: str | None = None
    aud: str | list[str] | None = None
    name: _Text | None = None
    email: _Text | None = None
    phone: _Text | None = None
    phone_number: _Text | None = None


class SignedIdentity(msgspec.Struct, frozen=True):
    """What the site has signed about a customer. ``subject`` is the customer's id."""

    subject: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


def check_identity(token: str, channel: Channel, secret: str | None) -> SignedIdentity:
    """``secret`` is the text of the channel's ``identity_secret``. Raises InvalidIdentityError, which names the
    fault."""
    parts = token.split(".")
    if len(parts) != 3:
        raise InvalidIdentityError("is no JSON Web Token: it must have three parts with points between them")
    header = _decoded(parts[0], _Header, "header")
    _check_signature(f"{parts[0]}.{parts[1]}".encode(), _bytes_of(parts[2], "signature"), header, channel, secret)
    claims = _decoded(parts[1], _Claims, "claims")
    _check_times(claims, time.time())
    _check_parties(claims, channel)
    return SignedIdentity(claims.sub, claims.name, claims.email, claims.phone_number or claims.phone)


def _check_signature(signed: bytes, signature: bytes, header: _Header, channel: Channel, secret: str | None) -> None:
    key_type = _KEY_TYPES.get(header.alg)
    if key_type is None:
        raise InvalidIdentityError("is signed with an algorithm other than RS256, ES256, EdDSA and HS256")
    if header.crit is not None:
        raise InvalidIdentityError("has a header with crit, which is not understood here")
    keys = [key for key in _keys(channel, secret) if isinstance(key, key_type)]
    if not keys:
        raise InvalidIdentityError(f"is signed with {header.alg}, for which the channel has no key")
    chosen = [key for key in keys if header.kid is None or key.kid in (None, header.kid)]
    if not chosen:
        raise InvalidIdentityError("names a key by kid that the channel does not have")
    if not any(_verifies(key, header.alg, signed, signature) for key in chosen):
        raise InvalidIdentityError("has a signature that fits none of the channel's keys")


def _keys(channel: Channel, secret: str | None) -> list[Key]:
    keys: list[Key] = [read_identity_key(key) for key in channel.identity_keys]
    return keys if secret is None else [*keys, OctKey.import_key(secret)]


def _verifies(key: Key, algorithm: str, signed: bytes, signature: bytes) -> bool:
    model = JWSRegistry.algorithms["Ed25519" if algorithm == "EdDSA" else algorithm]
    try:
        return model.verify(signed, signature, key)
    except (JoseError, ValueError):
        return False


def _check_times(claims: _Claims, now: float) -> None:
    if claims.exp <= now - _LEEWAY:
        raise InvalidIdentityError("has expired; sign a new one for each page")
    if claims.exp > now + MAX_LIFETIME + _LEEWAY:
        raise InvalidIdentityError(f"is valid for too long: exp may lie at most {MAX_LIFETIME} s ahead")
    if claims.iat is not None and claims.exp - claims.iat > MAX_LIFETIME:
        raise InvalidIdentityError(f"is valid for too long: exp may lie at most {MAX_LIFETIME} s after iat")
    if max(claims.iat or 0, claims.nbf or 0) > now + _LEEWAY:
        raise InvalidIdentityError("is not valid yet: iat or nbf lies ahead")


def _check_parties(claims: _Claims, channel: Channel) -> None:
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud or []
    if channel.identity_issuer is not None and claims.iss != channel.identity_issuer:
        raise InvalidIdentityError("is of another issuer: iss is not the channel's identity_issuer")
    if channel.identity_audience is not None and channel.identity_audience not in audiences:
        raise InvalidIdentityError("is for another audience: aud does not hold the channel's identity_audience")


def _decoded(part: str, type_: type[Any], what: str) -> Any:
    try:
        return msgspec.json.decode(_bytes_of(part, what), type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidIdentityError(f"has {what} that cannot be read: {error}") from None


def _bytes_of(part: str, what: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidIdentityError(f"has a {what} that is not base64url") from None
