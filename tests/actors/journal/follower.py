"""A program that follows a journal up to a position: ``python -m tests.actors.journal.follower PATH POSITION``."""

import sys
from itertools import islice
from pathlib import Path

from actors.journal import SqliteJournal, Subscription


def main() -> None:
    journal = SqliteJournal(Path(sys.argv[1]), read_only=True)
    for record in islice(Subscription(journal), int(sys.argv[2])):
        sys.stdout.write(f"{record.position} {record.event_id}\n")
        sys.stdout.flush()
    journal.close()


if __name__ == "__main__":
    main()
