"""The waiting line of one queue, by itself."""

from typing import Any

import pytest

from actors.router import AgentPool, Place, RoutedTask, WaitingLine
from actors.router.task import LetGo
from schemas.configuration import Queue
from schemas.queues import QueueSettings
from tests.actors.router.examples import PULL, STEPS, overflow
from tests.examples import NOW, later


def line_of(queue: Queue) -> WaitingLine:
    return WaitingLine.of("support", queue)


def task(seconds: float = 0, **more: Any) -> RoutedTask:
    """A task that is in line since so many seconds later."""
    place = Place(1, -5, -5, later(seconds), "t")
    return RoutedTask("t", "c", "support", place, 5, "inbound", later(seconds), **more)


def pool_of(**english: int) -> AgentPool:
    pool = AgentPool()
    for name, degree in english.items():
        pool.admit(name, NOW).attributes = {"english": degree} if degree else {}
    return pool


class TestRules:
    def test_without_steps_admit_everyone(self) -> None:
        line = line_of(Queue(mrd="chat"))
        assert [criterion.text for criterion in line.criteria] == [""]
        line.learn(pool_of(alice=0, bob=9))
        assert line.eligible == [0b11]

    @pytest.mark.parametrize(("queue", "pushed"), [(STEPS, True), (PULL, False)])
    def test_say_whether_tasks_are_pushed(self, queue: Queue, pushed: bool) -> None:
        assert line_of(queue).pushed is pushed

    def test_are_described_as_a_request_carries_them(self) -> None:
        queue = Queue(
            mrd="chat", priority=9, offer_timeout_seconds=7, wrap_up_seconds=30, response_seconds=60, sticky_seconds=5
        )
        assert line_of(queue).settings() == QueueSettings(
            name="support", mrd="chat", priority=9, offer_timeout_seconds=7, wrap_up_seconds=30, response_seconds=60
        )


class TestEligibility:
    def test_of_a_step_includes_those_of_the_steps_before(self) -> None:
        line = line_of(STEPS)
        line.learn(pool_of(alice=9, bob=3, carol=0))
        assert line.eligible == [0b001, 0b011]

    def test_narrower_criterion_later_excludes_no_agent(self) -> None:
        queue = Queue(mrd="chat", steps=list(reversed(STEPS.steps)))
        line = line_of(queue)
        line.learn(pool_of(alice=3))
        assert line.eligible == [0b1, 0b1]

    def test_is_lost_with_the_attribute(self) -> None:
        line = line_of(STEPS)
        pool = pool_of(alice=9, bob=9)
        line.learn(pool)
        pool.admit("alice", NOW).attributes = {"english": 3}
        line.learn([pool.admit("alice", NOW)])
        assert line.eligible == [0b10, 0b11]


class TestSteps:
    @pytest.mark.parametrize(("seconds", "step"), [(0, 0), (29.9, 0), (30, 1), (500, 1)])
    def test_follow_each_other(self, seconds: float, step: int) -> None:
        assert line_of(STEPS).step_at(NOW, later(seconds)) == step

    def test_count_from_the_tasks_place(self) -> None:
        assert line_of(STEPS).step_at(later(-40), NOW) == 1

    def test_begin_after_those_before(self) -> None:
        assert line_of(STEPS).begins(later(5), 0) == later(5)
        assert line_of(STEPS).begins(later(5), 1) == later(35)
        assert line_of(STEPS).criterion(1) == "english"


