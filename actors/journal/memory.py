"""A journal in memory, for tests and simulation. Nothing of it outlives the process."""

import threading
from collections.abc import Sequence
from operator import attrgetter

from msgspec.structs import astuple

from actors.journal.exceptions import JournalUnavailableError, VersionConflictError
from schemas.records import NewRecord, Record

__all__ = ["MemoryJournal"]


class MemoryJournal:
    """Keeps the records in lists; see Journal for what the methods promise."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._streams: dict[str, list[Record]] = {}
        self._by_id: dict[str, Record] = {}
        self._grown = threading.Condition()
        self._closed = False

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        self._check_open()
        before = [self._by_id.get(record.event_id) for record in records]
        if records and all(_same_place(old, new) for old, new in zip(before, records, strict=True)):
            return [old for old in before if old is not None]
        self._check_versions(records)
        appended = [
            Record(*(*astuple(record), position)) for position, record in enumerate(records, len(self._records) + 1)
        ]
        with self._grown:
            for record in appended:
                self._streams.setdefault(record.stream, []).append(record)
                self._by_id[record.event_id] = record
            self._records += appended
            self._grown.notify_all()
        return appended

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        self._check_open()
        return self._streams.get(stream, [])[after : None if limit is None else after + limit]

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        self._check_open()
        with self._grown:
            found = [r for name in set(streams) for r in self._streams.get(name, []) if r.position > after]
        return sorted(found, key=attrgetter("position"))[:limit]

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        self._check_open()
        return self._records[after : after + limit]

    def read_event(self, event_id: str) -> Record | None:
        self._check_open()
        return self._by_id.get(event_id)

    def last_position(self) -> int:
        self._check_open()
        return len(self._records)

    def wait(self, position: int, timeout: float) -> bool:
        with self._grown:
            return self._grown.wait_for(lambda: len(self._records) > position, timeout)

    def close(self) -> None:
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise JournalUnavailableError("the journal is closed")

    def _check_versions(self, records: Sequence[NewRecord]) -> None:
        heads: dict[str, int] = {}
        for record in records:
            head = heads.get(record.stream, len(self._streams.get(record.stream, [])))
            if record.version != head + 1:
                raise VersionConflictError(record.stream, record.version, head)
            heads[record.stream] = record.version


def _same_place(old: Record | None, new: NewRecord) -> bool:
    return old is not None and (old.stream, old.version) == (new.stream, new.version)
