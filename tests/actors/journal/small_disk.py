"""A program whose disk fills up and is cleared again: ``python -m tests.actors.journal.small_disk PATH BYTES``.

It prints the last position when the disk was full, that after one more try, and that after there was room again.
"""

import resource
import sys
from pathlib import Path

from actors.journal import JournalUnavailableError, SqliteJournal
from schemas.records import NewRecord
from tests.examples import new_record

STREAMS = ("a", "b", "c")


def main() -> None:
    journal = SqliteJournal(Path(sys.argv[1]))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), most))
    refused = _fill(journal)
    report = [journal.last_position()]
    try:
        journal.append(refused)
    except JournalUnavailableError:
        report.append(journal.last_position())
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    report.append(journal.append(refused)[-1].position)
    journal.close()
    sys.stdout.write(" ".join(map(str, report)))


def _fill(journal: SqliteJournal) -> list[NewRecord]:
    """Appends until it fails, and returns the records that were refused."""
    version = 0
    while True:
        version += 1
        records = [new_record(stream, version, text="x" * 500) for stream in STREAMS]
        try:
            journal.append(records)
        except JournalUnavailableError:
            return records


if __name__ == "__main__":
    main()
