"""The source of each feed: which streams it reads, which of their events it delivers, and how it numbers them."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from actors.engine import Committed
from actors.journal import Journal
from gateways.feeds.audiences import CustomerAudience, FeedEvent, render_for_agents, render_for_customer
from gateways.feeds.hub import Listener
from projections import Involvement
from schemas.events import AGENT_SEES, INSIDE, REGISTRY
from schemas.records import Record, agent_stream, conversation_stream

__all__ = ["AgentSource", "ConversationSource", "FeedEvent", "FeedItem", "Page", "Source"]


class FeedItem(Protocol):
    """An event as its feed delivers it. ``cursor`` is where to go on from after it."""

    @property
    def type(self) -> str: ...

    @property
    def cursor(self) -> int | None: ...


class Page(NamedTuple):
    """One read of a feed's history. ``next`` is the cursor to go on from; ``complete`` means that the history ends here
    for now."""

    events: Sequence[FeedItem]
    next: int
    complete: bool


class Source(Protocol):
    """One feed's history and its live events, both selected by the same rule.

    ``slow`` means that ``take`` may block, as ``read`` may. ``take`` then runs on another thread, as all reading does,
    and skips the events that have been read already, because such a source is attached a little early.
    """

    slow: bool

    def reaches(self, journal: Journal, cursor: int) -> bool:
        """Whether the feed has come as far as the cursor. May block."""

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        """The history beyond a cursor. May block, and runs on any thread."""

    def attach(self, listener: Listener, cursor: int) -> None:
        """Goes live: from here on the listener is offered the events beyond the cursor that may concern the feed."""

    def take(self, item: Committed) -> FeedItem | None:
        """The live item as an event of the feed, or None when the feed does not deliver it."""


class ConversationSource:
    """A conversation as its customer sees it. The cursor is the stream's version."""

    slow = False

    def __init__(self, conversation_id: str) -> None:
        self._stream = conversation_stream(conversation_id)
        self._audience = CustomerAudience()
        self._version = 0

    def reaches(self, journal: Journal, cursor: int) -> bool:
        return cursor == 0 or bool(journal.read_stream(self._stream, cursor - 1, 1))

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        """Reads the earlier events too, but only once, because they decide which events the customer sees."""
        if after > self._version:
            self._render(journal.read_stream(self._stream, self._version, after - self._version))
        records = journal.read_stream(self._stream, after, limit)
        events = self._render(records)
        return Page(events, records[-1].version if records else after, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        listener.follow((self._stream,))

    def take(self, item: Committed) -> FeedEvent | None:
        record = item.record
        if record.version <= self._version:
            return None
        rendered = self._render((record,))
        return rendered[0] if rendered else None

    def _render(self, records: Iterable[Record]) -> list[FeedEvent]:
        rendered = []
        for record in records:
            self._version = record.version
            admitted = self._audience.admit(record)
            if admitted is not None:
                rendered.append(render_for_customer(admitted))
        return rendered


class AgentSource:
    """An agent's own stream, and each conversation for as long as the agent takes part in it. The cursor is the
    position.

    The agent's stream alone decides which conversations these are. ``known`` is what has been read of that stream so
    far. The feed begins at the position ``begins``: what an earlier agent of the same name did is before it.
    """

    slow = False

    def __init__(self, agent_id: str, known: Involvement | None = None, begins: int = 0) -> None:
        self._begins = begins
        self._own = agent_stream(agent_id)
        self._cursor = 0
        self._involvement = known or Involvement()

    def reaches(self, journal: Journal, cursor: int) -> bool:
        return cursor <= journal.last_position()

    def read(self, journal: Journal, after: int, limit: int) -> Page:
        """Reads again when the agent's stream has grown in between, because that stream decides what else is read."""
        after = max(after, self._begins)
        if after < self._involvement.since:
            self._involvement = Involvement()
        self._learn(journal.read_stream(self._own, self._involvement.version))
        while True:
            records = journal.read_streams([self._own, *self._involvement.after(after)], after, limit)
            known = self._involvement.version
            news = [record for record in records if record.stream == self._own and record.version > known]
            if not news:
                break
            self._learn(news)
        events = [render_for_agents(record) for record in records if self._sees(record)]
        return Page(events, records[-1].position if records else after, len(records) < limit)

    def attach(self, listener: Listener, cursor: int) -> None:
        self._cursor = cursor
        listener.follow((self._own, *self._involvement.at(cursor)))
        listener.notice = partial(self._notice, listener)

    def take(self, item: Committed) -> FeedEvent | None:
        record = item.record
        if record.position <= self._cursor:
            return None
        type_ = REGISTRY.current_type(record)
        seen = type_ not in INSIDE if record.stream == self._own else type_ in AGENT_SEES
        return render_for_agents(record) if seen else None

    def _notice(self, listener: Listener, item: Committed) -> None:
        """Follows or leaves a conversation before the next event is handed out, which may be of the same commit."""
        record, event = item
        if record.stream != self._own or record.position <= self._cursor:
            return
        conversation = conversation_stream(getattr(event, "conversation_id", ""))
        before = self._involvement.lasts(conversation)
        self._involvement.learn(record, event)
        lasts = self._involvement.lasts(conversation)
        if lasts and not before:
            listener.follow((conversation,))
        elif before and not lasts:
            listener.unfollow(conversation)

    def _learn(self, records: Iterable[Record]) -> None:
        for record in records:
            self._involvement.learn(record, REGISTRY.decode(record))

    def _sees(self, record: Record) -> bool:
        type_ = REGISTRY.current_type(record)
        if record.stream == self._own:
            return type_ not in INSIDE
        return type_ in AGENT_SEES and self._involvement.covers(record.stream, record.position)
