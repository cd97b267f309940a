"""Making API keys."""

import hashlib
import secrets

from gateways.configuration.changing import configure_item
from gateways.services import Services
from schemas.configuration import ApiKey, Scope

__all__ = ["make_key"]

_KEY_BYTES = 32


async def make_key(services: Services, name: str, scopes: list[Scope], actor: str) -> str:
    """The key, of which only the digest is kept: nobody can read it again. Raises RefusedError."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    item = ApiKey(sha256=hashlib.sha256(key.encode()).hexdigest(), scopes=scopes)
    await configure_item(services, name, item, actor, only_new=True)
    return key
