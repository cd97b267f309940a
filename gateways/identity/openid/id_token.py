"""ID tokens: what the provider signs about whoever has logged in there."""

from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from joserfc.jws import JWSRegistry

from config import OpenIdSettings

__all__ = ["check_id_token", "key_set"]


class _Registry(JWSRegistry):
    """Some providers put their certificates into the header."""

    max_header_length = 16 * 1024


_REGISTRY = _Registry(
    algorithms=[f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)],
    strict_check_header=False,
)
"""Signed with the provider's private key: never ``none``, nor a secret that the client shares."""
_KEY_TYPES: dict[Any, type[RSAKey | ECKey]] = {"RSA": RSAKey, "EC": ECKey}
_LEEWAY_SECONDS = 60


def key_set(keys: list[dict[str, Any]]) -> KeySet:
    """The published keys that can be used here; others are left out, as RFC 7517 says."""
    usable: list[Any] = []
    for key in keys:
        if key_type := _KEY_TYPES.get(key.get("kty")):
            try:
                usable.append(key_type.import_key(key))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return KeySet(usable)


def check_id_token(
    id_token: str, keys: KeySet, settings: OpenIdSettings, nonce: str, access_token: str
) -> dict[str, Any]:
    """The claims, found to be signed by the provider, for this client and this login, and still good.

    Raises JoseError, or ValueError when it is no token at all.
    """
    token = jwt.decode(id_token, keys, registry=_REGISTRY)
    claims = CodeIDToken(
        token.claims,
        token.header,
        {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        },
        {"client_id": settings.client_id, "nonce": nonce, "access_token": access_token},
    )
    claims.validate(leeway=_LEEWAY_SECONDS)
    return dict(token.claims)
