"""The whole core in a world of its own: virtual time, ids from a seed, a journal that can be made to fail."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec

from actors.agent import Agent
from actors.conversation import Conversation
from actors.engine import Committed, EntitySystem, NotDurableError, Outcome, Request
from actors.entities import decider_of, fold
from actors.router import Router
from schemas.commands import Command
from schemas.content import TextContent
from schemas.events import REGISTRY, AgentMrdStateChanged, TaskAccepted, TaskReserved
from schemas.identifiers import command_id, uuid7
from schemas.records import Record, entity_id_of
from schemas.replies import MessageReply, Refusal, Reply
from tests.engine.journals import Fault, FragileJournal
from tests.examples import NOW

__all__ = ["World"]


class World:
    """Runs commands as the engine does and folds the journal beside it.

    ``states`` is what the journal says of each stream; ``reported`` the last state that each agent told the world
    of each media routing domain; ``acknowledged`` every message that anyone was told is kept.
    """

    def __init__(self, seed: int) -> None:
        self.now: datetime = NOW
        self.journal = FragileJournal()
        self.states: dict[str, Any] = {}
        self.open: dict[str, Conversation] = {}
        self.agents: dict[str, Agent] = {}
        self.routers: dict[str, Router] = {}
        self.reported: dict[tuple[str, str], str] = {}
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.failed: list[Exception] = []
        self._heard_of: set[str] = set()
        self._random = Random(seed)
        self._position = 0
        self._released = 0
        self._outcomes: list[tuple[Request, Outcome]] = []
        self.system = self._start()

    def restart(self) -> None:
        """The process dies and another begins on the same journal."""
        self.system.shutdown()
        self.system = self._start()
        assert self.system.recover() == self._released == self._position

    def new_id(self) -> str:
        return uuid7(int(self.now.timestamp() * 1000), self._random.getrandbits(74))

    def request(self, to: str, command: Command) -> Request:
        return Request(to, command, command_id(self.new_id()), "simulation")

    def run(self, requests: Iterable[Request]) -> list[Reply | Refusal | None]:
        """Carries out one batch. What fails does so because the journal was made to."""
        batch = list(requests)
        self._outcomes = []
        self.system.run(batch)
        assert len(self._outcomes) == len(batch), "each request has one outcome"
        answers = [self._heard(sent, outcome) for sent, outcome in self._outcomes]
        self._follow()
        return answers

    def advance(self, seconds: float) -> None:
        """Lets time pass; what falls due meanwhile happens at its own instant."""
        end = self.now + timedelta(seconds=seconds)
        while (due := self.system.timers.next_instant()) is not None and due <= end:
            self.now = max(self.now, due)
            self.system.fire()
            self._follow()
        self.now = end

    def fail_next(self, *faults: Fault) -> None:
        """Makes the next appends fail; four in a row are more than the engine puts up with."""
        self.journal.faults += faults

    def digest(self) -> str:
        """One hash over every byte of the journal."""
        digest = hashlib.sha256()
        for record in self.journal.read_all(0, self._position):
            digest.update(msgspec.json.encode(record))
        return digest.hexdigest()

    @property
    def position(self) -> int:
        return self._position

    def state(self, stream: str) -> Any:
        return self.states.get(stream) or decider_of(stream).initial(entity_id_of(stream))

    def folded_anew(self, stream: str) -> Any:
        return fold(stream, self.journal.read_stream(stream))

    def _start(self) -> EntitySystem:
        return EntitySystem(
            self.journal,
            self._release,
            clock=lambda: self.now,
            ids=self.new_id,
            idle_seconds=120,
            sleep=lambda _: None,
        )

    def _release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        """Nothing is let out before it is durable, and what is let out has neither gap nor duplicate."""
        for item in committed:
            assert item.record.position == self._released + 1
            assert self.journal.read_event(item.record.event_id) == item.record
            self._released += 1
        self._outcomes += outcomes

    def _heard(self, sent: Request, outcome: Outcome) -> Reply | Refusal | None:
        if outcome.error is not None:
            assert isinstance(outcome.error, NotDurableError) or self._is_blunder(sent), outcome.error
            self.failed.append(outcome.error)
        self._heard_of.add(sent.command_id)
        if isinstance(outcome.answer, MessageReply):
            place = (sent.to, outcome.answer.version)
            assert self.acknowledged.setdefault(outcome.answer.message_id, place) == place
        return outcome.answer

    def _is_blunder(self, sent: Request) -> bool:
        """An id used before, for what is no repetition any more, or an event that would not decode."""
        return sent.command_id in self._heard_of or getattr(sent.command, "content", None) == TextContent("")

    def _follow(self) -> None:
        for record in self.journal.read_all(self._position, 1_000_000):
            self._fold(record)
            self._position = record.position
        assert self._released == self._position, "all that is durable has been let out"

    def _fold(self, record: Record) -> None:
        decider, entity_id = decider_of(record.stream), entity_id_of(record.stream)
        state, event = self.state(record.stream), REGISTRY.decode(record)
        decider.evolve(state, event)
        self.states[record.stream] = state
        if isinstance(event, AgentMrdStateChanged):
            self.reported[entity_id, event.mrd] = event.state
        if isinstance(event, TaskReserved | TaskAccepted):
            mrd = state.tasks[event.task_id].mrd
            assert len(state.held(mrd)) <= state.mrds[mrd].max_tasks, "nobody is offered or accepts too much"
        match state:
            case Conversation() if decider.finished(state):
                self.open.pop(entity_id, None)
            case Conversation():
                self.open[entity_id] = state
            case Agent():
                self.agents[entity_id] = state
            case Router():
                self.routers[entity_id] = state
