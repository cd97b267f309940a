"""Journals for the commands to read: one written by real commands, and ways to damage it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from click.testing import CliRunner, Result

from actors.engine import EntitySystem, Request
from actors.journal import SqliteJournal
from gateways.command_line import main
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
from schemas.records import conversation_stream
from tests.examples import NOW, SALES, identifier, later, settings_of

__all__ = ["CONVERSATION", "CONVERSATION_ID", "HOSTILE", "TASK_ID", "damaged", "lines_of", "run", "write_conversation"]

CONVERSATION_ID = identifier(1)
TASK_ID = identifier(2)
CONVERSATION = conversation_stream(CONVERSATION_ID)
HOSTILE = "\x1b]0;mine\x07 \x9b31m first\nsecond \u202eback"


def write_conversation(data_dir: Path) -> None:
    """Alice takes Ann's conversation and ends it: 19 events in 3 streams."""
    numbers = count(100)
    with closing(SqliteJournal(data_dir / "journal.db")) as journal:
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


def run(*arguments: str, data_dir: Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data-dir", str(data_dir)], input=stdin)


def lines_of(result: Result) -> list[str]:
    """The lines printed by a command that succeeded."""
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@contextmanager
def damaged(data_dir: Path) -> Iterator[sqlite3.Connection]:
    """The journal's table without the constraints that keep it whole."""
    with closing(sqlite3.connect(data_dir / "journal.db")) as connection:
        connection.execute("CREATE TABLE copies AS SELECT * FROM events")
        connection.execute("DROP TABLE events")
        connection.execute("ALTER TABLE copies RENAME TO events")
        yield connection
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
