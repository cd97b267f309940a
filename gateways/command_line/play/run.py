"""A run of the player, from logging in to reading every conversation back."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from gateways.client.agent_session import Credentials
from gateways.client.client import Client
from gateways.client.exceptions import ClientError
from gateways.command_line.play.acknowledgements import Acknowledgements
from gateways.command_line.play.crew import Crew
from gateways.command_line.play.customer import Customer
from gateways.command_line.play.desk_agent import DeskTab
from gateways.command_line.play.dialogues import Dialogue
from gateways.command_line.play.exceptions import BrokenOffError, PlayError
from gateways.command_line.play.measurements import Measurements
from gateways.command_line.play.open_performances import OpenPerformances
from gateways.command_line.play.performance import Performance, Stage
from gateways.command_line.play.progress import ProgressBar
from gateways.command_line.play.reading_back import Played, read_back_all
from gateways.command_line.play.summary import Summary, summarise
from gateways.command_line.play.widget_customer import Widget, WidgetCustomer, can_be_written
from schemas.identifiers import new_id

__all__ = ["STALLED_SECONDS", "Outcome", "Plan", "Run"]

STALLED_SECONDS = 30.0
"""The time without progress after which the play is given up. It is longer than an offer waits for an answer."""


@dataclass(frozen=True)
class Plan:
    """How to play.

    If ``concurrency`` is None, as many conversations run at once as the agents can hold. Each feed is cut on purpose
    once in ``reconnect_every`` seconds on average. The first customers arrive over ``ramp_up`` seconds. The first
    dialogues are played in so many ``widgets`` of one page, and so many of the first agents work at ``desks``.
    """

    url: str
    channel: str
    agents: Sequence[Credentials]
    concurrency: int | None
    characters_per_second: float | None
    keep_trying: float
    reconnect_every: float | None
    ramp_up: float
    clear: bool
    acknowledged: Path | None
    widgets: int = 0
    desks: int = 0


class Outcome(NamedTuple):
    """How a run ended. ``error`` ended it early; an interruption by the person at the keyboard is no error."""

    summary: Summary
    error: Exception | None
    interrupted: bool


class Run:
    """Plays dialogues as planned. A run is made and used within one event loop."""

    def __init__(self, plan: Plan, dialogues: Sequence[Dialogue], progress: ProgressBar) -> None:
        """Raises PlayError when the file of acknowledgements cannot be written."""
        self._plan = plan
        self._dialogues = dialogues
        self._progress = progress
        self._client = Client(plan.url, plan.keep_trying, cut_every=plan.reconnect_every)
        self._measurements = Measurements()
        self._open = OpenPerformances()
        self._crew = Crew(self._client, plan.agents, self._open, self._spawn, clear=plan.clear)
        self._stage = Stage(
            client=self._client,
            channel=plan.channel,
            agents=self._crew.agents,
            measurements=self._measurements,
            acknowledgements=Acknowledgements(plan.acknowledged),
            characters_per_second=plan.characters_per_second,
        )
        self._played: list[Played] = []
        self._widgets: list[Widget] = []
        self._background: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup
        self._seconds = 0.0
        self._no_more = asyncio.Event()
        self._interrupted = False

    async def play(self) -> Outcome:
        """Plays, reads back and sums up as far as possible. Ctrl-C ends the play early, a second one at once."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, self._interrupt, loop)
        try:
            error = await self._play()
        finally:
            loop.remove_signal_handler(signal.SIGINT)
            self._stage.acknowledgements.close()
        return Outcome(self._summary(), error, self._interrupted)

    async def _play(self) -> Exception | None:
        error: Exception | None = None
        async with self._client:
            try:
                await self._client.reach()
                async with (
                    _opened_widgets(self._client, self._plan) as self._widgets,
                    _opened_desks(self._client, self._plan) as desks,
                ):
                    self._crew.sit_down(desks)
                    await self._play_all()
                await read_back_all(self._played)
            except* (PlayError, ClientError) as errors:
                error = _first(errors)
                self._client.give_up()
            with contextlib.suppress(PlayError, ClientError):
                await self._crew.rest()
        return error

    async def _play_all(self) -> None:
        async with asyncio.TaskGroup() as group:
            self._group = group
            places = await self._crew.work(self._progress.note)
            self._spawn(self._watch())
            at_once = min(self._plan.concurrency or places, len(self._dialogues))
            dialogues = iter(self._dialogues)
            began = time.perf_counter()
            delays = [number / at_once * self._plan.ramp_up for number in range(at_once)]
            try:
                await asyncio.wait([group.create_task(self._work(dialogues, delay)) for delay in delays])
            finally:
                self._seconds = time.perf_counter() - began
            for task in self._background:
                task.cancel()

    async def _work(self, dialogues: Iterator[Dialogue], delay: float) -> None:
        """Plays one conversation after the other, the first after ``delay`` seconds."""
        await self._pause(delay)
        for dialogue in dialogues:
            if self._no_more.is_set():
                return
            performance = self._performance_of(dialogue)
            self._played.append((performance.thread, performance.customer))
            self._open.add(performance)
            try:
                await performance.run()
            finally:
                self._open.remove(performance)
            self._progress.played(performance.thread.acknowledged)
        self._no_more.set()

    def _performance_of(self, dialogue: Dialogue) -> Performance:
        if not (self._widgets and can_be_written(dialogue)):
            return Performance(self._stage, dialogue, Customer(self._client, new_id()))

        def begun() -> None:
            performance.begun()
            self._open.begun(performance)

        customer = WidgetCustomer(self._client, self._widgets.pop(0), begun, self._plan.keep_trying)
        performance = Performance(self._stage, dialogue, customer)
        return performance

    async def _pause(self, seconds: float) -> None:
        """Waits, but no longer than there are dialogues to play."""
        self._measurements.pausing += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._no_more.wait(), seconds)
        self._measurements.pausing -= 1

    async def _watch(self) -> None:
        """Ends a play that makes no progress although the server is there."""
        moves, since = -1, time.monotonic()
        patience = max(self._plan.keep_trying, STALLED_SECONDS)
        while True:
            await asyncio.sleep(1)
            waiting_for_good_reason = self._client.retrying or self._measurements.pausing
            if waiting_for_good_reason or moves != self._measurements.moves:
                moves, since = self._measurements.moves, time.monotonic()
            elif time.monotonic() - since > patience:
                self._stop(f"nothing has happened for {patience:g} s")

    def _interrupt(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.remove_signal_handler(signal.SIGINT)
        self._interrupted = True
        self._client.give_up()
        self._stop("interrupted")

    def _stop(self, reason: str) -> None:
        self._no_more.set()
        self._open.stop(BrokenOffError(reason))

    def _spawn(self, work: Coroutine[object, None, None]) -> None:
        task = self._group.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _summary(self) -> Summary:
        return summarise(
            [thread for thread, _ in self._played],
            self._measurements,
            self._seconds,
            retried=self._client.retried,
            in_widgets=sum(thread.played and isinstance(each, WidgetCustomer) for thread, each in self._played),
            reconnects=self._client.interruptions.made,
            resumed_feeds=self._client.resumed,
        )


@contextlib.asynccontextmanager
async def _opened_widgets(client: Client, plan: Plan) -> AsyncIterator[list[Widget]]:
    """Opens the widgets, if there are to be any: only they need a browser. Raises PlayError and ClientError."""
    if not plan.widgets:
        yield []
        return
    from gateways.command_line.play.widget_page import open_widgets

    path = f"/widget/frame?{urlencode({'channel': plan.channel, 'language': 'en'})}"
    await client.call("GET", client.at(path))
    async with open_widgets(client.at(path), plan.widgets) as widgets:
        yield list(widgets)


@contextlib.asynccontextmanager
async def _opened_desks(client: Client, plan: Plan) -> AsyncIterator[list[DeskTab]]:
    """Opens the desks, if there are to be any. Raises PlayError."""
    if not plan.desks:
        yield []
        return
    from gateways.command_line.play.desk_page import open_desks

    async with open_desks(client.at("/desk"), plan.desks) as desks:
        yield list(desks)


def _first(errors: ExceptionGroup[Exception]) -> Exception:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error
