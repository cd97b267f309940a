"""Reading a journal's file as an export has it: records around plain JSON."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Recorded", "channels", "recorded", "span"]

_RENAMED = {"TaskHeld": "TaskAssignedDirectly"}
"""Former names of event types in old journals, with the names that they have now."""


class Recorded(NamedTuple):
    """``entity`` is the id in the stream's name; ``at`` is the instant of the event, ``data`` the event's JSON."""

    position: int
    stream: str
    type: str
    at: datetime
    data: dict[str, Any]

    @property
    def entity(self) -> str:
        return self.stream.partition("-")[2]


def recorded(journal: Path, *types: str) -> Iterator[Recorded]:
    """All events of these types in the order in which they happened."""
    names = (*types, *(then for then, now in _RENAMED.items() if now in types))
    marks = ", ".join("?" * len(names))
    query = f"SELECT position, stream, type, at, data FROM events WHERE type IN ({marks}) ORDER BY position"  # noqa: S608
    for position, stream, kind, at, data in _rows(journal, query, names):
        yield Recorded(position, stream, _RENAMED.get(kind, kind), datetime.fromisoformat(at), json.loads(data))


def span(journal: Path) -> tuple[datetime, datetime]:
    """The instants of the first event and of the last."""
    ((first, last),) = _rows(journal, "SELECT min(at), max(at) FROM events", ())
    return datetime.fromisoformat(first), datetime.fromisoformat(last)


def _rows(journal: Path, query: str, values: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
    try:
        yield from connection.execute(query, values)
    finally:
        connection.close()


def channels(journal: Path) -> dict[str, str]:
    """Each conversation's channel."""
    return {each.entity: each.data["channel"] for each in recorded(journal, "ConversationStarted")}
