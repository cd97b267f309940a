"""Which webhooks an event is for."""

from collections.abc import Iterator, Set
from functools import cached_property
from typing import get_args

from actors.engine import Committed
from gateways.conversations.reading import rebuild_conversation
from gateways.services import Services
from projections import ConversationView
from schemas.application_events import ApplicationEvent
from schemas.configuration import Scope, Webhook
from schemas.queues import QueueSettings
from schemas.records import conversation_stream, entity_id_of, is_agent_stream, is_conversation_stream

__all__ = ["EFFECT", "TARGET_PREFIX", "is_wanted", "lane_of", "scopes_of", "webhook_target", "webhooks_for"]

EFFECT = "webhooks"
TARGET_PREFIX = "webhook:"

_TYPES = frozenset(get_args(ApplicationEvent))
_WITH_WEBHOOKS: frozenset[Scope] = frozenset({"extern", "admin"})
_EVERYTHING: frozenset[Scope] = frozenset({"admin", "personal"})


class _Circumstances:
    """Where an event belongs. It is worked out only for webhooks that ask."""

    def __init__(self, services: Services, item: Committed) -> None:
        self._services = services
        self._item = item

    @cached_property
    def _view(self) -> ConversationView | None:
        """A conversation that the live view no longer has is over, and is read from the journal. This happens after a
        pause of days, or when a webhook is sent old events again."""
        conversation_id = _conversation_of(self._item)
        if conversation_id is None:
            return None
        found = self._services.conversations.get(conversation_id)
        return found or rebuild_conversation(self._services.journal, conversation_id)

    @cached_property
    def channel(self) -> str | None:
        return None if self._view is None else self._view.channel

    @cached_property
    def queue(self) -> str | None:
        """The queue that the event names, or else that of its conversation."""
        named = getattr(self._item.event, "queue", None)
        if isinstance(named, QueueSettings):
            return named.name
        return named or (None if self._view is None else self._view.queue)

    @cached_property
    def teams(self) -> Set[str | None]:
        """The teams of the event's agent, and of those who are in the conversation or served it last."""
        agents = {getattr(self._item.event, "agent_id", None)}
        if is_agent_stream(self._item.record.stream):
            agents.add(entity_id_of(self._item.record.stream))
        if self._view is not None:
            agents |= {self._view.served_by, *self._view.agents}
        configured = self._services.configuration.agents
        return {configured[agent].team for agent in agents if agent in configured}


def webhooks_for(services: Services, item: Committed) -> Iterator[str]:
    """The names of the webhooks that the event is for."""
    kind = type(item.event).__name__
    if kind not in _TYPES:
        return
    circumstances = _Circumstances(services, item)
    for name, webhook in services.configuration.webhooks.items():
        chosen = not webhook.events or kind in webhook.events
        if chosen and is_wanted(services, webhook) and _fits(webhook, circumstances):
            yield name


def webhook_target(name: str) -> str:
    """The target of the webhook's deliveries."""
    return f"{TARGET_PREFIX}{name}"


def is_wanted(services: Services, webhook: Webhook) -> bool:
    """Whether anything is sent to the webhook at all: it is enabled, and the API key that has made it is still there
    and may have webhooks."""
    return webhook.enabled and not scopes_of(services, webhook).isdisjoint(_WITH_WEBHOOKS)


def scopes_of(services: Services, webhook: Webhook) -> frozenset[Scope]:
    """The rights of the webhook: those of the API key that has made it, or all if an administrator has."""
    if webhook.made_by is None:
        return _EVERYTHING
    key = services.configuration.api_keys.get(webhook.made_by)
    return frozenset() if key is None else frozenset(key.scopes)


def lane_of(item: Committed) -> str:
    """The stream of the conversation that the event is about, in whatever stream it is recorded; else its stream."""
    conversation_id = _conversation_of(item)
    return item.record.stream if conversation_id is None else conversation_stream(conversation_id)


def _conversation_of(item: Committed) -> str | None:
    if is_conversation_stream(item.record.stream):
        return entity_id_of(item.record.stream)
    named: str | None = getattr(item.event, "conversation_id", None)
    return named


def _fits(webhook: Webhook, circumstances: _Circumstances) -> bool:
    return (
        (not webhook.channels or circumstances.channel in webhook.channels)
        and (not webhook.queues or circumstances.queue in webhook.queues)
        and (not webhook.teams or not circumstances.teams.isdisjoint(webhook.teams))
    )
