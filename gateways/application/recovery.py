"""The record up to now, read once for the engine and the live views alike."""

from actors.engine import Recovery
from actors.journal import Journal
from actors.snapshots import SnapshotReader, Snapshots
from projections import LiveViews

__all__ = ["recover"]


def recover(journal: Journal, snapshots: Snapshots | None) -> tuple[LiveViews, Recovery]:
    """From the snapshots, if they are of use, and what follows them; else from the beginning."""

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
