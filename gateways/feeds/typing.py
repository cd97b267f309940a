"""The senders who are typing: nobody is taken to type for ever."""

import asyncio
from collections.abc import Callable

from actors.engine import Committed
from schemas.content import Sender
from schemas.events import MessagePosted

__all__ = ["TypingIndicators"]

Stop = Callable[[], None]


class TypingIndicators:
    """The senders who are typing now. A sender of whom nothing more is heard within ``seconds``, or whose message has
    come, has stopped, and the feeds get that, even if the sender's page is gone. ``watch`` is called with the stream
    and the sender whenever a sender begins to type, or still does."""

    def __init__(self, seconds: float) -> None:
        self.watch: Callable[[str, Sender], None] | None = None
        self._seconds = seconds
        self._typing: dict[tuple[str, str, str | None], tuple[asyncio.TimerHandle, Stop]] = {}

    def begin(self, stream: str, sender: Sender, stop: Stop) -> None:
        """The sender types, or still does. ``stop`` is called once the sender has stopped."""
        self.forget(stream, sender)
        key = _key(stream, sender)
        timer = asyncio.get_running_loop().call_later(self._seconds, self._stop, key)
        self._typing[key] = (timer, stop)
        if self.watch is not None:
            self.watch(stream, sender)

    def forget(self, stream: str, sender: Sender) -> None:
        """The sender has reported to have stopped: ``stop`` is not called."""
        found = self._typing.pop(_key(stream, sender), None)
        if found is not None:
            found[0].cancel()

    def notice(self, committed: list[Committed]) -> None:
        """Ends the typing of those whose messages have come."""
        if self._typing:
            for item in committed:
                if isinstance(item.event, MessagePosted):
                    self._stop(_key(item.record.stream, item.event.sender))

    def close(self) -> None:
        for timer, _ in self._typing.values():
            timer.cancel()
        self._typing.clear()

    def _stop(self, key: tuple[str, str, str | None]) -> None:
        found = self._typing.pop(key, None)
        if found is not None:
            timer, stop = found
            timer.cancel()
            stop()


def _key(stream: str, sender: Sender) -> tuple[str, str, str | None]:
    """A conversation has one customer, who may be known by different ids in it."""
    return stream, sender.type, sender.id if sender.type == "agent" else None
