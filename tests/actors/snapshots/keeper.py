"""A program that keeps snapshots until it is killed and reports what it has saved:
``python -m tests.actors.snapshots.keeper DIRECTORY``."""

import sys
from pathlib import Path

from actors.journal import SqliteJournal
from projections import open_snapshotter
from schemas.events import REGISTRY

__all__ = ["AT_ONCE"]

AT_ONCE = 40


def main() -> None:
    directory = Path(sys.argv[1])
    journal = SqliteJournal(directory / "journal.db", read_only=True)
    snapshotter = open_snapshotter(directory / "snapshots.db", journal)
    while True:
        records = journal.read_all(snapshotter.position, AT_ONCE)
        snapshotter.apply((record, REGISTRY.decode(record)) for record in records)
        snapshotter.save()
        sys.stdout.write(f"{snapshotter.position}\n")
        sys.stdout.flush()
        if not records:
            journal.wait(snapshotter.position, 1.0)


if __name__ == "__main__":
    main()
