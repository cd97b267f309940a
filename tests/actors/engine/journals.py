"""Journals that watch, fail or wait, around one in memory."""

import threading
from collections.abc import Callable, Sequence
from typing import Literal

from actors.journal import JournalUnavailableError, MemoryJournal
from schemas.records import NewRecord, Record

__all__ = ["Fault", "FragileJournal", "GatedJournal"]

Fault = Literal["before", "after"] | Exception


class FragileJournal(MemoryJournal):
    """Fails as ``faults`` say, one of which is used up by each append: it fails before it writes, or after, or
    raises the given exception."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self.unreadable = False
        self.appends: list[list[NewRecord]] = []
        self.on_append: Callable[[], None] = lambda: None

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        self.appends.append(list(records))
        self.on_append()
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        if fault == "before":
            raise JournalUnavailableError("the disk is full")
        appended = super().append(records)
        if fault == "after":
            raise JournalUnavailableError("the connection was lost")
        return appended

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        if self.unreadable:
            raise JournalUnavailableError("the disk is gone")
        return super().read_stream(stream, after, limit)


class GatedJournal(FragileJournal):
    """Appends only while the gate is open. ``entered`` is set when an append waits at the gate or has passed it."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.on_append = self._pass

    def close_gate(self) -> None:
        self.gate.clear()
        self.entered.clear()

    def _pass(self) -> None:
        self.entered.set()
        assert self.gate.wait(60)
