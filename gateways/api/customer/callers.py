"""The callers of the Customer API: the connector or page on a channel, and the customer of a conversation."""

from datetime import datetime

from gateways.api.call import Call
from gateways.conversations.channels import check_origin
from gateways.exceptions import RefusedError
from gateways.identity.exceptions import InvalidTokenError
from gateways.services import Services
from schemas.actors import CUSTOMER, connector_actor
from schemas.configuration import Channel
from schemas.replies import RefusalCode

__all__ = ["actor_on", "conversation_token", "own_conversation", "presented_conversation", "starter_on"]


def actor_on(call: Call, channel: Channel) -> str:
    """The caller's name in events. A connector's channel requires an API key, any other channel an allowed origin.

    Raises RefusedError when the caller may not use the channel.
    """
    if channel.kind == "connector":
        return connector_actor(call.services.authenticator.check_api_key(call.bearer_token, "connector"))
    origin = (call.header(b"origin") or b"").decode("latin-1")
    own_host = (call.header(b"host") or b"").decode("latin-1")
    check_origin(channel, origin, own_host)
    return CUSTOMER


def starter_on(call: Call, channel: Channel) -> str:
    """The caller's name in the events of a new conversation. Raises RefusedError when the caller may not use the
    channel, or is a customer and too many have started from the same address."""
    actor = actor_on(call, channel)
    if actor == CUSTOMER:
        call.services.rate_limits.check_start(call.address)
    return actor


def own_conversation(call: Call) -> str:
    """The conversation in the path. Raises RefusedError unless the caller's token is for this conversation."""
    conversation_id = call.parameter("id")
    if conversation_id != call.principal.subject:
        raise RefusedError(RefusalCode.FOREIGN_TOKEN, "the token is of another conversation")
    return conversation_id


def presented_conversation(call: Call) -> str | None:
    """The conversation whose token the caller sends along with a start. An invalid token counts as none."""
    token = call.bearer_token
    if token is None:
        return None
    try:
        principal = call.services.tokens.check(token)
    except InvalidTokenError:
        return None
    return principal.subject if principal.kind == "customer" else None


def conversation_token(
    services: Services, conversation_id: str, issued_at: datetime, lifetime: int | None = None
) -> str:
    """The token is made from recorded values, so that a repeated request gets the same one, unless that has expired by
    the machine's clock. ``lifetime`` is in seconds."""
    seconds = services.settings.authentication.customer_token_seconds if lifetime is None else lifetime
    recorded, now = int(issued_at.timestamp()), int(services.clock.machine().timestamp())
    issued = recorded if recorded + seconds > now else now
    return services.tokens.issue("customer", conversation_id, issued, seconds)
