"""Making API keys, and setting agents' passwords."""

import hashlib
import secrets

from gateways.agents import passwords
from gateways.api.admin.configuring import configure
from gateways.api.admin.items import name_of
from gateways.api.call import Call
from gateways.http.answer import Answer
from schemas.api.admin import NewKey, NewKeyRequest, PasswordRequest
from schemas.commands import ConfigureItem
from schemas.configuration import ApiKey

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
    await passwords.set_password(call.services, call.parameter("name"), body.password)
    return Answer(None, 204)
