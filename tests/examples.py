"""Examples that many tests need: instants, ids, settings."""

from datetime import UTC, datetime, timedelta

from schemas.agents import AgentSettings, MrdSettings
from schemas.identifiers import uuid7
from schemas.queues import QueueSettings
from schemas.records import NewRecord

__all__ = ["CALLBACK", "NOW", "SALES", "SUPPORT", "identifier", "later", "new_record", "new_records"]

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

SUPPORT = QueueSettings(name="support", mrd="chat")
SALES = QueueSettings(name="sales", mrd="chat", priority=8, wrap_up_seconds=30.0)
CALLBACK = QueueSettings(name="callback", mrd="callback")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def identifier(number: int) -> str:
    """The same number gives the same UUIDv7; its last 16 bits are zero, so that it serves as a command's id too."""
    return uuid7(int(NOW.timestamp() * 1000), number << 16)


def new_record(stream: str, version: int, event_id: str | None = None, text: str = "") -> NewRecord:
    return NewRecord(
        stream=stream,
        version=version,
        event_id=event_id or f"{stream}/{version}",
        type="NoteAdded",
        at="2026-11-22T10:00:00.000000Z",
        schema_version=1,
        correlation_id="correlation",
        causation_id="causation",
        actor="agent:alice",
        data=f'{{"text":"{text or stream}"}}'.encode(),
    )


def new_records(stream: str, first: int, last: int) -> list[NewRecord]:
    return [new_record(stream, version) for version in range(first, last + 1)]


def settings_of(name: str, **mrds: int) -> AgentSettings:
    """The settings of an agent with so many tasks at once in each MRD."""
    return AgentSettings(name=name, mrds={mrd: MrdSettings(max_tasks) for mrd, max_tasks in mrds.items()})
