"""The clock that commands are stamped with."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count, pairwise

from actors.engine import MonotonicClock
from tests.examples import NOW, later


def test_goes_on_with_its_source() -> None:
    times = iter([NOW, later(1), later(2)])
    clock = MonotonicClock(lambda: next(times))
    assert [clock(), clock()] == [later(1), later(2)]


def test_does_not_go_back_with_its_source() -> None:
    times = iter([NOW, later(5), later(1), later(6)])
    clock = MonotonicClock(lambda: next(times))
    assert [clock(), clock(), clock()] == [later(5), later(5), later(6)]


def test_does_not_go_behind_what_is_recorded() -> None:
    clock = MonotonicClock(lambda: NOW)
    clock.advance_to(later(60))
    clock.advance_to(later(30))
    assert clock() == later(60)


def test_takes_the_machines_time() -> None:
    before = datetime.now(UTC)
    assert before <= MonotonicClock()() <= datetime.now(UTC)


def test_does_not_go_back_for_any_thread() -> None:
    ticks = count()
    clock = MonotonicClock(lambda: later(next(ticks)))

    def watch(_: int) -> list[datetime]:
        return [clock() for _ in range(2_000)]

    with ThreadPoolExecutor(4) as pool:
        for seen in pool.map(watch, range(4)):
            assert all(earlier <= now for earlier, now in pairwise(seen))
