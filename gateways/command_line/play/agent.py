"""An agent at work, who becomes ready and takes, answers and ends the conversations of the run."""

from collections.abc import Callable, Coroutine, Sequence
from http import HTTPStatus
from typing import Literal, Protocol

import msgspec

from gateways.client.agent_session import AgentSession, Credentials
from gateways.client.client import Client, decoded
from gateways.client.exceptions import CallRefusedError, LoginError
from gateways.client.feed import Event, Feed
from gateways.command_line.play.exceptions import PlayError
from gateways.command_line.play.ledger import Message, Sighting
from schemas.api.agent import Me, MessageRequest, SetStateRequest
from schemas.api.customer import PostedMessage
from schemas.posting import PostedText

__all__ = ["Agent", "Desk", "Spawn", "TaskEvent"]

Spawn = Callable[[Coroutine[object, None, None]], object]

_encoder = msgspec.json.Encoder()


class Desk(Protocol):
    """The run's conversations as an agent sees them: the agent asks about them and passes on their events."""

    def knows(self, conversation_id: str) -> bool:
        """Returns whether the conversation belongs to the run."""

    async def expects(self, conversation_id: str) -> bool:
        """Returns the same as soon as it is certain, also for a conversation whose id is not known yet."""

    def has_begun(self, conversation_id: str) -> bool:
        """Returns whether any message has been posted in the conversation."""

    def agent_saw(self, conversation_id: str, event: Event) -> None:
        """Takes an event of the conversation that appeared on the agent's screen."""

    def agent_read(self, conversation_id: str, events: list[Event]) -> None:
        """Takes the earlier events that the agent read on joining the conversation."""

    def desk_shows(self, conversation_id: str, log: Sequence[Sighting]) -> None:
        """Takes all messages of the conversation that the agent has before the eyes, at a desk in a browser."""

    def task_closed(self, conversation_id: str) -> None:
        """Is called when the agent is done with the conversation and free for the next."""


class TaskEvent(msgspec.Struct):
    task_id: str
    conversation_id: str
    reason: str | None = None


class _StateEvent(msgspec.Struct):
    state: str
    reason: str | None = None


class History(msgspec.Struct):
    events: list[Event]


