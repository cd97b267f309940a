"""A journal for the commands to read, written by real commands, and a way to damage it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from actors.engine import EntitySystem, Request
from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from schemas.commands import (
    AcceptTask,
    Command,
    EndConversation,
    LogIn,
    PostAgentMessage,
    PostCustomerMessage,
    SetState,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import Customer
from schemas.records import Record, conversation_stream
from tests.examples import NOW, SALES, identifier, later, settings_of

__all__ = ["CONVERSATION", "CONVERSATION_ID", "HOSTILE", "TASK_ID", "damaged", "recorded", "write_conversation"]

CONVERSATION_ID = identifier(1)
TASK_ID = identifier(2)
CONVERSATION = conversation_stream(CONVERSATION_ID)
HOSTILE = "\x1b]0;mine\x07 \x9b31m first\nsecond \u202eback"


def write_conversation(data_dir: Path) -> None:
    """Writes 19 events in 3 streams: Alice takes Ann's conversation and ends it."""
    numbers = count(100)
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        system = EntitySystem(journal, lambda outcomes, committed: None, clock=lambda: NOW)
        for to, command in _commands():
            system.run([Request(to, command, identifier(next(numbers)), actor="test")])
        system.shutdown()


def _commands() -> Iterator[tuple[str, Command]]:
    agent = "agent-alice"
    start = StartConversation(
        at=later(60),
        conversation_id=CONVERSATION_ID,
        channel="web-direct",
        customer=Customer(name="Ann"),
        queue=SALES,
        task_id=TASK_ID,
        message_id=identifier(3),
        request_digest="digest",
        text="Hello",
    )
    yield agent, LogIn(at=later(0), agent_id="alice", settings=settings_of("Alice", chat=2))
    yield agent, SetState(at=later(30), state="ready")
    yield CONVERSATION, start
    yield agent, AcceptTask(at=later(70), task_id=TASK_ID)
    hostile = TextContent(HOSTILE)
    yield CONVERSATION, PostCustomerMessage(at=later(90), message_id=identifier(4), content=hostile)
    answer = TextContent("I am here")
    yield CONVERSATION, PostAgentMessage(at=later(120), message_id=identifier(5), agent_id="alice", content=answer)
    yield CONVERSATION, EndConversation(at=later(150), ended_by=Sender("agent", "alice"), reason="agent_ended")


def recorded(data_dir: Path) -> list[Record]:
    """Returns all that the journal holds."""
    with closing(SqliteJournal(DataDirectory(data_dir).journal, read_only=True)) as journal:
        return journal.read_all(0, 100_000)


@contextmanager
def damaged(data_dir: Path) -> Iterator[sqlite3.Connection]:
    """Yields a connection to the journal, whose table has lost the constraints that keep it whole."""
    with closing(sqlite3.connect(DataDirectory(data_dir).journal)) as connection:
        connection.execute("CREATE TABLE copies AS SELECT * FROM events")
        connection.execute("DROP TABLE events")
        connection.execute("ALTER TABLE copies RENAME TO events")
        yield connection
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
