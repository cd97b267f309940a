"""A journal of 1,000,000 events with 10,000 open conversations, made by the engine's own code in a minute or two."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from msgspec.structs import astuple

from actors.engine import Committed, EntitySystem, Outcome, Request
from actors.journal import MemoryJournal, SqliteJournal
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import (
    AcceptTask,
    Command,
    EndConversation,
    ImportTables,
    LogIn,
    PostCustomerMessage,
    SetState,
    StartConversation,
)
from schemas.configuration import Agent, Bot, Channel, Mrd, Queue, Tables
from schemas.content import Sender, TextContent
from schemas.events import Customer, TaskReserved
from schemas.identifiers import command_id, new_id
from schemas.instants import utc_now
from schemas.records import CENTRE, NewRecord
from tests.examples import SUPPORT

__all__ = ["EVENTS", "OPEN", "write_journal"]

EVENTS = 1_000_000
OPEN = 10_000
_AGENTS = 200
_PLACES = 5
_MESSAGES = 6
_COPIED_AT_ONCE = 10_000
_CUSTOMER = Sender("customer", "c-7", "Ada")
_TABLES = Tables(
    mrds={"chat": Mrd(max_tasks=_PLACES)},
    queues={"support": Queue(mrd="chat")},
    bots={"greeter": Bot(url="http://127.0.0.1:9")},
    channels={"web": Channel(queue="support")},
    agents={f"agent-{number}": Agent(name=f"Agent {number}") for number in range(_AGENTS)},
)


def write_journal(path: Path, events: int = EVENTS, open_conversations: int = OPEN) -> None:
    """Writes a journal in which conversations come, are served by 200 agents or a bot, and end. At the end so many
    of them are open: with bots, with agents, in line."""
    centre = _Centre()
    journal = centre.journal
    while journal.last_position() < events - open_conversations * (_MESSAGES + 3):
        centre.serve(_AGENTS)
    centre.keep_open(open_conversations)
    while journal.last_position() < events:
        centre.talk(min(500, events - journal.last_position()))
    centre.system.shutdown()
    _copy(journal, path)


class _Centre:
    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.now = utc_now() - timedelta(days=1)
        self.open: list[str] = []
        self._reserved: list[tuple[str, TaskReserved]] = []
        self.system = EntitySystem(self.journal, self._release, clock=lambda: self.now)
        self._run([(CENTRE, ImportTables(at=self.now, tables=_TABLES))])
        for agent_id, agent in _TABLES.agents.items():
            settings = AgentSettings(name=agent.name, mrds={"chat": MrdSettings(_PLACES)})
            stream = f"agent-{agent_id}"
            self._run([(stream, LogIn(at=self.now, agent_id=agent_id, settings=settings))])
            self._run([(stream, SetState(at=self.now, state="ready"))])

    def serve(self, conversations: int) -> None:
        """Serves so many conversations from beginning to end, every other one by agents."""
        started = [self._start(bot="greeter" if number % 2 else None) for number in range(conversations)]
        self._accept()
        self._talk(started, _MESSAGES)
        self.now += timedelta(seconds=20)
        self._run(
            [(stream, EndConversation(at=self.now, ended_by=_CUSTOMER, reason="customer_left")) for stream in started]
        )
        self.system.fire()

    def keep_open(self, conversations: int) -> None:
        self.open = [self._start(bot=None if number % 3 else "greeter") for number in range(conversations)]
        self._accept()

    def talk(self, messages: int) -> None:
        self._talk(self.open[:messages], 1)
        self.open = [*self.open[messages:], *self.open[:messages]]

    def _start(self, bot: str | None) -> str:
        conversation_id = new_id()
        command = StartConversation(
            at=self.now,
            conversation_id=conversation_id,
            channel="web",
            customer=Customer(id=f"c-{conversation_id}", name="Ada"),
            queue=SUPPORT,
            task_id=new_id(),
            message_id=new_id(),
            request_digest="digest",
            bot=bot,
            text="Hello, is anybody there?",
        )
        self._run([(f"conversation-{conversation_id}", command)])
        return f"conversation-{conversation_id}"

    def _talk(self, streams: Iterable[str], messages: int) -> None:
        for _ in range(messages):
            self.now += timedelta(milliseconds=10)
            self._run([(stream, self._message()) for stream in streams])

    def _message(self) -> Command:
        return PostCustomerMessage(at=self.now, message_id=new_id(), content=TextContent("I wait for an answer."))

    def _accept(self) -> None:
        while self._reserved:
            reserved, self._reserved = self._reserved, []
            self._run([(stream, AcceptTask(at=self.now, task_id=event.task_id)) for stream, event in reserved])

    def _run(self, commands: Iterable[tuple[str, Command]]) -> None:
        self.system.run([Request(stream, command, command_id(new_id()), "bench") for stream, command in commands])

    def _release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        assert all(outcome.error is None for _, outcome in outcomes)
        self._reserved += [(record.stream, event) for record, event in committed if isinstance(event, TaskReserved)]


def _copy(journal: MemoryJournal, path: Path) -> None:
    there = SqliteJournal(path)
    position = 0
    while records := journal.read_all(position, _COPIED_AT_ONCE):
        there.append([NewRecord(*astuple(record)[:-1]) for record in records])
        position = records[-1].position
    there.close()
