"""A customer who writes in a widget of a website."""

import asyncio
from collections.abc import Callable, Sequence
from typing import NoReturn, Protocol

from gateways.client.client import Client, bearer
from gateways.client.feed import Event
from gateways.command_line.play.customer import CustomerOfConversation
from gateways.command_line.play.dialogues import Dialogue
from gateways.command_line.play.ledger import Message, Sighting, Witness
from gateways.command_line.play.shown_log import ShownLog
from schemas.api.customer import StartedConversation

__all__ = ["Widget", "WidgetCustomer", "can_be_written"]

_PATIENCE_SECONDS = 30.0


class Widget(Protocol):
    """A widget as its customer has it before the eyes.

    ``on_begun`` is called when the server has started the conversation, ``on_shown`` whenever the log changes, with all
    messages of the log in their order and whether it shows the end. A message without a version is still being sent.
    """

    on_begun: Callable[[StartedConversation], None]
    on_shown: Callable[[Sequence[Sighting], bool], None]

    async def describe(self, dialogue_id: str) -> None:
        """Has the page around the widget say which dialogue is played in it."""

    async def write(self, text: str, writing: Callable[[], None]) -> None:
        """Types the text into the composer and presses Enter, as soon as the keyboard is free, when it calls
        ``writing``. Raises BrokenOffError."""


class WidgetCustomer(CustomerOfConversation):
    """The conversation begins with the customer's first message, and has no id before that.

    What agents join is read from the feed, as on a second device of the customer; what is said is read from the widget,
    which is the customer's ``screen``.
    """

    screen: Witness

    def __init__(self, client: Client, widget: Widget, begun: Callable[[], None], keep_trying: float) -> None:
        """``begun`` is called when the id is known. A message must be sent within ``keep_trying`` seconds, but half a
        minute is allowed in any case."""
        super().__init__(client)
        self.screen = Witness()
        self._widget = widget
        self._begun = begun
        self._patience = max(keep_trying, _PATIENCE_SECONDS)
        self._log = ShownLog("customer")
        self._has_begun = asyncio.Event()
        self._moved: Callable[[], None] = lambda: None
        widget.on_begun = self._take_start
        widget.on_shown = self._take_log

    async def start(self, channel: str, dialogue_id: str) -> None:
        """Only prepares the start, which comes with the first message. The channel is that of the widget."""
        await self._widget.describe(dialogue_id)

    async def follow(self, take: Callable[[Event], None], moved: Callable[[], None]) -> NoReturn:
        self._moved = moved
        await self._has_begun.wait()
        await super().follow(take, moved)

    async def post(self, message: Message, posting: Callable[[], None]) -> int:
        """Writes the message, which gets the id that the widget gives it. Returns the version at which the widget shows
        that it is sent; the conversation has its id then. Raises BrokenOffError when it is not sent in time."""
        version = await self._log.post(
            message, lambda: self._widget.write(message.text, posting), "a widget", self._patience
        )
        await self._has_begun.wait()  # the log may be read before the answer to the start
        return version

    async def end(self) -> None:
        """Ends the conversation, if it has begun."""
        if self.conversation_id:
            await super().end()

    async def read_back(self, take: Callable[[Event], None]) -> None:
        if self.conversation_id:
            await super().read_back(take)

    def _take_start(self, started: StartedConversation) -> None:
        self.conversation_id = started.conversation_id
        self._headers = bearer(started.token)
        self._has_begun.set()
        self._begun()

    def _take_log(self, log: Sequence[Sighting], ended: bool) -> None:
        self._log.show(log)
        self.screen.show([sighting for sighting in log if sighting.version is not None])
        self.screen.complete = ended
        self._moved()


def can_be_written(dialogue: Dialogue) -> bool:
    """Returns whether a customer can play the dialogue in a widget: the customer begins, and no text begins or ends
    with space, which the composer takes away."""
    own = [turn.text for turn in dialogue.turns if turn.speaker == "customer"]
    return dialogue.turns[0].speaker == "customer" and all(text == text.strip() and "\r" not in text for text in own)
