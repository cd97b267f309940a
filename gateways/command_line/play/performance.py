"""Playing one dialogue as one conversation. Each turn is posted when the other side has seen the turn before it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn, TypeVar

import msgspec

from gateways.client.client import Client
from gateways.client.exceptions import CallRefusedError
from gateways.client.feed import Event
from gateways.command_line.play.acknowledgements import Acknowledgements
from gateways.command_line.play.agent import Agent
from gateways.command_line.play.customer import Customer
from gateways.command_line.play.desk_agent import as_written
from gateways.command_line.play.dialogues import Dialogue
from gateways.command_line.play.exceptions import BrokenOffError
from gateways.command_line.play.ledger import Message, Sighting, Thread
from gateways.command_line.play.measurements import Measurements
from gateways.command_line.play.sightings import sighting_of
from gateways.command_line.play.widget_customer import WidgetCustomer
from schemas.identifiers import new_id

__all__ = ["Performance", "Stage"]

T = TypeVar("T")

_BREAKING_OFF_SECONDS = 10.0


@dataclass(frozen=True)
class Stage:
    """The things that all performances of a run share.

    People type ``characters_per_second``; if it is None, they post at once.
    """

    client: Client
    channel: str
    agents: Mapping[str, Agent]
    measurements: Measurements
    acknowledgements: Acknowledgements
    characters_per_second: float | None


class _Joined(msgspec.Struct):
    agent_id: str


class Performance:
    """A conversation that is being played. ``run`` posts the turns; the feeds pass their events to other methods."""

    def __init__(self, stage: Stage, dialogue: Dialogue, customer: Customer | WidgetCustomer) -> None:
        self.customer = customer
        self.thread = Thread(customer.conversation_id, customer.screen)
        self._stage = stage
        self._dialogue = dialogue
        self._agent: Agent | None = None
        self._agent_at_end = False
        self._ended = False
        self._posted_at = 0.0
        self._reason_to_stop: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    async def run(self) -> None:
        """Plays to the end, or breaks the conversation off and leaves the reason in the thread.

        Raises CallRefusedError when the conversation cannot be started, and ServerGoneError when the server stays away.
        """
        await self.customer.start(self._stage.channel, self._dialogue.id)
        self.thread.started = True
        self._stage.measurements.opened()
        following = asyncio.create_task(self.customer.follow(self.customer_saw, self._moved))
        following.add_done_callback(self._feed_ended)
        try:
            await self._perform()
            self.thread.played = True
        except (BrokenOffError, CallRefusedError) as reason:
            self.thread.broken_off = str(reason)
            await self._break_off()
        finally:
            following.cancel()
            await asyncio.wait((following,))
            self.thread.drop_sightings()
            self._stage.measurements.closed()

    def begun(self) -> None:
        """Is called when the customer's first message has begun a conversation that had no id before."""
        self.thread.conversation_id = self.customer.conversation_id

    def stop(self, reason: Exception) -> None:
        """Breaks the conversation off as soon as the call under way is answered."""
        if self.thread.broken_off is None or not isinstance(reason, BrokenOffError):
            self._reason_to_stop = reason
            self._wake()

    def customer_saw(self, event: Event) -> None:
        match event.type:
            case "MessagePosted" if self.customer.screen is None:
                self.thread.customer_screen.saw(sighting_of(event))
            case "AgentJoined":
                self._agent_joined(msgspec.json.decode(event.data, type=_Joined).agent_id)
            case "AgentLeft":
                self._agent = None
            case "ConversationEnded":
                self._agent_at_end = self._agent is not None
                self._ended = True
                if self.customer.screen is None:
                    self.thread.customer_screen.complete = True
        self._moved()

    def agent_saw(self, event: Event) -> None:
        if event.type == "MessagePosted":
            sighting = sighting_of(event)
            self._measure_way_to_agent(sighting)
            self.thread.agent_screen.saw(sighting)
            self._moved()

    def agent_read(self, events: list[Event]) -> None:
        """Takes the events of the conversation that the agent read on joining it."""
        for event in events:
            if event.type == "MessagePosted":
                sighting = sighting_of(event)
                if sighting.message_id not in self.thread.agent_screen.seen:
                    self.thread.agent_screen.saw(sighting)
        self._moved()

    def desk_shows(self, log: Sequence[Sighting]) -> None:
        """Takes all messages of the conversation that the agent's desk shows."""
        thread = self.thread
        for sighting in log:
            self._measure_way_to_agent(sighting)
        thread.agent_screen.show(as_written(log, thread.messages))
        thread.at_desk = True
        self._moved()

    def task_closed(self) -> None:
        self.thread.agent_screen.complete = True
        self._moved()

    def _measure_way_to_agent(self, sighting: Sighting) -> None:
        if sighting.speaker == "customer" and sighting.message_id not in self.thread.agent_screen.seen:
            self._stage.measurements.to_agent_seconds.append(time.perf_counter() - self._posted_at)

    async def _perform(self) -> None:
        for sequence, turn in enumerate(self._dialogue.turns, 1):
            await self._type(turn.text)
            await self._post(Message(new_id(), sequence, turn.speaker, turn.text))
        await self._as_agent(lambda agent: agent.end(self.thread.conversation_id))
        await self._until(self._is_over)

    async def _type(self, text: str) -> None:
        if self._stage.characters_per_second is None:
            return
        self._stage.measurements.pausing += 1
        try:
            async with asyncio.timeout(len(text) / self._stage.characters_per_second):
                await self._until(lambda: False)
        except TimeoutError:
            pass
        finally:
            self._stage.measurements.pausing -= 1

    async def _post(self, message: Message) -> None:
        """Posts a message and waits until the other side has it on the screen."""
        if self.thread.conversation_id:
            await self._until(self._has_agent)
        self.thread.messages.append(message)
        self._posting()
        if message.speaker == "customer":
            message.version = await self.customer.post(message, self._posting)
            screen = self.thread.agent_screen
        else:
            message.version = await self._as_agent(lambda agent: agent.post(self.thread.conversation_id, message))
            screen = self.thread.customer_screen
        self._acknowledged(message, time.perf_counter() - self._posted_at)
        await self._until(lambda: message.message_id in screen.seen)

    def _posting(self) -> None:
        """Is called when nothing keeps the message back any more."""
        self._posted_at = time.perf_counter()

    async def _as_agent(self, act: Callable[[Agent], Awaitable[T]]) -> T:
        """Acts as the agent who has the conversation. If another agent takes it over meanwhile, that agent acts."""
        while True:
            await self._until(self._has_agent)
            agent = self._agent
            assert agent is not None  # noqa: S101 - _until has waited for one
            try:
                return await act(agent)
            except CallRefusedError as error:
                if error.status != HTTPStatus.FORBIDDEN:
                    raise
            if self._agent is agent:
                self._agent = None

    async def _break_off(self) -> None:
        """Ends the conversation as its customer, so that no agent is left holding it."""
        self._reason_to_stop = None
        try:
            async with asyncio.timeout(_BREAKING_OFF_SECONDS):
                await self.customer.end()
                await self._until(self._is_over)
        except TimeoutError:
            self.thread.customer_screen.complete = self.thread.agent_screen.complete = True

    def _acknowledged(self, message: Message, seconds: float) -> None:
        self._stage.acknowledgements.add(self.thread.conversation_id, message)
        measurements = self._stage.measurements
        measurements.acknowledged += 1
        measurements.acknowledgement_seconds.append(seconds)
        self._moved()

    def _agent_joined(self, agent_id: str) -> None:
        self._agent = self._stage.agents.get(agent_id)
        if self._agent is None:
            self.stop(BrokenOffError(f"{agent_id}, who does not play, took the conversation"))

    def _feed_ended(self, following: "asyncio.Task[NoReturn]") -> None:
        if not following.cancelled() and (error := following.exception()) is not None:
            self.stop(error if isinstance(error, Exception) else BrokenOffError(str(error)))

    def _has_agent(self) -> bool:
        return self._agent is not None

    def _is_over(self) -> bool:
        """Returns True when both sides have seen the end."""
        thread = self.thread
        return (
            self._ended and thread.customer_screen.complete and (thread.agent_screen.complete or not self._agent_at_end)
        )

    def _moved(self) -> None:
        self._stage.measurements.moves += 1
        self._wake()

    async def _until(self, met: Callable[[], bool]) -> None:
        """Waits until the condition is met. Raises the reason to stop as soon as there is one."""
        while True:
            if self._reason_to_stop is not None:
                raise self._reason_to_stop
            if met():
                return
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
