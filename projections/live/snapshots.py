"""The snapshots in a data directory, for the entities and the live views together."""

from pathlib import Path

from actors.journal import Journal
from actors.snapshots import Snapshots, Snapshotter, fingerprint
from projections.live.views import snapshotted_views

__all__ = ["open_snapshots", "open_snapshotter"]

_FILE = "snapshots.db"
_CODE = ("schemas", "actors", "projections.live")


def open_snapshots(data_dir: Path, journal: Journal) -> Snapshots:
    """For reading, whether there are any or not."""
    return Snapshots(data_dir / _FILE, journal, fingerprint(*_CODE))


def open_snapshotter(data_dir: Path, journal: Journal) -> Snapshotter:
    """For writing. Raises SnapshotsUnusableError when the file is locked or cannot be made."""
    return Snapshotter(data_dir / _FILE, journal, fingerprint(*_CODE), snapshotted_views())
