"""The hub: hands committed events to their listeners, on the event loop."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterable
from enum import Enum, auto

import msgspec

from actors.engine import Committed
from gateways.exceptions import RefusedError
from gateways.feeds.exceptions import FeedOverflowError
from schemas.replies import RefusalCode

__all__ = ["AGENT_OWNER", "INSPECTING", "Ending", "Hub", "Item", "Listener", "Signal", "feed_owner"]

AGENT_OWNER = "agent:"
"""The prefix of an owner whose feed belongs to an agent; the agent's id follows."""

INSPECTING = "inspecting:"
"""The prefix of an owner whose feed is one of inspection; the actor who inspects follows."""


class Signal(msgspec.Struct, frozen=True):
    """Something that happens and is not kept, such as typing. The listener whose owner is ``sender_key`` does not get
    it. One that concerns no conversation has no ``conversation_id``."""

    type: str
    at: str
    data: msgspec.Raw
    conversation_id: str | None = None
    sender_key: str = ""


Item = Committed | Signal


class Ending(Enum):
    """Why a listener was closed by somebody else than its reader."""

    CLOSED = auto()
    TOKEN_EXPIRED = auto()
    SESSION_ENDED = auto()


class Listener:
    """One reader's bounded buffer. A reader whose buffer overflows is cut off; nobody waits for it.

    ``notice`` is called with each event before the next one is handed out, so that it may change what is followed.
    ``when_closed`` is called when the listener closes while the hub goes on. ``takes_signals`` is false for a listener
    that gets only events that are kept. ``ending`` says why it is closed.
    """

    def __init__(self, hub: "Hub", size: int, owner: str, session_id: str = "") -> None:
        self.owner = owner
        self.session_id = session_id
        self.ending = Ending.CLOSED
        self.notice: Callable[[Committed], None] | None = None
        self.when_closed: Callable[[], None] | None = None
        self.takes_signals = True
        self._hub = hub
        self._size = size
        self._items: deque[Item] = deque()
        self._streams: set[str] = set()
        self._ready = asyncio.Event()
        self._overflowed = False
        self._closed = False

    def follow(self, streams: Iterable[str]) -> None:
        if self._closed:
            return
        self._hub.add(self, set(streams) - self._streams)
        self._streams.update(streams)

    def follow_everything(self) -> None:
        """From here on the listener gets every event of every stream, and no signals."""
        if not self._closed:
            self._hub.add_everywhere(self)

    def unfollow(self, stream: str) -> None:
        self._streams.discard(stream)
        self._hub.remove(self, (stream,))

    def offer(self, item: Item) -> None:
        if len(self._items) >= self._size:
            self._overflowed = True
            self.close()
            return
        self._items.append(item)
        self._ready.set()

    @property
    def filled(self) -> bool:
        """Whether there is something to take without waiting."""
        return bool(self._items)

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def heartbeat_seconds(self) -> float:
        return self._hub.heartbeat_seconds

    def hint(self, signal: Signal) -> None:
        """Takes a signal only while less than half of the buffer is used: a signal must not cut the reader off."""
        if self.takes_signals and not self._closed and len(self._items) < self._size // 2:
            self.offer(signal)

    async def take(self) -> list[Item]:
        """The items that were handed out since the last call, in order. It waits until there is one; the list is empty
        once the listener is closed. Raises FeedOverflowError."""
        while not self._items and not self._closed:
            self._ready.clear()
            await self._ready.wait()
        if self._overflowed:
            raise FeedOverflowError(f"more than {self._size} events wait to be read; resume at your cursor")
        items = list(self._items)
        self._items.clear()
        return items

    async def closes_within(self, seconds: float) -> bool:
        """Waits at most this long until the listener is closed, and returns whether it is. It is meant for a listener
        that follows nothing."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.take()
        return self._closed

    def close(self, ending: Ending = Ending.CLOSED) -> None:
        """Ends the listening. ``take`` still returns what is in the buffer."""
        closes = not self._closed
        if closes:
            self.ending = ending
        self._closed = True
        self._hub.remove(self, self._streams)
        self._hub.forget(self)
        self._streams = set()
        self._ready.set()
        if closes and self.when_closed is not None and not self._hub.closed:
            self.when_closed()


class Hub:
    """Knows which listener follows which stream. ``position`` is that of the last event handed out.

    ``watch`` is called with an owner whose first listener has come or whose last listener has gone. A live feed shows
    every ``heartbeat_seconds`` that it is alive.
    """

    def __init__(self, buffer: int, max_per_owner: int = 20, heartbeat_seconds: float = 15.0) -> None:
        self.position = 0
        self.heartbeat_seconds = heartbeat_seconds
        self.watch: Callable[[str], None] | None = None
        self._buffer = buffer
        self._max_per_owner = max_per_owner
        self._by_stream: dict[str, set[Listener]] = {}
        self._everywhere: set[Listener] = set()
        self._listeners: set[Listener] = set()
        self._owners: Counter[str] = Counter()
        self._closed = False

    def listen(self, owner: str, session_id: str = "") -> Listener:
        """Opens a listener. ``owner`` names the caller on whose behalf it listens, such as an agent; see
        ``close_owner``. ``session_id`` is the session by which the caller has opened it; see ``close_session``. Raises
        RefusedError when the owner has as many as it may."""
        if self._owners[owner] >= self._max_per_owner:
            raise RefusedError(
                RefusalCode.TOO_MANY_FEEDS, f"{self._max_per_owner} feeds of this caller are open, the most; close some"
            )
        listener = Listener(self, self._buffer, owner, session_id)
        self._listeners.add(listener)
        self._owners[owner] += 1
        if self._owners[owner] == 1 and self.watch is not None:
            self.watch(owner)
        if self._closed:
            listener.close()
        return listener

    @property
    def closed(self) -> bool:
        return self._closed

    def listens(self, owner: str) -> bool:
        return owner in self._owners

    @property
    def listener_count(self) -> int:
        return len(self._listeners)

    def follower_count(self, stream: str) -> int:
        """How many listeners get the stream's events and signals from now on."""
        return len(self._by_stream.get(stream, ()))

    def publish(self, committed: list[Committed]) -> None:
        by_stream = self._by_stream
        for item in committed:
            self.position = item.record.position
            listeners = by_stream.get(item.record.stream)
            if listeners:
                for listener in tuple(listeners):
                    listener.offer(item)
                    if listener.notice is not None:
                        listener.notice(item)
            if self._everywhere:
                for listener in tuple(self._everywhere):
                    listener.offer(item)

    def signal(self, stream: str, signal: Signal, only: str | None = None) -> None:
        """Hands the signal to the listeners that follow the stream, or to those of one owner only."""
        for listener in tuple(self._by_stream.get(stream, ())):
            if listener.owner != signal.sender_key and only in (None, listener.owner):
                listener.hint(signal)

    def close_owner(self, owner: str, ending: Ending = Ending.CLOSED) -> None:
        """Ends all listening on the owner's behalf, including feeds of inspection."""
        owners = (owner, INSPECTING + owner)
        for listener in [listener for listener in self._listeners if listener.owner in owners]:
            listener.close(ending)

    def close_session(self, session_id: str) -> None:
        """Ends all listening that the session has opened."""
        for listener in [listener for listener in self._listeners if listener.session_id == session_id]:
            listener.close(Ending.SESSION_ENDED)

    def close(self) -> None:
        """Ends all listening. An owner who is cut off in this way has not left, and still counts as listening."""
        self._closed = True
        for listener in tuple(self._listeners):
            listener.close()

    def add(self, listener: Listener, streams: Iterable[str]) -> None:
        for stream in streams:
            self._by_stream.setdefault(stream, set()).add(listener)

    def add_everywhere(self, listener: Listener) -> None:
        self._everywhere.add(listener)

    def remove(self, listener: Listener, streams: Iterable[str]) -> None:
        for stream in streams:
            listeners = self._by_stream.get(stream)
            if listeners is not None:
                listeners.discard(listener)
                if not listeners:
                    del self._by_stream[stream]

    def forget(self, listener: Listener) -> None:
        if listener not in self._listeners:
            return
        self._listeners.remove(listener)
        self._everywhere.discard(listener)
        if self._closed:
            return
        self._owners[listener.owner] -= 1
        if not self._owners[listener.owner]:
            del self._owners[listener.owner]
            if self.watch is not None:
                self.watch(listener.owner)


def feed_owner(agent_id: str) -> str:
    """The owner on whose behalf an agent's feeds are open (see Hub.listen)."""
    return AGENT_OWNER + agent_id
