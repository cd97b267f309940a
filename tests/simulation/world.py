"""The whole core in a world of its own: virtual time, ids from a seed, a journal that can be made to fail."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec

from actors.agent import Agent
from actors.configuration import Configuration
from actors.conversation import Conversation
from actors.engine import Committed, EntitySystem, NotDurableError, Outcome, Request
from actors.entities import decider_of
from actors.folding import fold
from actors.router import Router
from schemas.commands import Command, ImportTables
from schemas.configuration import Tables
from schemas.content import TextContent
from schemas.events import REGISTRY, AgentMrdStateChanged, Event
from schemas.identifiers import command_id, uuid7
from schemas.instants import parse_instant
from schemas.records import CENTRE, Record, entity_id_of
from schemas.replies import MessageReply, Refusal, Reply
from tests.actors.engine.journals import Fault, FragileJournal
from tests.simulation.clocks import Clocks
from tests.simulation.snapshots import WorldSnapshots
from tests.simulation.witness import Witness

__all__ = ["World"]

_TROUBLE = timedelta(seconds=1)
"""The time by which a deadline is put off after the journal has refused its events."""


class World:
    """A world that runs commands as the engine does and folds the journal beside it. ``states`` has each stream's
    state as the journal has it, ``changed`` the streams with new events since the last check; ``reported`` the last
    state that each agent reported of each MRD; ``acknowledged`` the messages that were acknowledged as kept.
    ``watchers`` see every event after it has been folded."""

    def __init__(self, seed: int, tables: Tables) -> None:
        self.clocks = Clocks()
        self.journal = FragileJournal()
        self.snapshots = WorldSnapshots(self.journal)
        self.states: dict[str, Any] = {}
        self.changed: set[str] = set()
        self.open: dict[str, Conversation] = {}
        self.agents: dict[str, Agent] = {}
        self.routers: dict[str, Router] = {}
        self.reported: dict[tuple[str, str], str] = {}
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.failed: list[Exception] = []
        self.watchers: list[Callable[[Record, Event], None]] = []
        self.witness = Witness()
        self._failing_until = self.now
        self._sent_before: set[str] = set()
        self._random = Random(seed)
        self._position = 0
        self._released = 0
        self._outcomes: list[tuple[Request, Outcome]] = []
        self.system = self._start()
        self.run([self.request(CENTRE, ImportTables(at=self.now, tables=tables))])

    @property
    def now(self) -> datetime:
        return self.clocks.now()

    @property
    def journal_failing(self) -> bool:
        """True while the journal has just refused an event that was due, which then happens a little later."""
        return self.now <= self._failing_until

    @property
    def configuration(self) -> Configuration:
        configuration: Configuration = self.state(CENTRE)
        return configuration

    @property
    def position(self) -> int:
        return self._position

    def restart(self, after: float = 0.0) -> None:
        """Ends the process. So many seconds later another begins on the same journal, from the snapshots if there
        are any."""
        self.system.shutdown()
        self.clocks.restart(after)
        self.system = self._start()
        assert self.system.recover(self.snapshots.recovery()) == self._released == self._position
        self._failing_until = self.now - _TROUBLE
        self._fire_late()

    def jump(self, seconds: float) -> None:
        """Sets the machine's clock. The engine's time never goes back."""
        before = self.now
        self.clocks.jump(seconds)
        assert self.now >= before
        self._fire_late()

    def new_id(self) -> str:
        return uuid7(int(self.now.timestamp() * 1000), self._random.getrandbits(74))

    def request(self, to: str, command: Command) -> Request:
        return Request(to, command, command_id(self.new_id()), "simulation")

    def run(self, requests: Iterable[Request]) -> list[Reply | Refusal | None]:
        """Carries out one batch, and everything that is due after it. Only a journal that was made to fail lets a
        command fail."""
        batch = list(requests)
        self._outcomes = []
        self.system.run(batch)
        outcomes = self._outcomes
        assert len(outcomes) == len(batch), "each request has one outcome"
        answers = [self._answer_of(sent, outcome) for sent, outcome in outcomes]
        self._follow()
        self.advance(0.0)
        return answers

    def advance(self, seconds: float) -> None:
        """Lets time pass. Everything that falls due meanwhile happens at its own instant."""
        end = self.now + timedelta(seconds=seconds)
        while (due := self.system.timers.next_instant()) is not None and due <= end:
            if due > self.now:
                self.clocks.run(due - self.now)
            self._fire()
        self.clocks.run(end - self.now)

    def fail_next(self, *faults: Fault) -> None:
        """Makes the next appends fail; four in a row are more than the engine puts up with."""
        self.journal.faults += faults

    def digest(self) -> str:
        """One hash over every byte of the journal."""
        digest = hashlib.sha256()
        for record in self.journal.read_all(0, self._position):
            digest.update(msgspec.json.encode(record))
        return digest.hexdigest()

    def state(self, stream: str) -> Any:
        return self.states.get(stream) or decider_of(stream).initial(entity_id_of(stream))

    def folded_anew(self, stream: str) -> Any:
        return fold(stream, self.journal.read_stream(stream))

    def _start(self) -> EntitySystem:
        return EntitySystem(
            self.journal,
            self._release,
            clock=self.clocks.now,
            ids=self.new_id,
            idle_seconds=120,
            sleep=lambda _: None,
            snapshots=self.snapshots.kept,
        )

    def _fire_late(self) -> None:
        """Fires the deadlines that are overdue after a restart or a jump of the clock, and checks that they come in
        the order in which they should have come."""
        instants = {
            (stream, msgspec.structs.replace(deadline.command, at=self.now)): deadline.instant
            for stream, state in self.states.items()
            for deadline in decider_of(stream).deadlines(state).values()
        }
        due = self.system.timers.next_instant()
        if due is None or due > self.now or self.journal_failing:
            return
        fired = [instants[sent.to, sent.command] for sent, _ in self._fire()]
        assert fired == sorted(fired)
        self.advance(0.0)

    def _fire(self) -> list[tuple[Request, Outcome]]:
        self._outcomes = []
        self.system.fire()
        fired = self._outcomes
        for _, outcome in fired:
            if outcome.error is not None:
                assert isinstance(outcome.error, NotDurableError), outcome.error
                self._failing_until = self.now + _TROUBLE
        self._follow()
        return fired

    def _release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        """Checks that every released event is durable, and that the released events have neither gap nor duplicate."""
        for item in committed:
            assert item.record.position == self._released + 1
            assert self.journal.read_event(item.record.event_id) == item.record
            self._released += 1
        self._outcomes += outcomes

    def _answer_of(self, sent: Request, outcome: Outcome) -> Reply | Refusal | None:
        if outcome.error is not None:
            assert isinstance(outcome.error, NotDurableError) or self._is_client_error(sent), outcome.error
            self.failed.append(outcome.error)
        self._sent_before.add(sent.command_id)
        if isinstance(outcome.answer, MessageReply):
            place = (sent.to, outcome.answer.version)
            assert self.acknowledged.setdefault(outcome.answer.message_id, place) == place
        return outcome.answer

    def _is_client_error(self, sent: Request) -> bool:
        """True for a client's mistake: an id used before for another command, or an event that would not decode."""
        return sent.command_id in self._sent_before or getattr(sent.command, "content", None) == TextContent("")

    def _follow(self) -> None:
        self.journal.appends.clear()
        for record in self.journal.read_all(self._position, 1_000_000):
            self._fold(record)
            self._position = record.position
        assert self._released == self._position, "all that is durable has been let out"

    def _fold(self, record: Record) -> None:
        decider, entity_id = decider_of(record.stream), entity_id_of(record.stream)
        state, event = self.state(record.stream), REGISTRY.decode(record)
        at = parse_instant(record.at)
        self.witness.before_event(state, event, at)
        decider.evolve(state, event)
        self.witness.after_event(state, event, at)
        self.states[record.stream] = state
        self.changed.add(record.stream)
        self._keep(entity_id, state, event)
        for watcher in self.watchers:
            watcher(record, event)

    def _keep(self, entity_id: str, state: Any, event: Event) -> None:
        if isinstance(event, AgentMrdStateChanged):
            self.reported[entity_id, event.mrd] = event.state
        match state:
            case Conversation() if state.status in ("new", "ended"):
                self.open.pop(entity_id, None)
            case Conversation():
                self.open[entity_id] = state
            case Agent():
                self.agents[entity_id] = state
            case Router():
                self.routers[entity_id] = state
