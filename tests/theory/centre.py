"""A contact centre of one skill on the engine's real core, driven by commands and read from its journal."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from actors.engine import Committed, EntitySystem, Outcome, Request
from actors.journal import MemoryJournal
from schemas.commands import AcceptTask, Command, EndConversation, LogIn, SetState, StartConversation
from schemas.content import Sender
from schemas.events import REGISTRY, Customer, TaskAssigned, TaskCancelled, TaskOffered, TaskQueued
from schemas.instants import parse_instant
from schemas.queues import QueueSettings
from schemas.records import agent_stream, conversation_stream
from tests.examples import NOW, identifier, settings_of

__all__ = ["Centre", "Offer", "Passage"]

CUSTOMER = Sender("customer", "c-7", "Ada")
MICROSECOND = timedelta(microseconds=1)


class Offer(NamedTuple):
    conversation_id: str
    task_id: str
    agent_id: str


class Passage(NamedTuple):
    """The passage of a task through the line: the microseconds in it, and whether the customer gave up."""

    wait: int
    abandoned: bool


class Centre:
    """Instants are microseconds from the centre's opening."""

    def __init__(self, agents: int) -> None:
        self._ids = map(identifier, count(1))
        self._now = NOW
        self._journal = MemoryJournal()
        self._offers: list[Offer] = []
        self._system = EntitySystem(
            self._journal, self._release, clock=lambda: self._now, ids=self._ids.__next__, sleep=lambda _: None
        )
        for number in range(agents):
            self._open(f"agent{number}")

    def run(self, at: int, requests: Iterable[Request]) -> list[Offer]:
        """Carries out the requests, none of which is later than the instant, and returns the offers that follow."""
        self._now = _instant(at)
        self._offers = []
        self._system.run(list(requests))
        return self._offers

    def start(self, at: int, priority: int) -> tuple[str, Request]:
        """Starts a conversation directly in the queue of this priority. Returns its id, and the request."""
        conversation_id = next(self._ids)
        command = StartConversation(
            at=_instant(at),
            conversation_id=conversation_id,
            channel="web",
            customer=Customer(id="c-7", name="Ada"),
            queue=QueueSettings(name=f"support{priority}", mrd="chat", priority=priority),
            task_id=next(self._ids),
            message_id=next(self._ids),
            request_digest="digest",
        )
        return conversation_id, self._request(conversation_stream(conversation_id), command)

    def accept(self, at: int, offer: Offer) -> Request:
        return self._request(agent_stream(offer.agent_id), AcceptTask(at=_instant(at), task_id=offer.task_id))

    def finish(self, at: int, offer: Offer) -> Request:
        ended_by = Sender("agent", offer.agent_id)
        command = EndConversation(at=_instant(at), ended_by=ended_by, reason="agent_ended")
        return self._request(conversation_stream(offer.conversation_id), command)

    def abandon(self, at: int, conversation_id: str) -> Request:
        command = EndConversation(at=_instant(at), ended_by=CUSTOMER, reason="customer_left")
        return self._request(conversation_stream(conversation_id), command)

    def passages(self) -> list[Passage]:
        """The passages of all tasks in the order of arrival, from the journal alone. Every task must have left the
        line."""
        queued: dict[str, datetime] = {}
        passages: dict[str, Passage] = {}
        for record in self._journal.read_all(0, self._journal.last_position()):
            if record.type not in ("TaskQueued", "TaskAssigned", "TaskCancelled"):
                continue
            event = REGISTRY.decode(record)
            if isinstance(event, TaskQueued):
                queued[event.task_id] = event.queued_at
            elif isinstance(event, TaskAssigned | TaskCancelled):
                assert event.task_id not in passages, "a task leaves the line once"
                wait = (parse_instant(record.at) - queued[event.task_id]) // MICROSECOND
                passages[event.task_id] = Passage(wait, isinstance(event, TaskCancelled))
        return [passages[task_id] for task_id in queued]

    def estimates(self) -> list[tuple[float | None, float]]:
        """What each customer who got an agent was expected to wait when coming, and the real wait, in seconds."""
        records = self._journal.read_all(0, self._journal.last_position())
        assigned = [REGISTRY.decode(record) for record in records if record.type == "TaskAssigned"]
        return [
            (event.estimated_wait_seconds, event.waited_seconds)
            for event in assigned
            if isinstance(event, TaskAssigned) and event.waited_seconds is not None
        ]

    def close(self) -> None:
        self._system.shutdown()
        self._journal.close()

    def _open(self, agent_id: str) -> None:
        log_in = LogIn(at=NOW, agent_id=agent_id, settings=settings_of(agent_id.title(), chat=1))
        stream = agent_stream(agent_id)
        self._system.run([self._request(stream, log_in), self._request(stream, SetState(at=NOW, state="ready"))])

    def _request(self, to: str, command: Command) -> Request:
        return Request(to, command, next(self._ids), "theory")

    def _release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        assert not any(outcome.error for _, outcome in outcomes)
        for _, event in committed:
            if isinstance(event, TaskOffered):
                self._offers.append(Offer(event.conversation_id, event.task_id, event.agent_id))


def _instant(at: int) -> datetime:
    return NOW + at * MICROSECOND
