"""The one way to follow a journal: history first, then what is appended, without gap or duplicate."""

import threading
from collections.abc import Iterator

from actors.journal.journal import Journal
from schemas.records import Record

__all__ = ["Subscription"]

_WAIT_SECONDS = 0.1
"""A follower that is stopped ends within this time."""


class Subscription:
    """The records of a journal beyond a position, until it is stopped, from any thread.

    Iterate over it to get one record after the other. A follower with work of its own between them asks for
    ``batches``; one who decides by himself when to read and when to wait calls ``take`` and ``wait``.
    """

    def __init__(
        self, journal: Journal, after: int = 0, batch: int = 500, stopped: threading.Event | None = None
    ) -> None:
        """Setting ``stopped`` does what ``stop`` does."""
        self.position = after
        self._journal = journal
        self._batch = batch
        self._stopped = stopped or threading.Event()

    def stop(self) -> None:
        """Ends the iteration after the records already read."""
        self._stopped.set()

    def __iter__(self) -> Iterator[Record]:
        while not self._stopped.is_set():
            records = self._read()
            for record in records:
                self.position = record.position
                yield record
            if not records:
                self.wait()

    def batches(self) -> Iterator[list[Record]]:
        """The records, a batch at a time. About every tenth of a second in which none comes, the batch is empty."""
        while not self._stopped.is_set():
            records = self.take()
            if not records:
                self.wait()
            yield records

    def take(self) -> list[Record]:
        """The next batch, without waiting; empty at the journal's end."""
        records = self._read()
        if records:
            self.position = records[-1].position
        return records

    def wait(self) -> None:
        """Blocks until there is more, for a tenth of a second at most."""
        self._journal.wait(self.position, _WAIT_SECONDS)

    def _read(self) -> list[Record]:
        return self._journal.read_all(self.position, self._batch)
