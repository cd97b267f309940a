"""A site that signs who its customers are."""

import time
from typing import Any

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

__all__ = ["PUBLIC_KEY", "SECRET", "SITE", "SITE_SECRET", "pem_of", "signed"]

SECRET = "a secret that only the site and the server know"
SITE = ECKey.generate_key("P-256")
SITE_SECRET = OctKey.import_key(SECRET)

_ALGORITHMS: dict[type[Key], str] = {RSAKey: "RS256", ECKey: "ES256", OKPKey: "Ed25519", OctKey: "HS256"}
_REGISTRY = jws.JWSRegistry(algorithms=list(_ALGORITHMS.values()))


def pem_of(key: RSAKey | ECKey | OKPKey, *, private: bool = False) -> str:
    return key.as_pem(private=private).decode()


PUBLIC_KEY = pem_of(SITE)


def signed(key: Key = SITE, sub: str | None = "c-7", header: dict[str, Any] | None = None, **claims: Any) -> str:
    """An identity that is valid for five minutes. A claim that is None is left out."""
    times = {"iat": int(time.time()), "exp": int(time.time()) + 300}
    body = {name: value for name, value in {"sub": sub, **times, **claims}.items() if value is not None}
    protected = {"alg": _ALGORITHMS[type(key)], **(header or {})}
    return jws.serialize_compact(protected, msgspec.json.encode(body), key, registry=_REGISTRY)
