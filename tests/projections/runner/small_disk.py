"""A program whose disk fills up and is cleared again: ``python -m tests.projections.runner.small_disk FILE BYTES``.

It prints whether the full disk was reported, and then the parked events, the position and the number of rows.
"""

import resource
import signal
import sys
from pathlib import Path

from projections.runner import Database, DatabaseUnavailableError
from projections.runner.database import sqlite_url
from tests.projections.runner.sample import catch_up, contents, journal_of, put


def main() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal = journal_of(*(put(f"key{number}", text="x" * 500) for number in range(4_000)))
    database = Database(sqlite_url(Path(sys.argv[1])))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), most))
    try:
        catch_up(database, journal)
        told_of = "unnoticed"
    except DatabaseUnavailableError:
        told_of = "refused"
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    catch_up(database, journal)
    found = contents(database)
    database.close()
    sys.stdout.write(f"{told_of} {len(found.parked)} {found.position} {len(found.items)}")


if __name__ == "__main__":
    main()
