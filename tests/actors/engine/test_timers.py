"""The deadlines of all entities, in the order in which they fall due."""

import heapq
from datetime import datetime

import pytest

from actors.decider import Deadline
from actors.engine.timers import Due, Timers
from schemas.commands import AdvanceLine
from tests.examples import later


def deadline(seconds: float) -> Deadline:
    return Deadline(later(seconds), AdvanceLine(at=later(seconds)))


def due(stream: str, name: str, seconds: float) -> Due:
    return Due(stream, name, later(seconds), AdvanceLine(at=later(seconds)))


@pytest.fixture
def timers() -> Timers:
    timers = Timers()
    timers.update("a", {"x": deadline(3), "y": deadline(1)})
    timers.update("b", {"x": deadline(2)})
    return timers


def instants_of(timers: Timers) -> list[datetime]:
    """Takes all deadlines out, in order."""
    instants = []
    while (instant := timers.next_instant()) is not None:
        instants.append(instant)
        timers.pop_due(instant)
    return instants


def test_fall_due_in_order(timers: Timers) -> None:
    assert len(timers) == 3
    assert timers.pop_due(later(0.5)) == []
    assert timers.pop_due(later(2)) == [due("a", "y", 1), due("b", "x", 2)]
    assert timers.next_instant() == later(3)


def test_fall_due_once(timers: Timers) -> None:
    timers.pop_due(later(9))
    assert timers.pop_due(later(9)) == []
    assert timers.next_instant() is None


def test_are_replaced_by_those_of_the_newer_state(timers: Timers) -> None:
    timers.update("a", {"x": deadline(5), "z": deadline(4)})
    assert instants_of(timers) == [later(2), later(4), later(5)]


def test_of_an_unchanged_state_are_kept_once(timers: Timers) -> None:
    for _ in range(3):
        timers.update("a", {"x": deadline(3), "y": deadline(1)})
    assert instants_of(timers) == [later(1), later(2), later(3)]


def test_end_with_a_state_that_has_none(timers: Timers) -> None:
    timers.update("a", {})
    timers.update("c", {})
    assert len(timers) == 1
    assert timers.pop_due(later(9)) == [due("b", "x", 2)]


def test_that_went_away_and_came_back_fall_due_once(timers: Timers) -> None:
    timers.update("b", {})
    timers.update("b", {"x": deadline(2)})
    assert [item for item in timers.pop_due(later(9)) if item.stream == "b"] == [due("b", "x", 2)]


def test_that_still_are_due_are_postponed(timers: Timers) -> None:
    (first,) = timers.pop_due(later(1))
    timers.postpone(first, later(7))
    assert instants_of(timers) == [later(2), later(3), later(7)]


def test_that_were_met_are_not_postponed(timers: Timers) -> None:
    (first,) = timers.pop_due(later(1))
    timers.update("a", {"x": deadline(3)})
    timers.postpone(first, later(7))
    assert instants_of(timers) == [later(2), later(3)]


def test_that_were_moved_are_not_postponed(timers: Timers) -> None:
    (first,) = timers.pop_due(later(1))
    timers.update("a", {"y": deadline(60)})
    timers.postpone(first, later(2))
    assert instants_of(timers) == [later(2), later(60)]


def test_that_are_followed_by_another_one_overdue_are_not_postponed(timers: Timers) -> None:
    (first,) = timers.pop_due(later(1))
    timers.update("a", {"y": deadline(0.5)})
    timers.postpone(first, later(7))
    assert instants_of(timers) == [later(0.5), later(2)]


class TestPutOff:
    """A deadline that is put off again and again."""

    @pytest.fixture
    def heap(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        """All items that were ever pushed to the heap."""
        pushed: list[object] = []
        push = heapq.heappush

        def watched(heap: list[object], item: object) -> None:
            pushed.append(item)
            push(heap, item)  # type: ignore[type-var] # items are tuples, which are in order

        monkeypatch.setattr(heapq, "heappush", watched)
        return pushed

    def test_takes_one_place_in_the_heap(self, heap: list[object]) -> None:
        timers = Timers()
        for seconds in range(1, 1_000):
            timers.update("a", {"x": deadline(seconds)})
        assert heap == [(later(1), "a", "x")]

    def test_takes_one_place_though_it_goes_away_in_between(self, heap: list[object]) -> None:
        timers = Timers()
        for seconds in range(1, 1_000):
            timers.update("a", {"x": deadline(seconds)})
            timers.update("a", {})
        assert len(heap) == 1
        assert timers.next_instant() is None

    def test_falls_due_once_at_its_last_instant(self) -> None:
        timers = Timers()
        for seconds in range(1, 10):
            timers.update("a", {"x": deadline(seconds)})
        assert timers.pop_due(later(8.9)) == []
        assert timers.next_instant() == later(9)
        assert timers.pop_due(later(9)) == [due("a", "x", 9)]
        assert timers.pop_due(later(99)) == []

    def test_may_be_brought_forward_again(self) -> None:
        timers = Timers()
        for seconds in (5, 9, 2, 7):
            timers.update("a", {"x": deadline(seconds)})
        assert instants_of(timers) == [later(7)]
        assert timers.pop_due(later(99)) == []
