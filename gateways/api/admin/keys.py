"""Making API keys, and setting agents' passwords."""

from gateways.agents import passwords
from gateways.api.admin.items import name_of
from gateways.api.call import Call
from gateways.configuration import keys
from gateways.configuration.scopes import SCOPE_MEANINGS
from gateways.http.answer import Answer
from schemas.api.admin import NewKey, NewKeyRequest, PasswordRequest, ScopeMeaning, Scopes

__all__ = ["make_key", "scopes", "set_password"]


async def scopes(call: Call) -> Answer[Scopes]:
    """What an API key may do, by its scopes."""
    return Answer(Scopes([ScopeMeaning(scope, meaning) for scope, meaning in SCOPE_MEANINGS.items()]))


async def make_key(call: Call, body: NewKeyRequest) -> Answer[NewKey]:
    """This answer is the only one that holds the key; the server keeps only its digest."""
    name = name_of(call)
    key = await keys.make_key(call.services, name, body.scopes, call.principal.actor)
    return Answer(NewKey(name, key, body.scopes), 201)


async def set_password(call: Call, body: PasswordRequest) -> Answer[None]:
    """Ends the agent's sessions and shift, so that a person who knew the old password cannot go on working."""
    await passwords.set_password(call.services, call.parameter("name"), body.password, call.principal.actor)
    return Answer(None, 204)
