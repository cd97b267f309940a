"""The Extern API's bodies about webhooks."""

from datetime import datetime
from typing import Annotated, get_args

import msgspec

from schemas.application_events import ApplicationEvent
from schemas.configuration.fields import Address
from schemas.identifiers import ChannelName, ConfiguredName, QueueName, TeamName

__all__ = [
    "NewWebhook",
    "NewWebhookRequest",
    "NewWebhookSecret",
    "SubscribedWebhook",
    "SubscribedWebhooks",
    "WebhookAttempt",
    "WebhookRequest",
]

_Filter = msgspec.Meta(max_length=100)


class WebhookRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events are sent to ``url`` as they are recorded: those of the types in ``events``, or all types if there are
    none. With ``channels``, ``queues`` or ``teams``, only events of conversations on one of the channels, in one of the
    queues, or with an agent of one of the teams; an agent's own events are of the agent's team. ``personal`` sends
    personal data in clear, and needs a key with the scope personal. A webhook that is not ``enabled`` is sent
    nothing."""

    url: Address
    events: Annotated[list[ApplicationEvent], msgspec.Meta(max_length=len(get_args(ApplicationEvent)))] = []
    channels: Annotated[list[ChannelName], _Filter] = []
    queues: Annotated[list[QueueName], _Filter] = []
    teams: Annotated[list[TeamName], _Filter] = []
    personal: bool = False
    enabled: bool = True


class NewWebhookRequest(WebhookRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A webhook, with an ``id`` if it is to have a name that people can read."""

    id: ConfiguredName | None = None


class SubscribedWebhook(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``made_by`` is the API key that made the webhook, if one did. ``disabled_because`` says why the server has
    disabled it."""

    id: str
    url: str
    events: list[ApplicationEvent]
    channels: list[str]
    queues: list[str]
    teams: list[str]
    personal: bool
    enabled: bool
    made_by: str | None = None
    disabled_because: str | None = None


class NewWebhook(SubscribedWebhook, frozen=True, kw_only=True, omit_defaults=True):
    """``secret`` signs the calls, as Standard Webhooks has it. It is answered only this once, and not when the request
    is repeated: a secret that was lost is rotated."""

    secret: str | None = None


class SubscribedWebhooks(msgspec.Struct, frozen=True):
    """The webhooks in the order of their ids. ``next`` is the id after which to go on, if there are more."""

    webhooks: list[SubscribedWebhook]
    next: str | None


class NewWebhookSecret(msgspec.Struct, frozen=True):
    """``secret`` is answered only this once. Calls are signed with the former secret too until ``former_until``."""

    secret: str
    former_until: datetime


class WebhookAttempt(msgspec.Struct, frozen=True):
    """How the receiver has answered the example after so many ``seconds``: with this ``status`` and these first
    characters of its ``answer``. ``failure`` says what was wrong, if anything was."""

    seconds: float
    status: int | None = None
    answer: str | None = None
    failure: str | None = None
