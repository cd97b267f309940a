"""The contract of every journal, and the costs of each call."""

from collections.abc import Sequence
from typing import Protocol

from schemas.records import NewRecord, Record

__all__ = ["Journal"]


class Journal(Protocol):
    """Recorded events in one total order, to which events are only ever added.

    Positions count from 1 without gaps, in commit order; versions count from 1 without gaps within a stream. Reads may
    run on any thread beside the one writer and see whole commits only.

    Every node reads an indexed replica of its own: no read waits for another machine. "A look-up" below is one search
    of an index, some 0.1 ms, whatever the length of the journal. ``append`` alone may wait, for a disk or for a quorum.
    A caller on an event loop moves all calls but ``last_position`` to a thread.
    """

    def append(self, records: Sequence[NewRecord]) -> list[Record]:
        """Makes the records durable, all or none, and returns them with their positions.

        Appending again what was appended before (the same event ids at the same places) returns the first
        positions and writes nothing. Each record gets the digest that follows the one before it.

        Raises VersionConflictError when a stream does not stand at the version
        before its first record here, EventIdTakenError when an event id stands at another place already,
        JournalUnavailableError when the store fails.

        Costs one commit, however many the records: a sync of the disk or a round trip to a quorum, then some 10 µs a
        record. The writer gathers commands meanwhile. A conflict or a repetition costs a look-up a record besides.
        """

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        """The stream's records with versions beyond ``after``, in order; empty for an unknown stream.

        Costs a look-up and the records that are returned, and never those before ``after``.
        """

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        """The records of these streams at positions beyond ``after``, merged in the order of positions.

        Costs a look-up a stream and as much as their records beyond ``after``, whatever the limit: for a reader who is
        near the end, or for few streams.
        """

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        """The records of all streams at positions beyond ``after``, in order.

        Costs a look-up and the records that are returned: 100,000 a second and more.
        """

    def read_digests(self, after: int = 0, limit: int = 1000) -> list[bytes | None]:
        """The digests of the records that ``read_all`` returns for the same arguments; see actors.journal.chain.

        None stands for a record that was appended before the journal kept digests. Costs a look-up and the digests.
        """

    def read_event(self, event_id: str) -> Record | None:
        """The record with this event id. Costs a look-up."""

    def last_position(self) -> int:
        """The position of the last record; 0 when there is none. Costs a look-up at most; it may be asked often."""

    def wait(self, position: int, timeout: float) -> bool:
        """Blocks until a record beyond ``position`` is there, at most ``timeout`` seconds. True when one is there.

        It costs no processor time. It wakes within the writer's process at once, and elsewhere after 50 ms at most.
        """

    def close(self) -> None:
        """Releases the store. Calls after it raise JournalUnavailableError."""
