"""An entity system under a test's control: a virtual clock, ids from a counter, and everything that the system
releases."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actors.engine import Committed, EntitySystem, Outcome, Request
from actors.folding import fold
from actors.journal import Journal
from schemas.commands import (
    AcceptTask,
    Command,
    EndConversation,
    LogIn,
    LogOut,
    PostCustomerMessage,
    RequestAgent,
    SetState,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import Customer
from schemas.queues import QueueSettings
from schemas.records import agent_stream, conversation_stream
from schemas.replies import Refusal, Reply
from tests.examples import NOW, SUPPORT, identifier, settings_of

__all__ = [
    "CUSTOMER",
    "Harness",
    "accept",
    "ask_for_agent",
    "end",
    "log_in",
    "log_out",
    "post",
    "ready",
    "request",
    "start",
    "task_of",
]

CUSTOMER = Sender("customer", "c-7", "Ada")


@dataclass
class Harness:
    journal: Journal
    idle_seconds: float = 900.0
    now: datetime = NOW
    outcomes: list[tuple[Request, Outcome]] = field(default_factory=list)
    committed: list[Committed] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = 1_000_000
        self.system = EntitySystem(
            self.journal,
            self.release,
            clock=lambda: self.now,
            ids=self._next_id,
            idle_seconds=self.idle_seconds,
            sleep=self.slept.append,
        )

    def release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        self.outcomes += outcomes
        self.committed += committed

    def restarted(self) -> "Harness":
        """A new system on the same journal, at the same time."""
        return Harness(self.journal, self.idle_seconds, self.now)

    def run(self, *requests: Request) -> list[Outcome]:
        """Runs the requests as one batch, and returns their outcomes in the order of the requests."""
        self.outcomes.clear()
        self.system.run(requests)
        by_id = {sent.command_id: outcome for sent, outcome in self.outcomes}
        assert len(by_id) == len(requests) == len(self.outcomes), "each request has one outcome"
        return [by_id[sent.command_id] for sent in requests]

    def ask(self, sent: Request) -> Reply | Refusal | None:
        (outcome,) = self.run(sent)
        if outcome.error is not None:
            raise outcome.error
        return outcome.answer

    def advance(self, seconds: float) -> None:
        """Lets time pass and fires the deadlines that are due at its end."""
        self.now += timedelta(seconds=seconds)
        self.system.fire()

    def stored(self, stream: str) -> Any:
        """The entity's state as the journal has it."""
        return fold(stream, self.journal.read_stream(stream))

    def types(self, stream: str) -> list[str]:
        return [record.type for record in self.journal.read_stream(stream)]

    def _next_id(self) -> str:
        self._ids += 1
        return identifier(self._ids)


def request(to: str, command: Command, number: int, **more: Any) -> Request:
    return Request(to=to, command=command, command_id=identifier(number), actor="tester", **more)


def task_of(number: int) -> str:
    return identifier(100_000 + number)


def start(number: int, *, bot: str | None = None, queue: QueueSettings = SUPPORT, at: datetime = NOW) -> Request:
    """Starts conversation ``number``, with its task and its command numbered alike."""
    command = StartConversation(
        at=at,
        conversation_id=identifier(number),
        channel="web",
        customer=Customer(id="c-7", name="Ada"),
        queue=queue,
        task_id=task_of(number),
        message_id=identifier(200_000 + number),
        request_digest="digest",
        bot=bot,
    )
    return request(conversation_stream(identifier(number)), command, number)


def post(number: int, conversation: int, text: str = "Hello") -> Request:
    """Posts message ``number`` to a conversation."""
    command = PostCustomerMessage(at=NOW, message_id=identifier(number), content=TextContent(text))
    return request(conversation_stream(identifier(conversation)), command, number)


def ask_for_agent(number: int, conversation: int, queue: QueueSettings = SUPPORT) -> Request:
    command = RequestAgent(at=NOW, task_id=task_of(conversation), queue=queue, requested_by=CUSTOMER)
    return request(conversation_stream(identifier(conversation)), command, number)


def end(number: int, conversation: int) -> Request:
    command = EndConversation(at=NOW, ended_by=CUSTOMER, reason="customer_left")
    return request(conversation_stream(identifier(conversation)), command, number)


def log_in(number: int, agent_id: str, max_tasks: int = 1) -> Request:
    command = LogIn(at=NOW, agent_id=agent_id, settings=settings_of(agent_id.title(), chat=max_tasks))
    return request(agent_stream(agent_id), command, number)


def ready(number: int, agent_id: str, at: datetime = NOW) -> Request:
    return request(agent_stream(agent_id), SetState(at=at, state="ready"), number)


def log_out(number: int, agent_id: str) -> Request:
    return request(agent_stream(agent_id), LogOut(at=NOW), number)


def accept(number: int, agent_id: str, conversation: int) -> Request:
    return request(agent_stream(agent_id), AcceptTask(at=NOW, task_id=task_of(conversation)), number)
