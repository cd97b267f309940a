"""Recovery: before the first command the journal is folded, so that open entities and their deadlines stand again."""

import logging
from collections.abc import Iterable, Sequence

from actors.decider import EntityState
from actors.entities import decider_of
from actors.folding import initial_state
from actors.journal import AlteredJournalError, ChainCheck, Journal
from actors.snapshots import SnapshotReader, Snapshots, load_state
from schemas.events import REGISTRY, Event
from schemas.records import Record

__all__ = ["Recovery"]

_BATCH = 2_000

_logger = logging.getLogger(__name__)


class Recovery:
    """The entities that the journal leaves unfinished, folded up to ``position``; from snapshots if they are restored.

    A caller who folds the journal for something else too gives both the same events with ``apply``.
    """

    def __init__(
        self, journal: Journal, snapshots: Snapshots | None = None, *, accept_altered_journal: bool = False
    ) -> None:
        """The events that are read must be as they were appended, unless the caller accepts an altered journal."""
        self.position = 0
        self._accept_altered_journal = accept_altered_journal
        self._chain: ChainCheck | None = None
        self._journal = journal
        self._snapshots = snapshots
        self._states: dict[str, EntityState] = {}

    def restore(self, reader: SnapshotReader) -> None:
        """Takes over what was saved, before anything is applied."""
        self._states = {snapshot.stream: snapshot.state for snapshot in reader.unfinished()}
        self.position = reader.position

    def unfinished(self) -> Iterable[tuple[str, EntityState]]:
        for stream, state in self._states.items():
            if not decider_of(stream).finished(state):
                yield stream, state

    def forget(self) -> None:
        """Drops all entities: from now on the engine owns them."""
        self._states = {}

    def next_batch(self) -> list[tuple[Record, Event]]:
        """The events that follow ``position`` in the journal; empty at its end. Raises AlteredJournalError."""
        records = self._journal.read_all(self.position, _BATCH)
        self._check_chain(records)
        return [(record, REGISTRY.decode(record)) for record in records]

    def _check_chain(self, records: Sequence[Record]) -> None:
        if self._chain is None:
            self._chain = ChainCheck(self._journal, self.position)
        for position in self._chain.altered(records):
            error = AlteredJournalError(position)
            if not self._accept_altered_journal:
                raise error
            _logger.error("%s", error)

    def apply(self, committed: Iterable[tuple[Record, Event]]) -> None:
        for record, event in committed:
            self._fold(record, event)
            self.position = record.position

    def run(self) -> None:
        """Folds the rest of the journal."""
        while batch := self.next_batch():
            self.apply(batch)

    def _fold(self, record: Record, event: Event) -> None:
        """Folds an event. Of short-lived entities only the unfinished are kept, so that a long journal needs little
        memory."""
        decider = decider_of(record.stream)
        state = self._states.get(record.stream)
        if state is None and record.version > 1:
            state = load_state(self._journal, self._snapshots, record.stream, record.version - 1)
        elif state is None:
            state = initial_state(record.stream)
        decider.evolve(state, event)
        if decider.short_lived and decider.finished(state):
            self._states.pop(record.stream, None)
        else:
            self._states[record.stream] = state
