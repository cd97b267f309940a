"""Keeping snapshots of a journal for as long as it is followed."""

from collections.abc import Callable
from threading import Event

from actors.journal import Journal, Subscription
from actors.snapshots.policy import SavePolicy
from actors.snapshots.snapshotter import Snapshotter
from schemas.events import REGISTRY

__all__ = ["keep_snapshots"]

_BATCH = 2_000


def keep_snapshots(
    journal: Journal,
    snapshotter: Snapshotter,
    policy: SavePolicy,
    stopping: Event,
    went_on: Callable[[], None] = lambda: None,
) -> None:
    """Folds and saves the journal's events until ``stopping`` is set; then saves once more. ``went_on`` is called after
    each batch. Raises SnapshotsUnusableError, JournalError or SchemaError."""
    for records in Subscription(journal, snapshotter.position, _BATCH, stopping).batches():
        snapshotter.apply((record, REGISTRY.decode(record)) for record in records)
        if policy.due(snapshotter.unsaved):
            snapshotter.save()
            policy.saved()
        went_on()
    snapshotter.save()
