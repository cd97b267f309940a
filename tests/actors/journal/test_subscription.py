"""Following a journal, on every backend."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from threading import Barrier, Event

import pytest

from actors.journal import Journal, SqliteJournal, Subscription
from tests.examples import new_record, new_records

COMMITS = 300
A_COMMIT = 3


def write(journal: Journal) -> None:
    for commit in range(COMMITS):
        first = 1 + commit * A_COMMIT
        journal.append(new_records("a", first, first + A_COMMIT - 1))


def follow(journal: Journal, after: int, batch: int) -> list[int]:
    """The positions seen beyond ``after`` up to the last commit."""
    subscription = Subscription(journal, after, batch)
    return [record.position for record in islice(subscription, COMMITS * A_COMMIT - after)]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as executor:
        yield executor


def test_gives_history_then_new_records_without_gap_or_duplicate(journal: Journal, pool: ThreadPoolExecutor) -> None:
    followers: dict[int, list[Future[list[int]]]] = {}
    starts = (0, 0, 1, 100, 500)
    for after in starts:
        followers.setdefault(after, []).append(pool.submit(follow, journal, after, 7))
    writer = pool.submit(write, journal)
    journal.wait(COMMITS, 60)
    for after in starts:
        followers.setdefault(after, []).append(pool.submit(follow, journal, after, 500))
    writer.result(60)
    for after in starts:
        followers[after].append(pool.submit(follow, journal, after, 1))
    for after, futures in followers.items():
        for future in futures:
            assert future.result(60) == list(range(after + 1, COMMITS * A_COMMIT + 1))


def test_resumes_where_it_stopped(journal: Journal) -> None:
    journal.append(new_records("a", 1, 10))
    first = Subscription(journal, batch=4)
    assert [record.position for record in islice(first, 6)] == [1, 2, 3, 4, 5, 6]
    assert first.position == 6
    second = Subscription(journal, after=first.position)
    assert [record.position for record in islice(second, 4)] == [7, 8, 9, 10]


def test_stops_when_another_thread_asks_for_it(journal: Journal, pool: ThreadPoolExecutor) -> None:
    journal.append(new_records("a", 1, 5))
    subscription = Subscription(journal)
    arrived = Barrier(2)

    def read() -> list[int]:
        seen = []
        for record in subscription:
            seen.append(record.position)
            if len(seen) == 5:
                arrived.wait(60)
        return seen

    reader = pool.submit(read)
    arrived.wait(60)
    subscription.stop()
    assert reader.result(60) == [1, 2, 3, 4, 5]


def test_stopped_before_it_began_gives_nothing(journal: Journal) -> None:
    journal.append([new_record("a", 1)])
    subscription = Subscription(journal)
    subscription.stop()
    assert list(subscription) == []


def test_follows_a_journal_that_another_writes(path: Path, pool: ThreadPoolExecutor) -> None:
    with closing(SqliteJournal(path)) as journal, closing(SqliteJournal(path, read_only=True)) as follower:
        reader = pool.submit(follow, follower, 0, 500)
        write(journal)
        assert reader.result(60) == list(range(1, COMMITS * A_COMMIT + 1))


def test_gives_batches_and_an_empty_one_when_nothing_comes(journal: Journal) -> None:
    journal.append(new_records("a", 1, 10))
    subscription = Subscription(journal, batch=4)
    seen = []
    for batch in subscription.batches():
        seen.append([record.position for record in batch])
        if not batch:
            subscription.stop()
    assert seen == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10], []]
    assert subscription.position == 10


def test_takes_without_waiting(journal: Journal) -> None:
    subscription = Subscription(journal)
    assert subscription.take() == []
    journal.append([new_record("a", 1)])
    subscription.wait()
    assert [record.position for record in subscription.take()] == [1]
    assert subscription.position == 1


def test_stops_by_an_event_that_others_share(journal: Journal) -> None:
    journal.append([new_record("a", 1)])
    stopped = Event()
    subscription = Subscription(journal, stopped=stopped)
    stopped.set()
    assert list(subscription) == []
    assert list(subscription.batches()) == []
