"""What every journal does."""

from collections.abc import Sequence
from typing import Protocol

from schemas.records import NewRecord, Record

__all__ = ["Journal"]


class Journal(Protocol):
    """An append-only record of events in one total order.

    Positions count from 1 without gaps, in commit order. Reads may run on any thread beside the one writer and
    see whole commits only.
    """

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        """Makes the records durable, all or none, and returns them with their positions.

        Appending again what was appended before (the same event ids at the same places) returns the first
        positions and writes nothing. Raises VersionConflictError when a stream does not stand at the version
        before its first record here, EventIdTakenError when an event id stands at another place already,
        JournalUnavailableError when the store fails.
        """

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        """The stream's records with versions beyond ``after``, in order; empty for an unknown stream."""

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        """The records of these streams at positions beyond ``after``, merged in the order of positions."""

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        """The records of all streams at positions beyond ``after``, in order."""

    def read_event(self, event_id: str) -> Record | None: ...

    def last_position(self) -> int:
        """The position of the last record; 0 when there is none."""

    def wait(self, position: int, timeout: float) -> bool:
        """Blocks until a record beyond ``position`` is there, at most ``timeout`` seconds; tells whether."""

    def close(self) -> None:
        """Releases the store. Calls after it raise JournalUnavailableError."""
