"""Reads the journal up to its end, once for both the engine and the live views."""

from actors.engine import Recovery
from actors.journal import Journal
from actors.snapshots import SnapshotReader, Snapshots
from projections import LiveViews

__all__ = ["recover"]


def recover(
    journal: Journal, snapshots: Snapshots | None, *, accept_altered_journal: bool = False
) -> tuple[LiveViews, Recovery]:
    """The live views and the engine's recovery. They are read from the snapshots, if these are usable, and the events
    after them; otherwise from the beginning of the journal. Raises AlteredJournalError, unless that is accepted, when
    an event that is read is not as it was appended."""

    def begun() -> Recovery:
        return Recovery(journal, snapshots, accept_altered_journal=accept_altered_journal)

    def restore(reader: SnapshotReader) -> tuple[LiveViews, Recovery]:
        views, recovery = LiveViews(), begun()
        views.restore(reader)
        recovery.restore(reader)
        return views, recovery

    restored = snapshots.read(restore) if snapshots is not None else None
    views, recovery = restored or (LiveViews(), begun())
    while batch := recovery.next_batch():
        views.apply(batch)
        recovery.apply(batch)
    return views, recovery
