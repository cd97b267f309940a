"""The configured channels by which customers and tasks come, and the queues to which they lead."""

from gateways.exceptions import RefusedError, invalid_field
from projections import ConfigurationView
from schemas.configuration import Channel
from schemas.origins import origin_matches
from schemas.queues import QueueSettings
from schemas.replies import RefusalCode

__all__ = ["channel_named", "channel_of_kind", "check_origin", "only_channel_of_kind", "queue_named", "queue_on"]

_KINDS_WITH_KEY = ("connector", "task")
"""The kinds of channels whose callers have an API key."""


def channel_named(configuration: ConfigurationView, name: str) -> Channel:
    """Raises RefusedError when no such channel is configured."""
    channel = configuration.channels.get(name)
    if channel is None:
        raise invalid_field("channel", f"no channel {name[:64]!r} is configured")
    return channel


def channel_of_kind(configuration: ConfigurationView, kind: str) -> str | None:
    """The name of the first channel of this kind."""
    return next(iter(_channels_of_kind(configuration, kind)), None)


def only_channel_of_kind(configuration: ConfigurationView, kind: str, purpose: str) -> str:
    """The channel that a request means when it names none. Raises RefusedError unless there is exactly one."""
    names = _channels_of_kind(configuration, kind)
    if not names:
        raise invalid_field("channel", f'no channel for {purpose} is configured; add one of kind = "{kind}"')
    if len(names) > 1:
        raise invalid_field("channel", f"there are several for {purpose}: name one of {', '.join(names)}")
    return names[0]


def _channels_of_kind(configuration: ConfigurationView, kind: str) -> list[str]:
    return [name for name, channel in configuration.channels.items() if channel.kind == kind]


def queue_named(configuration: ConfigurationView, name: str, path: str = "queue") -> QueueSettings:
    """Raises RefusedError for the field at ``path`` when no such queue is configured."""
    try:
        return configuration.queue_settings(name)
    except KeyError:
        raise invalid_field(path, f"no queue {name[:64]!r} is configured") from None


def queue_on(configuration: ConfigurationView, channel: str, name: str | None) -> QueueSettings:
    """The queue that a caller on the channel names, or the channel's own. Customers may name only the queues that the
    channel lists, and so may connectors and applications where it lists any. A queue that may not be named is refused
    in the same words as one that does not exist. Raises RefusedError."""
    configured = channel_named(configuration, channel)
    if name is None or name == configured.queue:
        return queue_named(configuration, configured.queue)
    with_key = configured.kind in _KINDS_WITH_KEY and not configured.queues
    if (with_key or name in configured.queues) and name in configuration.queues:
        return queue_named(configuration, name)
    detail = f"the channel {channel} leads to no queue {name[:64]!r}; leave it out, or add it to the channel's queues"
    raise invalid_field("queue", detail)


def check_origin(channel: Channel, origin: str, own_host: str) -> None:
    """Raises RefusedError when the channel does not allow calls from this origin.

    ``origin`` is that of the calling page; it is empty when no page calls. ``own_host`` is the host that is called.
    """
    allowed = not origin or any(origin_matches(each, origin) for each in channel.allowed_origins)
    if not allowed and origin.partition("://")[2] != own_host:
        detail = "the channel does not allow this origin; add it to allowed_origins"
        raise RefusedError(RefusalCode.ORIGIN_NOT_ALLOWED, detail)
