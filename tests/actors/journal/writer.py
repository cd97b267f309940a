"""A program that appends for ever and prints the last position of each commit: ``python -m
tests.actors.journal.writer PATH``."""

import sys
from pathlib import Path

from actors.journal import SqliteJournal
from tests.examples import new_record

STREAMS = ("a", "b", "c")


def main() -> None:
    journal = SqliteJournal(Path(sys.argv[1]))
    version = len(journal.read_stream(STREAMS[0]))
    while True:
        version += 1
        appended = journal.append([new_record(stream, version) for stream in STREAMS])
        sys.stdout.write(f"{appended[-1].position}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
