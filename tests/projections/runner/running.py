"""A runner at work on a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from actors.journal import Journal
from projections.runner import Database, DatabaseUnavailableError, Projection
from projections.runner.runner import Runner
from projections.runner.status import is_caught_up
from tests.projections.runner.sample import sample

__all__ = ["running", "until", "until_caught_up"]

PATIENCE = 60.0


@contextmanager
def running(database: Database, journal: Journal, *projections: Projection) -> Iterator[Runner]:
    """Runs the runner until the context is left; an exception in it fails the test."""
    runner, failed = Runner(journal, database, projections or [sample()]), list[BaseException]()

    def run() -> None:
        try:
            runner.run()
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield runner
    finally:
        runner.stop()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert failed == []


def until(holds: Callable[[], object]) -> None:
    """Waits by polling until the condition holds. The database may be away meanwhile."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except DatabaseUnavailableError:
            pass
        assert time.monotonic() < ends, "it does not come to hold"
        time.sleep(0.005)


def until_caught_up(database: Database, journal: Journal, *projections: Projection) -> None:
    names = {projection.name for projection in projections or [sample()]}
    until(lambda: is_caught_up(database, names, journal.last_position()))
