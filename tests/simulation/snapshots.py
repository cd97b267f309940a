"""Snapshots beside the world: each restart begins from those of the restart before, as a process that was killed
leaves them."""

import shutil
import tempfile
import weakref
from pathlib import Path

from actors.engine import Recovery
from actors.journal import Journal
from actors.snapshots import Snapshots, Snapshotter
from schemas.events import REGISTRY

__all__ = ["WorldSnapshots"]

_CODE = "the same all day"


class WorldSnapshots:
    """Snapshots in a directory that is removed when no one holds this object any more."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        directory = tempfile.mkdtemp()
        self._path = Path(directory) / "snapshots.db"
        self.kept = Snapshots(self._path, journal, _CODE)
        weakref.finalize(self, _remove, directory, self.kept)

    def recovery(self) -> Recovery:
        """The recovery from the present snapshots. New ones are taken after it."""
        recovery = Recovery(self._journal, self.kept)
        self.kept.read(recovery.restore)
        self._take()
        return recovery

    def _take(self) -> None:
        snapshotter = Snapshotter(self._path, self._journal, _CODE)
        records = self._journal.read_all(snapshotter.position, 1_000_000)
        snapshotter.apply((record, REGISTRY.decode(record)) for record in records)
        snapshotter.save()
        snapshotter.close()


def _remove(directory: str, kept: Snapshots) -> None:
    kept.close()
    shutil.rmtree(directory)
