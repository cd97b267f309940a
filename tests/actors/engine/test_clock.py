"""The clock that commands are stamped with."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest

from actors.engine import MonotonicClock
from tests.examples import NOW, later


def test_goes_on_with_its_source() -> None:
    times = iter([NOW, later(1), later(2)])
    clock = MonotonicClock(lambda: next(times))
    assert [clock(), clock()] == [later(1), later(2)]


def test_does_not_go_back_with_its_source() -> None:
    times = iter([NOW, later(5), later(1), later(6)])
    clock = MonotonicClock(lambda: next(times), elapsed=lambda: 0.0)
    assert [clock(), clock(), clock()] == [later(5), later(5), later(6)]


def test_runs_on_while_its_source_is_behind() -> None:
    times = iter([later(100), later(100), later(10), later(11), later(13), later(200)])
    elapsed = iter([1.0, 2.0, 4.0])
    clock = MonotonicClock(lambda: next(times), elapsed=lambda: next(elapsed))
    assert [clock() for _ in range(5)] == [later(100), later(100), later(101), later(103), later(200)]


def test_does_not_go_behind_the_last_event() -> None:
    clock = MonotonicClock(lambda: NOW, elapsed=lambda: 0.0)
    clock.advance_to(later(60))
    clock.advance_to(later(30))
    assert clock() == later(60)


def test_says_how_far_it_is_ahead_of_its_source() -> None:
    clock = MonotonicClock(lambda: NOW, elapsed=lambda: 0.0)
    assert (clock.ahead(), clock.when_machine_reads(later(5)), clock.machine_when(later(5))) == (
        timedelta(),
        later(5),
        later(5),
    )
    clock.advance_to(later(864_000))
    assert (clock.machine(), clock.ahead()) == (NOW, timedelta(days=10))
    assert clock.when_machine_reads(later(5)) == later(864_005)
    assert clock.machine_when(later(864_005)) == later(5)


def test_warns_once_when_its_source_is_behind(caplog: pytest.LogCaptureFixture) -> None:
    clock = MonotonicClock(lambda: NOW, elapsed=lambda: 0.0)
    clock.advance_to(later(4))
    assert (clock(), caplog.messages) == (later(4), [])
    clock = MonotonicClock(lambda: NOW, elapsed=lambda: 0.0)
    clock.advance_to(later(60))
    assert (clock(), clock()) == (later(60), later(60))
    (warning,) = caplog.messages
    assert "the machine's clock is 60 seconds behind the newest event" in warning


def test_takes_the_machines_time() -> None:
    before = datetime.now(UTC)
    assert before <= MonotonicClock()() <= datetime.now(UTC)


def test_does_not_go_back_for_any_thread() -> None:
    ticks = count()
    clock = MonotonicClock(lambda: later(next(ticks)), elapsed=lambda: 0.0)

    def watch(_: int) -> list[datetime]:
        return [clock() for _ in range(2_000)]

    with ThreadPoolExecutor(4) as pool:
        for seen in pool.map(watch, range(4)):
            assert all(earlier <= now for earlier, now in pairwise(seen))
