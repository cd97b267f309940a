"""The engine's memory with 100,000 open conversations, in a process of its own."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from actors.engine import EntitySystem, Request
from actors.journal import SqliteJournal
from schemas.commands import StartConversation
from schemas.events import Customer
from schemas.identifiers import command_id, new_id
from schemas.records import conversation_stream
from tests.examples import NOW, SUPPORT

__all__ = ["measure_engine"]

CONVERSATIONS = 100_000
BATCH = 500


def measure_engine() -> dict[str, float]:
    """Measures the bytes by which the process grows: actors, states and the router's line of all waiting tasks, but
    no views and no HTTP."""
    output = subprocess.run([sys.executable, "-m", __name__], check=True, capture_output=True, text=True).stdout
    return {"bytes_at_100k": int(output), "bytes_per_conversation": round(int(output) / CONVERSATIONS)}


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _start() -> Request:
    conversation_id = new_id()
    command = StartConversation(
        at=NOW,
        conversation_id=conversation_id,
        channel="web",
        customer=Customer(name="Ada"),
        queue=SUPPORT,
        task_id=new_id(),
        message_id=new_id(),
        request_digest="digest",
        text="Hello, is anybody there?",
    )
    return Request(conversation_stream(conversation_id), command, command_id(new_id()), "bench")


def _grow() -> int:
    with tempfile.TemporaryDirectory() as directory:
        journal = SqliteJournal(Path(directory) / "journal.db")
        system = EntitySystem(journal, lambda outcomes, committed: None, clock=lambda: NOW)
        system.run([_start() for _ in range(BATCH)])
        before = _resident_bytes()
        for _ in range(CONVERSATIONS // BATCH):
            system.run([_start() for _ in range(BATCH)])
        after = _resident_bytes()
        system.shutdown()
        journal.close()
    return after - before


if __name__ == "__main__":
    sys.stdout.write(str(_grow()))
