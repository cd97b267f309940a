"""An agent who works at the desk, in a browser."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from gateways.client.agent_session import Credentials
from gateways.client.client import Client
from gateways.client.feed import Event
from gateways.command_line.play.agent import Agent, Desk, Spawn, TaskEvent
from gateways.command_line.play.ledger import Message, Sighting
from gateways.command_line.play.shown_log import ShownLog
from schemas.api.agent import Me

__all__ = ["DeskAgent", "DeskTab", "as_written", "can_be_typed"]

_PATIENCE_SECONDS = 30.0
_MARKS = re.compile(r"^\s*\d{1,6}[.)]\s|[\W_]", re.MULTILINE)
"""What Markdown may turn into something else, with all that is neither a letter nor a digit."""


class DeskTab(Protocol):
    """The tab of a browser in which an agent has the desk.

    ``on_shown`` is called whenever the log of a conversation changes, with the conversation's id, all messages of the
    log in their order, and whether it shows the end. A message without a version is still being sent.
    """

    on_shown: Callable[[str, Sequence[Sighting], bool], None]

    async def log_in(self, credentials: Credentials) -> None:
        """Raises PlayError when the desk does not open."""

    async def go_ready(self) -> None:
        """Makes the agent ready, unless the desk shows that this is so."""

    async def accept(self, task_id: str, conversation_id: str) -> None:
        """Accepts an offer. If it is gone, nothing happens."""

    async def write(self, conversation_id: str, text: str) -> None:
        """Types the text into the conversation's composer and presses Enter. Raises BrokenOffError."""

    async def end(self, conversation_id: str) -> None:
        """Raises BrokenOffError."""

    async def wrap_up(self, conversation_id: str) -> None:
        """Finishes the wrap-up. If there is none any more, nothing happens."""


class DeskAgent(Agent):
    """What the agent is offered and holds is read from a feed, as on a second device; what customers and agents say is
    read from the desk, and the agent does there what is to be done."""

    def __init__(
        self, client: Client, credentials: Credentials, desk: Desk, spawn: Spawn, tab: DeskTab, *, clear: bool
    ) -> None:
        super().__init__(client, credentials, desk, spawn, clear=clear)
        self._credentials = credentials
        self._tab = tab
        self._logs: dict[str, ShownLog] = {}
        self._ends: dict[str, asyncio.Event] = {}
        self._going_ready = asyncio.Lock()
        tab.on_shown = self._take_log

    async def log_in(self) -> Me:
        await super().log_in()
        await self._tab.log_in(self._credentials)
        return await self.read_me()

    async def post(self, conversation_id: str, message: Message) -> int:
        """Writes the message, which gets the id that the desk gives it. A text that the composer would change is posted
        as from the second device."""
        if not can_be_typed(message.text):
            return await super().post(conversation_id, message)
        log = self._log_of(conversation_id)
        return await log.post(
            message, lambda: self._tab.write(conversation_id, message.text), "a desk", _PATIENCE_SECONDS
        )

    async def end(self, conversation_id: str) -> None:
        await self._tab.end(conversation_id)

    def _take(self, event: Event) -> None:
        if event.conversation_id is None:
            super()._take(event)

    def _take_task_event(self, kind: str, task: TaskEvent) -> None:
        if kind == "TaskClosed" and task.reason == "done":
            self._spawn(self._leave(task.conversation_id))
        else:
            super()._take_task_event(kind, task)

    async def _leave(self, conversation_id: str) -> None:
        """The agent is done with a conversation of the run when the desk, too, shows its end."""
        if self._desk.knows(conversation_id):
            await self._end_of(conversation_id).wait()
            self._desk.task_closed(conversation_id)
        self._logs.pop(conversation_id, None)
        self._ends.pop(conversation_id, None)

    async def _accept(self, task_id: str, conversation_id: str) -> None:
        await self._tab.accept(task_id, conversation_id)

    async def _read_history(self, conversation_id: str) -> None:
        """Does nothing: the desk reads it, and shows it with the rest."""

    async def _wrap_up(self, conversation_id: str) -> None:
        await self._tab.wrap_up(conversation_id)

    async def _change_state(self, state: Literal["ready", "not_ready"]) -> None:
        """The desk may learn later than the feed that the agent is not ready any more."""
        if state == "not_ready":
            await super()._change_state(state)
            return
        async with self._going_ready:
            while (await self.read_me()).state != "ready":
                await self._tab.go_ready()

    def _take_log(self, conversation_id: str, log: Sequence[Sighting], ended: bool) -> None:
        self._log_of(conversation_id).show(log)
        self._desk.desk_shows(conversation_id, [sighting for sighting in log if sighting.version is not None])
        if ended:
            self._end_of(conversation_id).set()

    def _log_of(self, conversation_id: str) -> ShownLog:
        return self._logs.setdefault(conversation_id, ShownLog("agent"))

    def _end_of(self, conversation_id: str) -> asyncio.Event:
        return self._ends.setdefault(conversation_id, asyncio.Event())


def can_be_typed(text: str) -> bool:
    """Returns whether the composer leaves the text as it is: it takes away space at the beginning and at the end."""
    return text == text.strip() and "\r" not in text


def as_written(log: Sequence[Sighting], messages: Sequence[Message]) -> list[Sighting]:
    """Returns the log with the texts that were written, where the desk shows them without their marks of Markdown."""
    texts = {message.message_id: message.text for message in messages}
    return [_as_written(sighting, texts.get(sighting.message_id)) for sighting in log]


def _as_written(sighting: Sighting, text: str | None) -> Sighting:
    is_same = text is not None and _MARKS.sub("", text) == _MARKS.sub("", sighting.text or "")
    return sighting._replace(text=text) if is_same else sighting
