"""A journal in memory, for tests and simulation. Nothing of it outlives the process."""

import threading
from collections.abc import Sequence
from operator import attrgetter

from msgspec.structs import astuple

from actors.journal.chain import GENESIS, next_digest
from actors.journal.checks import check_versions, earlier_append
from actors.journal.exceptions import JournalUnavailableError
from schemas.records import NewRecord, Record

__all__ = ["MemoryJournal"]


class MemoryJournal:
    """Keeps the records in lists; see Journal for what the methods promise."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._streams: dict[str, list[Record]] = {}
        self._by_id: dict[str, Record] = {}
        self._digests: list[bytes] = []
        self._grown = threading.Condition()
        self._closed = False

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        self._check_open()
        before = earlier_append(records, self._by_id.get)
        if before is not None:
            return before
        check_versions(records, self._head)
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
        with self._grown:
            return self._streams.get(stream, [])[after : None if limit is None else after + limit]

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        self._check_open()
        with self._grown:
            found = [r for name in set(streams) for r in self._streams.get(name, []) if r.position > after]
        return sorted(found, key=attrgetter("position"))[:limit]

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        self._check_open()
        with self._grown:
            return self._records[after : after + limit]

    def read_digests(self, after: int = 0, limit: int = 1000) -> list[bytes | None]:
        """Works the digests out when they are first asked for: most journals in memory are never asked."""
        self._check_open()
        with self._grown:
            for record in self._records[len(self._digests) : after + limit]:
                self._digests.append(next_digest(self._digests[-1] if self._digests else GENESIS, record))
            return [*self._digests[after : after + limit]]

    def read_event(self, event_id: str) -> Record | None:
        self._check_open()
        with self._grown:
            return self._by_id.get(event_id)

    def last_position(self) -> int:
        self._check_open()
        return len(self._records)

    def wait(self, position: int, timeout: float) -> bool:
        with self._grown:
            self._grown.wait_for(lambda: self._closed or len(self._records) > position, timeout)
            self._check_open()
            return len(self._records) > position

    def close(self) -> None:
        with self._grown:
            self._closed = True
            self._grown.notify_all()

    def _check_open(self) -> None:
        if self._closed:
            raise JournalUnavailableError("the journal is closed")

    def _head(self, stream: str) -> int:
        return len(self._streams.get(stream, ()))
