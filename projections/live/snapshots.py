"""The file of snapshots, for the entities and the live views together."""

from pathlib import Path

from actors.journal import Journal
from actors.snapshots import Snapshots, Snapshotter, fingerprint
from projections.live.views import snapshotted_views

__all__ = ["open_snapshots", "open_snapshotter"]

_CODE = ("schemas", "actors", "projections.live")


def open_snapshots(file: Path, journal: Journal) -> Snapshots:
    """The snapshots for reading; there need not be any."""
    return Snapshots(file, journal, fingerprint(*_CODE))


def open_snapshotter(file: Path, journal: Journal) -> Snapshotter:
    """The snapshots for writing. Raises SnapshotsUnusableError when the file is locked or cannot be made."""
    return Snapshotter(file, journal, fingerprint(*_CODE), snapshotted_views())
