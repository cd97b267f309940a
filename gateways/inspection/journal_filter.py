"""Which events of the journal a reader wants: of these types, and about these channels, queues and teams."""

from collections.abc import Callable
from typing import NamedTuple

from cachetools import LRUCache

from actors.journal import Journal
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentRequested,
    ConversationStarted,
    Event,
    QueueChanged,
)
from schemas.exceptions import SchemaError
from schemas.records import Record, category_of, conversation_stream, entity_id_of

__all__ = ["JournalFilter", "Wanted"]

_MAX_REMEMBERED = 10_000


class Wanted(NamedTuple):
    """The types, channels, queues and teams whose events are wanted; an empty set restricts nothing."""

    types: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    queues: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


class _Conversation:
    """What is known of a conversation up to one of its versions."""

    def __init__(self) -> None:
        self.version = 0
        self.channel = self.queue = ""
        self.agents: set[str] = set()

    def learn(self, record: Record) -> None:
        self.version = record.version
        match _event_of(record):
            case ConversationStarted(channel=channel, queue=queue):
                self.channel, self.queue = channel, queue
            case AgentRequested(queue=settings) | QueueChanged(queue=settings):
                self.queue = settings.name
            case AgentJoined(agent_id=agent_id):
                self.agents.add(agent_id)


class JournalFilter:
    """Decides on events, which it must be given in the order of their positions. May block.

    An event belongs to the channel of its conversation. It belongs to the queue that it names, or else to the one in
    which its conversation was then. It belongs to the teams of its agent, and of the agents who had come into its
    conversation by then; ``team_of`` knows the teams of today.
    """

    def __init__(self, journal: Journal, wanted: Wanted, team_of: Callable[[str], str | None]) -> None:
        self._journal = journal
        self._wanted = wanted
        self._team_of = team_of
        self._known: LRUCache[str, _Conversation] = LRUCache(_MAX_REMEMBERED)

    def admits(self, record: Record) -> bool:
        wanted = self._wanted
        if wanted.types and REGISTRY.current_type(record) not in wanted.types:
            return False
        if not (wanted.channels or wanted.queues or wanted.teams):
            return True
        event = _event_of(record)
        conversation = self._conversation_of(record, event)
        return (
            (not wanted.channels or conversation.channel in wanted.channels)
            and (not wanted.queues or _queue_of(record, event, conversation) in wanted.queues)
            and (not wanted.teams or not wanted.teams.isdisjoint(self._teams_of(record, event, conversation)))
        )

    def _conversation_of(self, record: Record, event: Event | None) -> _Conversation:
        own = category_of(record.stream) == "conversation"
        stream = record.stream if own else conversation_stream(getattr(event, "conversation_id", ""))
        if not own and not entity_id_of(stream):
            return _Conversation()
        known = self._known.setdefault(stream, _Conversation())
        if own and record.version == known.version + 1:
            known.learn(record)
        else:
            self._catch_up(known, stream, record.position)
        return known

    def _catch_up(self, known: _Conversation, stream: str, position: int) -> None:
        for record in self._journal.read_stream(stream, known.version):
            if record.position > position:
                return
            known.learn(record)

    def _teams_of(self, record: Record, event: Event | None, conversation: _Conversation) -> set[str | None]:
        agents = {*conversation.agents, getattr(event, "agent_id", "")}
        if category_of(record.stream) == "agent":
            agents.add(entity_id_of(record.stream))
        return {self._team_of(agent_id) for agent_id in agents}


def _queue_of(record: Record, event: Event | None, conversation: _Conversation) -> str:
    named = None if category_of(record.stream) == "conversation" else getattr(event, "queue", None)
    return (named if isinstance(named, str) else getattr(named, "name", "")) or conversation.queue


def _event_of(record: Record) -> Event | None:
    """None for an event that does not decode, which belongs nowhere."""
    try:
        return REGISTRY.decode(record)
    except SchemaError:
        return None
