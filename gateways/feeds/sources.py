"""What each feed consists of: which streams, which events of them, numbered how."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple, Protocol

import msgspec

from actors.engine import Committed
from actors.journal import Journal
from gateways.feeds.hub import Listener
from schemas.events import AGENT_SEES, CUSTOMER_SEES, REGISTRY, TaskAccepted, TaskClosed
from schemas.records import Record, category_of, entity_id_of

__all__ = ["AgentSource", "ConversationSource", "FeedEvent", "Page", "Source", "shown_to_agents"]


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """An event as a feed shows it. A conversation's feed counts versions, the others positions."""

    type: str
    at: str
    data: msgspec.Raw
    version: int | None = None
    position: int | None = None
    conversation_id: str | None = None

    @property
    def cursor(self) -> int | None:
        return self.version if self.position is None else self.position


class Page(NamedTuple):
    """``next`` is the cursor to go on from; ``complete`` tells that the history ends here for now."""

    events: list[FeedEvent]
    next: int
    complete: bool


class Source(Protocol):
    """One feed's history and its live events, both judged by the same rule."""

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        """The history beyond a cursor. May block; runs on any thread."""

    def attach(self, listener: Listener, cursor: int) -> None:
        """Goes live: from here on the listener is offered what may concern the feed beyond the cursor."""

    def take(self, item: Committed) -> FeedEvent | None:
        """The live item as an event of the feed, or None when it is not for it."""


class ConversationSource:
    """A conversation as its customer sees it. The cursor is the stream's version."""

    def __init__(self, conversation_id: str, visible: frozenset[str] = CUSTOMER_SEES) -> None:
        self._stream = f"conversation-{conversation_id}"
        self._visible = visible
        self._cursor = 0

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        records = journal.read_stream(self._stream, after, limit)
        events = [self._event(record) for record in records if record.type in self._visible]
        return Page(events, records[-1].version if records else after, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        self._cursor = cursor
        listener.follow((self._stream,))

    def take(self, item: Committed) -> FeedEvent | None:
        record = item.record
        if record.version <= self._cursor or record.type not in self._visible:
            return None
        return self._event(record)

    def _event(self, record: Record) -> FeedEvent:
        return FeedEvent(record.type, record.at, msgspec.Raw(REGISTRY.current_data(record)), version=record.version)


class _Span(NamedTuple):
    """The positions between which an agent takes part in a conversation; None while it lasts."""

    first: int
    last: int | None

    def covers(self, position: int) -> bool:
        return self.first < position and (self.last is None or position < self.last)


class AgentSource:
    """An agent's own stream, and the conversations the agent is in while in them. The cursor is the position.

    The agent's stream alone decides which those are: from the acceptance of a task to its close.
    """

    def __init__(self, agent_id: str) -> None:
        self._own = f"agent-{agent_id}"
        self._cursor = 0
        self._version = 0
        self._spans: dict[str, list[_Span]] = {}

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        """Reads again when the agent's stream has grown in between: what it says decides what else is read."""
        self._learn(journal.read_stream(self._own, self._version))
        while True:
            current = [name for name, spans in self._spans.items() if spans[-1].last is None or spans[-1].last > after]
            records = journal.read_streams([self._own, *current], after, limit)
            news = [record for record in records if record.stream == self._own and record.version > self._version]
            if not news:
                break
            self._learn(news)
        events = [shown_to_agents(record) for record in records if self._sees(record)]
        return Page(events, records[-1].position if records else after, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        self._cursor = cursor
        listener.follow((self._own, *self._open_at(cursor)))
        listener.notice = partial(self._notice, listener)

    def take(self, item: Committed) -> FeedEvent | None:
        record = item.record
        if record.position <= self._cursor:
            return None
        return shown_to_agents(record) if record.stream == self._own or record.type in AGENT_SEES else None

    def _notice(self, listener: Listener, item: Committed) -> None:
        """The conversation's next event may be of the same commit as the acceptance."""
        record, event = item
        if record.stream != self._own or record.position <= self._cursor:
            return
        if isinstance(event, TaskAccepted):
            listener.follow((f"conversation-{event.conversation_id}",))
        elif isinstance(event, TaskClosed):
            listener.unfollow(f"conversation-{event.conversation_id}")

    def _learn(self, records: Iterable[Record]) -> None:
        for record in records:
            self._version = record.version
            if record.type not in ("TaskAccepted", "TaskClosed"):
                continue
            event = REGISTRY.decode(record)
            if isinstance(event, TaskAccepted):
                spans = self._spans.setdefault(f"conversation-{event.conversation_id}", [])
                spans.append(_Span(record.position, None))
            elif isinstance(event, TaskClosed):
                spans = self._spans[f"conversation-{event.conversation_id}"]
                spans[-1] = _Span(spans[-1].first, record.position)

    def _open_at(self, position: int) -> list[str]:
        return [name for name, spans in self._spans.items() if any(span.covers(position + 1) for span in spans)]

    def _sees(self, record: Record) -> bool:
        if record.stream == self._own:
            return True
        return record.type in AGENT_SEES and any(
            span.covers(record.position) for span in self._spans.get(record.stream, ())
        )


def shown_to_agents(record: Record) -> FeedEvent:
    """A record as agents see it, on their feeds and in a conversation's history."""
    conversation_id = entity_id_of(record.stream) if category_of(record.stream) == "conversation" else None
    return FeedEvent(
        record.type,
        record.at,
        msgspec.Raw(REGISTRY.current_data(record)),
        version=record.version if conversation_id else None,
        position=record.position,
        conversation_id=conversation_id,
    )
