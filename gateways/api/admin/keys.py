"""Making API keys, and setting agents' passwords."""

import asyncio
import hashlib
import secrets

from gateways.api.admin.configuring import configure
from gateways.api.admin.items import name_of
from gateways.api.call import Call
from gateways.exceptions import RefusedError
from gateways.feeds.hub import feed_owner
from gateways.http.answer import Answer
from gateways.services import Services
from schemas.api.admin import NewKey, NewKeyRequest, PasswordRequest
from schemas.commands import ConfigureItem
from schemas.configuration import ApiKey
from schemas.replies import RefusalCode

__all__ = ["make_key", "set_password"]

_KEY_BYTES = 32


async def make_key(call: Call, body: NewKeyRequest) -> Answer[NewKey]:
    """The key is told in this answer and never again; only its digest is kept."""
    name, key = name_of(call), secrets.token_urlsafe(_KEY_BYTES)
    item = ApiKey(sha256=hashlib.sha256(key.encode()).hexdigest(), scopes=body.scopes)
    await configure(call, ConfigureItem(at=call.services.clock(), name=name, item=item, only_new=True))
    return Answer(NewKey(name, key, body.scopes), 201)


async def set_password(call: Call, body: PasswordRequest) -> Answer[None]:
    """Ends the agent's sessions: a person who knew the old password does not go on."""
    services, name = call.services, call.parameter("name")
    _require_agent(services, name)
    async with services.accounts.hashing:
        await asyncio.to_thread(services.accounts.set_passwords, {name: body.password})
    if name not in services.configuration.agents:
        services.accounts.remove(name)
    _require_agent(services, name)
    services.accounts.end_sessions(name)
    services.hub.close_owner(feed_owner(name))
    return Answer(None, 204)


def _require_agent(services: Services, name: str) -> None:
    if name not in services.configuration.agents:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {name[:64]!r} is configured")
