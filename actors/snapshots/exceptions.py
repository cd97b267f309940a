"""Everything that snapshots raise."""

__all__ = ["SnapshotsUnusableError"]


class SnapshotsUnusableError(Exception):
    """Raised when a snapshots file cannot be used: damaged, locked, of another program or of another journal.

    Nothing is lost: all of it stands in the journal.
    """
