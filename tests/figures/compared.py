"""A corpus counted three times: apart, by the projections on SQLite, and by those on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from actors.journal import SqliteJournal
from projections.all import PROJECTIONS
from projections.reports import REPORTS
from projections.runner import Database
from projections.runner.rebuild import rebuild
from tests.figures.comparing import Apart, differences, projected_rows
from tests.figures.questions import questions

__all__ = ["Compared", "compare", "projected"]


@dataclass
class Compared:
    """The comparison of one report: the number of questions, the number of rows in all answers, and the differences."""

    asked: int
    rows: int
    differences: list[str]


@contextmanager
def projected(journal: Path, *urls: str) -> Iterator[list[Database]]:
    """The databases with every table that reports read, built from zero."""
    source = SqliteJournal(journal)
    databases = [Database(url) for url in urls]
    try:
        for database in databases:
            begun = monotonic()
            rebuild(source, database, PROJECTIONS)
            seconds = monotonic() - begun
            print(f"{source.last_position():,} events projected on {database.dialect} in {seconds:.1f} s")
        yield databases
    finally:
        for database in databases:
            database.close()
        source.close()


def compare(journal: Path, apart: Apart, name: str, databases: list[Database]) -> Compared:
    """Asks one report every question."""
    report, compared = REPORTS[name], Compared(0, 0, [])
    for asked in questions(journal, report):
        computed = apart.rows(name, asked)
        for database in databases:
            found = differences(name, asked.zone, computed, projected_rows(database, report, asked))
            compared.differences += [f"{database.dialect}, {asked}: {each}" for each in found]
        compared.asked += 1
        compared.rows += len(computed)
    return compared