class TestNextChange:
    @pytest.mark.parametrize(
        ("changes", "waiting", "seconds"),
        [
            ({}, {}, None),
            ({"time_to_live_seconds": 90}, {}, 90),
            ({"overflow": overflow("sales", 40)}, {}, 40),
            ({"overflow": overflow("sales", 40), "time_to_live_seconds": 30}, {}, 30),
            ({"steps": STEPS.steps}, {}, 30),
            ({"steps": STEPS.steps}, {"step": 1}, None),
            ({"steps": STEPS.steps}, {"preferred_agent": "bob", "preferred_until": later(50)}, 50),
            ({}, {"preferred_agent": "bob", "preferred_until": later(50), "preferred_only": True}, 50),
            (
                {"overflow": overflow("sales", 40)},
                {"preferred_agent": "bob", "preferred_until": later(50), "preferred_only": True},
                50,
            ),
            ({"time_to_live_seconds": 90}, {"not_before": later(500)}, 500),
            ({}, {"excluded": {"bob": LetGo("declined", later(60)), "carol": LetGo("rona", None)}}, 60),
            ({}, {"excluded": {"carol": LetGo("gave_away", None)}}, None),
        ],
        ids=[
            "nothing",
            "time to live",
            "overflow",
            "what is sooner",
            "next step",
            "last step",
            "preferred agent",
            "preferred agent only",
            "no overflow for one agent only",
            "not before",
            "declined",
            "gave away",
        ],
    )
    def test_is_the_soonest(self, changes: dict[str, Any], waiting: dict[str, Any], seconds: float | None) -> None:
        line = line_of(Queue(mrd="chat", **changes))
        assert line.next_change(task(**waiting)) == (None if seconds is None else later(seconds))

    def test_counts_the_time_to_live_from_when_a_task_is_due(self) -> None:
        line = line_of(Queue(mrd="chat", time_to_live_seconds=90, overflow=overflow("sales", 60)))
        scheduled = task(not_before=later(500))
        assert line.expires_at(scheduled) == later(590)
        assert line.overflows_at(scheduled) == later(560)


class TestOrder:
    def test_counts_the_tasks_ahead_over_all_steps(self) -> None:
        line = line_of(STEPS)
        first, second = Place(1, -5, -5, later(0), "a"), Place(1, -5, -5, later(1), "b")
        preferred = Place(1, -5, -5, later(2), "preferred")
        line.steps[1].add(first)
        line.steps[0].add(second)
        line.alone.add(preferred)
        line.places.update([second, preferred, first])
        assert line.waiting == 3
        assert [place.task_id for place in line] == ["a", "b", "preferred"]
        assert [line.ahead_of(place) for place in (first, second)] == [0, 1]
        assert line.ahead_of(Place(0, -5, -5, later(9), "c")) == 0
        assert line.ahead_of(Place(1, -5, -5, later(9), "c")) == 3
        assert line.rivals(Place(1, -5, -5, later(9), "c")) == 2


class TestIntervals:
    """The expected seconds from one departure to the next."""

    def test_are_none_while_nobody_has_closed_a_task(self) -> None:
        assert line_of(STEPS).interval(1, NOW) is None

    def test_are_none_while_there_is_no_room(self) -> None:
        line = line_of(STEPS)
        line.note_service(60)
        assert line.interval(0, NOW) is None

    @pytest.mark.parametrize(("slots", "interval"), [(1, 60), (4, 15)])
    def test_are_shorter_the_more_tasks_are_worked_at_once(self, slots: float, interval: float) -> None:
        line = line_of(STEPS)
        line.note_service(60)
        assert line.interval(slots, NOW) == interval

    def test_follow_the_mean_at_first_and_then_the_newest_slowly(self) -> None:
        line = line_of(STEPS)
        for seconds in (10, 20, 60):
            line.note_service(seconds)
        assert line.service_seconds == pytest.approx(30)
        line.served = 1_000
        line.note_service(50)
        assert line.service_seconds == pytest.approx(30.4)

    @pytest.mark.parametrize(
        ("busy_since", "last_assigned_at", "interval"),
        [(None, 5, 12), (10, None, 58), (10, 40, 52), (40, 10, 52), (10, 290, 12)],
        ids=["nobody waits", "first", "since the last", "since somebody waits", "not for long"],
    )
    def test_grow_while_the_line_stands_still(
        self, busy_since: float | None, last_assigned_at: float | None, interval: float
    ) -> None:
        line = line_of(STEPS)
        line.note_service(12)
        line.busy_since = None if busy_since is None else later(busy_since)
        line.last_assigned_at = None if last_assigned_at is None else later(last_assigned_at)
        assert line.interval(1, later(300)) == interval
