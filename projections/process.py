"""The process that projects the journal and keeps its snapshots beside a server, so that the engine has its core to
itself.

It gets its assignment as one line of JSON on standard input, and works until standard input ends: it does not outlive
the server, however the server ends.
"""

import logging
import os
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

import msgspec

from actors.journal import JournalUnavailableError, SqliteJournal
from actors.snapshots import SavePolicy, SnapshotsUnusableError, keep_snapshots
from projections.all import PROJECTIONS
from projections.live.snapshots import open_snapshotter
from projections.runner import Database, DatabaseUnavailableError
from projections.runner.damaged_file import set_aside_if_damaged
from projections.runner.log_once import LogOnce
from projections.runner.runner import Runner
from schemas.exceptions import SchemaError

__all__ = ["Assignment", "main", "snapshot_journal"]

_RETRY_SECONDS = 1.0
_SNAPSHOTS_RETRY_SECONDS = 30.0
_STANDARD_INPUT = 0

_logger = logging.getLogger(__name__)


class Assignment(msgspec.Struct, frozen=True):
    """The process's work. ``database`` is SQLAlchemy's address; it may hold a password, so it is never passed as an
    argument of the command line. Without it, the process keeps snapshots alone."""

    journal: str
    snapshots: str
    database: str | None


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = sys.stdin.buffer.readline()
    if not line:
        return  # the server has ended already
    assignment = msgspec.json.decode(line, type=Assignment)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    threading.Thread(target=_wait_for_end, args=(stopped,), daemon=True).start()
    file = Path(assignment.journal)
    snapshotting = threading.Thread(target=snapshot_journal, args=(file, Path(assignment.snapshots), stopped))
    snapshotting.start()
    try:
        if assignment.database is not None:
            _project(file, assignment.database, stopped)
        stopped.wait()
    finally:
        stopped.set()
        snapshotting.join()


def _wait_for_end(stopped: threading.Event) -> None:
    """Waits for the end of standard input. It does not use ``sys.stdin``, whose lock the waiting thread would still
    hold when the interpreter ends."""
    while os.read(_STANDARD_INPUT, 1):
        pass
    stopped.set()


def _project(journal_file: Path, database_url: str, stopped: threading.Event) -> None:
    log_once = LogOnce("projecting")
    while not stopped.is_set():
        set_aside_if_damaged(database_url)
        try:
            with (
                closing(SqliteJournal(journal_file, read_only=True)) as journal,
                closing(Database(database_url)) as database,
            ):
                Runner(journal, database, PROJECTIONS, stopped).run()
        except (DatabaseUnavailableError, JournalUnavailableError) as error:
            log_once.warn(str(error))
            stopped.wait(_RETRY_SECONDS)


def snapshot_journal(journal_file: Path, snapshots_file: Path, stopped: threading.Event) -> None:
    """Keeps snapshots beside the journal until ``stopped`` is set. Without them the next start takes longer; nothing
    else depends on them."""
    while not stopped.is_set():
        try:
            with (
                closing(SqliteJournal(journal_file, read_only=True)) as journal,
                closing(open_snapshotter(snapshots_file, journal)) as snapshotter,
            ):
                keep_snapshots(journal, snapshotter, SavePolicy(), stopped)
        except (JournalUnavailableError, SchemaError, SnapshotsUnusableError) as error:
            _logger.warning("snapshots wait: %s", error)
            stopped.wait(_SNAPSHOTS_RETRY_SECONDS)
        except Exception:  # damaged rows may raise anything, and nothing else would start this thread again
            _logger.exception("keeping snapshots has failed and is tried again")
            stopped.wait(_SNAPSHOTS_RETRY_SECONDS)


if __name__ == "__main__":
    main()
