"""The channels by which customers and tasks come: who may use them, and which queue they lead to."""

from gateways.http.call import Call
from gateways.http.problems import Problem, invalid_input
from gateways.identity.authentication import check_api_key
from gateways.services import Services
from schemas.configuration import Channel
from schemas.queues import QueueSettings

__all__ = ["channel_named", "channel_of_kind", "only_channel_of_kind", "queue_named", "sender_on"]


def channel_named(call: Call, name: str) -> Channel:
    """Raises Problem when no such channel is configured."""
    channel = call.services.configuration.channels.get(name)
    if channel is None:
        raise invalid_input("channel", f"no channel {name[:64]!r} is configured")
    return channel


def channel_of_kind(services: Services, kind: str) -> str | None:
    """The first channel of this kind."""
    return next(iter(_channels_of_kind(services, kind)), None)


def only_channel_of_kind(services: Services, kind: str, purpose: str) -> str:
    """The channel that is meant when none is named. Raises Problem unless there is exactly one."""
    names = _channels_of_kind(services, kind)
    if not names:
        raise invalid_input("channel", f'no channel for {purpose} is configured; add one of kind = "{kind}"')
    if len(names) > 1:
        raise invalid_input("channel", f"there are several for {purpose}: name one of {', '.join(names)}")
    return names[0]


def _channels_of_kind(services: Services, kind: str) -> list[str]:
    return [name for name, channel in services.configuration.channels.items() if channel.kind == kind]


def queue_named(call: Call, name: str, path: str = "queue") -> QueueSettings:
    """Raises Problem 422 for the field at ``path`` when no such queue is configured."""
    try:
        return call.services.configuration.queue_settings(name)
    except KeyError:
        raise invalid_input(path, f"no queue {name[:64]!r} is configured") from None


def sender_on(call: Call, channel: Channel) -> str:
    """Who calls, for the record. A connector's channel wants its key, any other is open to its origins.

    Raises Problem when the caller may not use the channel.
    """
    if channel.kind == "connector":
        return f"connector:{check_api_key(call, 'connector')}"
    origin = (call.header(b"origin") or b"").decode("latin-1")
    own = (call.header(b"host") or b"").decode("latin-1")
    allowed = not origin or "*" in channel.allowed_origins or origin in channel.allowed_origins
    if not allowed and origin.partition("://")[2] != own:
        raise Problem(403, "origin_not_allowed", "the channel does not allow this origin; add it to allowed_origins")
    return "customer"
