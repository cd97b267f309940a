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
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from actors.journal import JournalUnavailableError, SqliteJournal
from actors.snapshots import SavePolicy, SnapshotsUnusableError, keep_snapshots
from config.log import LogSettings, set_up_log
from projections.all import PROJECTIONS
from projections.live.snapshots import open_snapshotter
from projections.runner import Database, DatabaseUnavailableError
from projections.runner.damaged_file import set_aside_if_damaged
from projections.runner.log_once import LogOnce, Report
from projections.runner.runner import Runner
from schemas.exceptions import SchemaError

__all__ = ["Assignment", "WorkReport", "main", "snapshot_journal"]

_RETRY_SECONDS = 1.0
_SNAPSHOTS_RETRY_SECONDS = 30.0
_STANDARD_INPUT = 0
_STANDARD_OUTPUT = 1

_logger = logging.getLogger(__name__)


class Assignment(msgspec.Struct, frozen=True):
    """The process's work. ``database`` is SQLAlchemy's address; it may hold a password, so it is never passed as an
    argument of the command line. Without it, the process keeps snapshots alone."""

    journal: str
    snapshots: str
    database: str | None
    log: LogSettings = LogSettings()


class WorkReport(msgspec.Struct, frozen=True):
    """What the process tells the server: some work waits for a reason, or goes on."""

    work: str
    reason: str | None


def main() -> None:
    set_up_log(LogSettings())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = sys.stdin.buffer.readline()
    if not line:
        return  # the server has ended already
    assignment = msgspec.json.decode(line, type=Assignment)
    set_up_log(assignment.log)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    threading.Thread(target=_wait_for_end, args=(stopped,), daemon=True).start()
    file = Path(assignment.journal)
    keeping = (file, Path(assignment.snapshots), stopped, _report)
    snapshotting = threading.Thread(target=snapshot_journal, args=keeping)
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


def _report(work: str, reason: str | None) -> None:
    """Tells the server, in one line of JSON on standard output, that some work waits or goes on."""
    line = msgspec.json.encode(WorkReport(work, reason)) + b"\n"
    with suppress(OSError):  # the server has ended
        os.write(_STANDARD_OUTPUT, line)


def _project(journal_file: Path, database_url: str, stopped: threading.Event) -> None:
    log_once = LogOnce("projecting", _report)
    while not stopped.is_set():
        set_aside_if_damaged(database_url)
        try:
            with (
                closing(SqliteJournal(journal_file, read_only=True)) as journal,
                closing(Database(database_url)) as database,
            ):
                Runner(journal, database, PROJECTIONS, stopped, log_once).run()
        except (DatabaseUnavailableError, JournalUnavailableError) as error:
            log_once.warn(str(error))
            stopped.wait(_RETRY_SECONDS)


def snapshot_journal(
    journal_file: Path, snapshots_file: Path, stopped: threading.Event, report: Report | None = None
) -> None:
    """Keeps snapshots beside the journal until ``stopped`` is set. Without them the next start takes longer; nothing
    else depends on them."""
    log_once = LogOnce("snapshots", report)
    while not stopped.is_set():
        try:
            with (
                closing(SqliteJournal(journal_file, read_only=True)) as journal,
                closing(open_snapshotter(snapshots_file, journal)) as snapshotter,
            ):
                keep_snapshots(journal, snapshotter, SavePolicy(), stopped, log_once.resolved)
        except (JournalUnavailableError, SchemaError, SnapshotsUnusableError) as error:
            log_once.warn(str(error))
            stopped.wait(_SNAPSHOTS_RETRY_SECONDS)
        except Exception as error:  # damaged rows may raise anything, and nothing else would start this thread again
            _logger.exception("keeping snapshots has failed and is tried again")
            log_once.warn(type(error).__name__)
            stopped.wait(_SNAPSHOTS_RETRY_SECONDS)


if __name__ == "__main__":
    main()
