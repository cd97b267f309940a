"""Reads the journal up to its end, once for both the engine and the live views."""

from actors.engine import Recovery
from actors.journal import Journal
from actors.snapshots import SnapshotReader, Snapshots
from projections import LiveViews

__all__ = ["recover"]


def recover(journal: Journal, snapshots: Snapshots | None) -> tuple[LiveViews, Recovery]:
    """The live views and the engine's recovery. They are read from the snapshots, if these are usable, and the events
    after them; otherwise from the beginning of the journal."""

    def restore(reader: SnapshotReader) -> tuple[LiveViews, Recovery]:
        views, recovery = LiveViews(), Recovery(journal, snapshots)
        views.restore(reader)
        recovery.restore(reader)
        return views, recovery

    restored = snapshots.read(restore) if snapshots is not None else None
    views, recovery = restored or (LiveViews(), Recovery(journal, snapshots))
    while batch := recovery.next_batch():
        views.apply(batch)
        recovery.apply(batch)
    return views, recovery
