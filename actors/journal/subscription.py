"""Following a journal: history first, then what is appended, without gap or duplicate."""

from collections.abc import Iterator

from actors.journal.journal import Journal
from schemas.records import Record

__all__ = ["Subscription"]

_WAIT_SECONDS = 0.5


class Subscription:
    """Iterates over a journal's records beyond a position and waits for more until it is stopped."""

    def __init__(self, journal: Journal, after: int = 0, batch: int = 500) -> None:
        self.position = after
        self._journal = journal
        self._batch = batch
        self._stopped = False

    def stop(self) -> None:
        """Ends the iteration after the records already read; may be called from any thread."""
        self._stopped = True

    def __iter__(self) -> Iterator[Record]:
        while not self._stopped:
            records = self._journal.read_all(self.position, self._batch)
            for record in records:
                self.position = record.position
                yield record
            if not records:
                self._journal.wait(self.position, _WAIT_SECONDS)