class Agent:
    """Plays one agent.

    With ``clear``, an offered conversation that does not belong to the run is accepted and ended; otherwise it is
    declined. ``spawn`` runs the work that must not hold up the feed.
    """

    def __init__(self, client: Client, credentials: Credentials, desk: Desk, spawn: Spawn, *, clear: bool) -> None:
        self.username = credentials.username
        self._client = client
        self._session = AgentSession(client, credentials)
        self._desk = desk
        self._spawn = spawn
        self._clear = clear
        self._was_ready = False
        self._working = False

    async def log_in(self) -> Me:
        """Logs in and returns what the agent holds and where the feed stands. Raises PlayError on wrong credentials."""
        try:
            await self._session.log_in()
        except LoginError as error:
            raise PlayError(f"{error}; give agents as --agents user:password") from error
        return await self.read_me()

    async def read_me(self) -> Me:
        return decoded(await self._session.call("GET", "/me"), Me)

    async def work(self, me: Me) -> None:
        """Makes the agent ready and follows the feed from the position at which ``me`` was read."""
        self._was_ready = me.state == "ready"
        self._working = True
        feed = Feed(self._client, "/events", self._session.open_feed, self._take, me.position)
        self._spawn(feed.follow())
        for task in me.tasks:
            if task.state == "reserved":
                self._spawn(self._answer_offer(task.task_id, task.conversation_id))
        await self._change_state("ready")

    async def rest(self) -> None:
        """Makes the agent not ready again, unless the agent was ready before the run."""
        self._working = False
        if not self._was_ready:
            await self._change_state("not_ready")

    async def post(self, conversation_id: str, message: Message) -> int:
        """Posts the message and returns the version at which it is acknowledged."""
        body = _encoder.encode(MessageRequest(PostedText(message.text), message.message_id))
        answer = await self._session.call("POST", f"/conversations/{conversation_id}/messages", body)
        return decoded(answer, PostedMessage).version

    async def end(self, conversation_id: str) -> None:
        await self._session.call("POST", f"/conversations/{conversation_id}/end")

    async def clear(self, me: Me) -> Me:
        """Ends and wraps up the tasks that the agent held before the run. Returns what the agent holds afterwards."""
        for task in me.tasks:
            if task.state == "active":
                await self.end(task.conversation_id)
        me = await self.read_me()
        for task in me.tasks:
            if task.state == "wrap_up":
                await self._wrap_up(task.conversation_id)
        return await self.read_me()

    def _take(self, event: Event) -> None:
        if event.conversation_id is not None:
            self._desk.agent_saw(event.conversation_id, event)
        elif event.type in ("TaskReserved", "WrapUpStarted", "TaskClosed"):
            self._take_task_event(event.type, msgspec.json.decode(event.data, type=TaskEvent))
        elif self._working:
            self._take_state_event(event)

    def _take_task_event(self, kind: str, task: TaskEvent) -> None:
        if kind == "TaskReserved":
            self._spawn(self._answer_offer(task.task_id, task.conversation_id))
        elif kind == "WrapUpStarted":
            if self._clear or self._desk.knows(task.conversation_id):
                self._spawn(self._wrap_up(task.conversation_id))
        elif task.reason == "done":
            self._desk.task_closed(task.conversation_id)

    def _take_state_event(self, event: Event) -> None:
        """Makes an agent ready again who lost that state while the server was down.

        An agent whom another person made not ready stays so. One who was logged out begins a new shift by the feed,
        which comes back by itself.
        """
        match event.type:
            case "AgentStateChanged":
                state = msgspec.json.decode(event.data, type=_StateEvent)
                if (state.state, state.reason) == ("not_ready", "rona"):
                    self._spawn(self._change_state("ready"))
            case "AgentLoggedIn":
                self._spawn(self._change_state("ready"))

    async def _answer_offer(self, task_id: str, conversation_id: str) -> None:
        ours = await self._desk.expects(conversation_id)
        begun = self._desk.has_begun(conversation_id)
        try:
            if ours or self._clear:
                await self._accept(task_id, conversation_id)
            else:
                await self._session.call("POST", f"/tasks/{task_id}/decline", b"{}")
            if not ours and self._clear:
                await self.end(conversation_id)
            elif begun:
                await self._read_history(conversation_id)
        except CallRefusedError as error:
            if error.status not in (HTTPStatus.CONFLICT, HTTPStatus.FORBIDDEN):
                raise

    async def _accept(self, task_id: str, conversation_id: str) -> None:
        await self._session.call("POST", f"/tasks/{task_id}/accept")

    async def _read_history(self, conversation_id: str) -> None:
        """Reads the events before the agent joined. The agent's feed does not show them; it shows the later ones."""
        answer = await self._session.call("GET", f"/conversations/{conversation_id}")
        events = decoded(answer, History).events
        joined = max((event.position or 0 for event in events if event.type == "AgentJoined"), default=0)
        self._desk.agent_read(conversation_id, [event for event in events if (event.position or 0) < joined])

    async def _wrap_up(self, conversation_id: str) -> None:
        """Ends the wrap-up. If there is none any more, nothing happens."""
        try:
            await self._session.call("POST", f"/conversations/{conversation_id}/wrap-up", b"{}")
        except CallRefusedError as error:
            if error.status != HTTPStatus.CONFLICT:
                raise

    async def _change_state(self, state: Literal["ready", "not_ready"]) -> None:
        """Changes the agent's state. It does nothing for an agent who has just been logged out: the feed reports that,
        and opens again."""
        try:
            await self._session.call("PUT", "/me/state", _encoder.encode(SetStateRequest(state)))
        except CallRefusedError as error:
            if error.status != HTTPStatus.CONFLICT:
                raise
