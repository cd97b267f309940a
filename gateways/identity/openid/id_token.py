"""ID tokens, in which the provider signs the claims about a person who has logged in there."""

from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey
from joserfc.jws import JWSRegistry

from config import OpenIdSettings

__all__ = ["check_id_token", "key_set"]


class _Registry(JWSRegistry):
    """Allows long headers, because some providers put their certificates into them."""

    max_header_length = 16 * 1024


_REGISTRY = _Registry(
    algorithms=[f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)],
    strict_check_header=False,
)
"""Only algorithms that sign with the provider's private key: never ``none``, and never a secret that the client
shares."""
_KEY_TYPES: dict[str, type[RSAKey | ECKey]] = {"RSA": RSAKey, "EC": ECKey}
_LEEWAY_SECONDS = 60


def key_set(keys: list[dict[str, Any]]) -> KeySet:  # JSON Web Keys as joserfc takes them
    """The published keys that can be used here. Other keys are left out, as RFC 7517 recommends."""
    usable: list[Key] = []
    for key in keys:
        if key_type := _KEY_TYPES.get(key.get("kty", "")):
            try:
                usable.append(key_type.import_key(key))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return KeySet(usable)


def check_id_token(
    id_token: str, keys: KeySet, settings: OpenIdSettings, nonce: str, access_token: str
) -> dict[str, object]:
    """The claims, once it is checked that the provider signed them for this client and this login, and that they have
    not expired.

    Raises JoseError, or ValueError when it is not a token at all.
    """
    try:
        token = jwt.decode(id_token, keys, registry=_REGISTRY)
    except TypeError as error:  # joserfc takes for granted that a header is an object
        raise ValueError("the header of the ID token is not an object") from error
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
