"""Following a journal for as long as it is worth it."""

from threading import Event

from actors.journal import Journal
from actors.snapshots.policy import SavePolicy
from actors.snapshots.snapshotter import Snapshotter
from schemas.events import REGISTRY

__all__ = ["keep_snapshots"]

_BATCH = 2_000
_PATIENCE_SECONDS = 0.5


def keep_snapshots(journal: Journal, snapshotter: Snapshotter, policy: SavePolicy, stopping: Event) -> None:
    """Folds and saves what the journal brings, until ``stopping`` is set; then saves once more.

    Raises SnapshotsUnusableError or JournalError.
    """
    while not stopping.is_set():
        records = journal.read_all(snapshotter.position, _BATCH)
        snapshotter.apply((record, REGISTRY.decode(record)) for record in records)
        if policy.due(snapshotter.unsaved):
            snapshotter.save()
            policy.saved()
        if len(records) < _BATCH:
            journal.wait(snapshotter.position, _PATIENCE_SECONDS)
    snapshotter.save()
