"""Tokens taken apart and put together, without the server's code."""

from typing import Any

import msgspec
from joserfc import jws, jwt
from joserfc.jwk import OctKey

__all__ = ["claims_of", "signed"]


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token, whoever signed it."""
    claims: dict[str, Any] = msgspec.json.decode(jws.extract_compact(token.encode()).payload)
    return claims


def signed(claims: dict[str, Any], secret: str, algorithm: str = "HS256") -> str:
    registry = jws.JWSRegistry(algorithms=[algorithm])
    return jwt.encode({"alg": algorithm}, claims, OctKey.import_key(secret), registry=registry)
