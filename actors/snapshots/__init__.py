"""Snapshots: states of entities kept beside the journal, so that a start and a reload stay short. Disposable.

snapshots.py (reading), loading.py (one entity's state at any version), snapshotter.py (writing), following.py and
policy.py (when to write), view.py (live views that keep rows too), file.py (the file), fingerprint.py (the code that
made them).
"""

from actors.snapshots.exceptions import SnapshotsUnusableError
from actors.snapshots.file import saved_position
from actors.snapshots.fingerprint import fingerprint
from actors.snapshots.following import keep_snapshots
from actors.snapshots.loading import load_state, nearest_state
from actors.snapshots.policy import SavePolicy
from actors.snapshots.snapshots import Snapshot, SnapshotReader, Snapshots
from actors.snapshots.snapshotter import Snapshotter
from actors.snapshots.view import Changes, SnapshottedView

__all__ = [
    "Changes",
    "SavePolicy",
    "Snapshot",
    "SnapshotReader",
    "Snapshots",
    "SnapshotsUnusableError",
    "SnapshottedView",
    "Snapshotter",
    "fingerprint",
    "keep_snapshots",
    "load_state",
    "nearest_state",
    "saved_position",
]
