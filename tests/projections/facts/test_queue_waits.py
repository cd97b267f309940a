"""Waits in queues, event by event."""

import pytest

from projections.facts.queue_waits import QUEUE_WAITS, WAITS
from schemas.configuration import Queue
from schemas.events import (
    Event,
    QueueConfigured,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings
from schemas.tasks import CloseReason, RequeueReason
from tests.examples import CALLBACK, SALES, SUPPORT, later
from tests.projections.facts.given import Facts, at, given

CHAT = "router-chat"


def configured(name: str, seconds: float, mrd: str = "chat") -> QueueConfigured:
    return QueueConfigured(name=name, queue=Queue(mrd=mrd, service_level_seconds=seconds))


def queued(
    seconds: float, task_id: str = "t1", queue: QueueSettings = SUPPORT, place: float | None = None, **fields: object
) -> TaskQueued:
    return TaskQueued(
        task_id=task_id,
        conversation_id="c1",
        queue=queue,
        queued_at=later(seconds if place is None else place),
        entered_at=later(seconds),
        **{"priority": 5, **fields},  # type: ignore[arg-type] # fields of the event
    )


def scheduled(seconds: float, due: float, task_id: str = "t1") -> TaskQueued:
    return queued(seconds, task_id, CALLBACK, place=due, not_before=later(due))


def offered(seconds: float, task_id: str = "t1", agent_id: str = "alice") -> TaskOffered:
    return TaskOffered(
        task_id=task_id,
        conversation_id="c1",
        agent_id=agent_id,
        offered_at=later(seconds),
        expires_at=later(seconds + 20),
        rule="longest_available",
        candidates=[],
        candidate_count=1,
        excluded=[],
    )


def requeued(reason: RequeueReason, task_id: str = "t1") -> TaskRequeued:
    return TaskRequeued(task_id=task_id, conversation_id="c1", agent_id="alice", reason=reason)


def moved(seconds: float, queue: QueueSettings = SALES, reason: str = "overflow") -> TaskMoved:
    return TaskMoved(
        task_id="t1",
        conversation_id="c1",
        from_queue="support",
        queue=queue,
        reason=reason,  # type: ignore[arg-type] # one of those there are
        moved_at=later(seconds),
        step=0,
    )


def assigned(task_id: str = "t1", agent_id: str = "alice") -> TaskAssigned:
    return TaskAssigned(task_id=task_id, conversation_id="c1", agent_id=agent_id)


def cancelled(reason: str, task_id: str = "t1") -> TaskCancelled:
    return TaskCancelled(task_id=task_id, conversation_id="c1", reason=reason)


def expired(reason: CloseReason) -> TaskExpired:
    return TaskExpired(task_id="t1", conversation_id="c1", queue="support", reason=reason)


def router(*moments: tuple[float, Event]) -> Facts:
    return given(QUEUE_WAITS, *(at(seconds, CHAT, event) for seconds, event in moments))


def waits(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(WAITS, "queue", "entered_at", "left_at", "outcome", "reason")


def test_a_wait_that_is_answered() -> None:
    facts = router((3, queued(3, direction="consult", priority=8)), (9, offered(9)), (12, assigned()))
    assert waits(facts) == [("support", 3, 12, "answered", None)]
    assert facts.rows(WAITS, "position", "task_id", "conversation_id", "mrd", "direction", "priority", "agent_id") == [
        (1, "t1", "c1", "chat", "consult", 8, "alice")
    ]
    assert facts.rows(WAITS, "offers", "rona", "declined") == [(1, 0, 0)]


def test_a_wait_that_lasts() -> None:
    assert waits(router((0, queued(0)), (9, offered(9)))) == [("support", 0, None, None, None)]


def test_a_wait_may_last_no_time() -> None:
    assert waits(router((0, queued(0)), (0, offered(0)), (0, assigned()))) == [("support", 0, 0, "answered", None)]


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("customer_left", "abandoned"),
        ("customer_inactive", "abandoned"),
        ("taken_over", "cancelled"),
        ("callback_requested", "cancelled"),
        ("force_closed", "cancelled"),
        ("", "cancelled"),
    ],
)
def test_only_customers_abandon(reason: str, outcome: str) -> None:
    assert waits(router((0, queued(0)), (8, cancelled(reason)))) == [("support", 0, 8, outcome, reason)]


@pytest.mark.parametrize(("reason", "outcome"), [("no_agent_available", "expired"), ("cancelled", "cancelled")])
def test_a_wait_that_expired_or_was_flushed(reason: CloseReason, outcome: str) -> None:
    assert waits(router((0, queued(0)), (8, expired(reason)))) == [("support", 0, 8, outcome, reason)]


def test_offers_are_counted_by_outcome() -> None:
    facts = router(
        (0, queued(0)),
        (1, offered(1)),
        (21, requeued("rona")),
        (21, offered(21)),
        (25, requeued("declined")),
        (25, offered(25)),
        (26, requeued("agent_logout")),
        (30, offered(30, agent_id="bob")),
        (31, assigned(agent_id="bob")),
    )
    assert facts.rows(WAITS, "offers", "rona", "declined", "agent_id") == [(4, 1, 1, "bob")]
    assert waits(facts) == [("support", 0, 31, "answered", None)]


def test_a_task_that_comes_back_at_its_old_place_waits_from_its_coming() -> None:
    facts = router((0, queued(0)), (5, assigned()), (60, queued(60, place=0, ahead=True)), (70, assigned()))
    assert waits(facts) == [("support", 0, 5, "answered", None), ("support", 60, 70, "answered", None)]


@pytest.mark.parametrize("reason", ["overflow", "flush"])
def test_a_task_that_is_moved_waits_anew_in_the_other_queue(reason: str) -> None:
    facts = router(
        (0, configured("sales", 15)),
        (1, queued(1, direction="outbound", priority=9)),
        (2, offered(2)),
        (22, requeued("rona")),
        (30, moved(30, SALES, reason)),
        (31, offered(31)),
        (32, assigned()),
    )
    assert waits(facts) == [("support", 1, 30, "moved", reason), ("sales", 30, 32, "answered", None)]
    assert facts.rows(WAITS, "position", "offers", "rona", "service_level", "agent_id", "direction", "priority") == [
        (2, 1, 1, 60, None, "outbound", 9),
        (5, 1, 0, 15, "alice", "outbound", 9),
    ]


def test_a_task_is_moved_on_and_back_at_one_instant() -> None:
    facts = router((0, queued(0)), (5, moved(5)), (5, moved(5, SUPPORT)), (9, cancelled("customer_left")))
    assert waits(facts) == [
        ("support", 0, 5, "moved", "overflow"),
        ("sales", 5, 5, "moved", "overflow"),
        ("support", 5, 9, "abandoned", "customer_left"),
    ]


def test_a_scheduled_task_waits_from_when_it_is_due() -> None:
    facts = router((0, scheduled(0, due=100)), (100, offered(100)), (104, assigned()))
    assert waits(facts) == [("callback", 100, 104, "answered", None)]
    assert waits(router((0, scheduled(0, due=100)))) == [("callback", 100, None, None, None)]


def test_a_task_that_was_due_before_it_came_waits_from_its_coming() -> None:
    assert waits(router((50, scheduled(50, due=20)))) == [("callback", 50, None, None, None)]


@pytest.mark.parametrize("end", [cancelled("customer_left"), expired("cancelled"), expired("no_agent_available")])
def test_a_customer_who_leaves_before_the_task_is_due_has_never_waited(end: Event) -> None:
    facts = router((0, scheduled(0, due=100)), (99, end), (120, end))
    assert waits(facts) == []


def test_a_customer_who_leaves_when_the_task_is_due_has_waited_no_time() -> None:
    facts = router((0, scheduled(0, due=100)), (100, cancelled("customer_left")))
    assert waits(facts) == [("callback", 100, 100, "abandoned", "customer_left")]


def test_a_scheduled_task_that_is_moved_before_it_is_due_has_waited_in_the_other_queue_only() -> None:
    facts = router((0, scheduled(0, due=100)), (40, moved(40)), (103, assigned()))
    assert waits(facts) == [("sales", 100, 103, "answered", None)]
    left = router((0, scheduled(0, due=100)), (40, moved(40)), (60, cancelled("customer_left")))
    assert waits(left) == []


def test_a_scheduled_task_that_is_moved_after_it_was_due_has_waited_in_both() -> None:
    facts = router((0, scheduled(0, due=100)), (130, moved(130)), (140, assigned()))
    assert waits(facts) == [("callback", 100, 130, "moved", "overflow"), ("sales", 130, 140, "answered", None)]


def test_the_threshold_is_that_of_the_queue_when_the_task_came() -> None:
    facts = router(
        (0, queued(0, "t0")),
        (0, configured("support", 20)),
        (1, queued(1, "t1")),
        (2, configured("support", 0.5)),
        (3, queued(3, "t2")),
        (4, configured("sales", 90)),
        (5, queued(5, "t3")),
    )
    assert facts.rows(WAITS, "task_id", "service_level") == [("t0", 60), ("t1", 20), ("t2", 0.5), ("t3", 0.5)]


def test_queues_of_the_same_name_in_two_mrds_have_their_own_thresholds() -> None:
    facts = given(
        QUEUE_WAITS,
        at(0, CHAT, configured("support", 20)),
        at(0, "router-video", configured("support", 5, mrd="video")),
        at(1, CHAT, queued(1, "t1")),
        at(1, "router-video", queued(1, "t2", QueueSettings(name="support", mrd="video"))),
    )
    assert facts.rows(WAITS, "mrd", "service_level") == [("chat", 20), ("video", 5)]


def test_events_of_unknown_tasks_change_nothing() -> None:
    facts = router(
        (0, offered(0)),
        (1, requeued("rona")),
        (2, moved(2)),
        (3, assigned()),
        (4, cancelled("customer_left")),
        (5, expired("no_agent_available")),
    )
    assert waits(facts) == []


def test_a_wait_that_has_ended_does_not_change() -> None:
    facts = router(
        (0, queued(0)),
        (5, assigned()),
        (6, offered(6)),
        (7, requeued("declined")),
        (8, moved(8)),
        (9, cancelled("customer_left")),
        (10, assigned(agent_id="bob")),
    )
    assert waits(facts) == [("support", 0, 5, "answered", None)]
    assert facts.rows(WAITS, "offers", "declined", "agent_id") == [(0, 0, "alice")]


def test_several_tasks_wait_at_once() -> None:
    facts = router(
        (0, queued(0, "t1")), (1, queued(1, "t2")), (2, assigned("t2")), (9, cancelled("customer_left", "t1"))
    )
    assert facts.rows(WAITS, "task_id", "left_at", "outcome") == [("t1", 9, "abandoned"), ("t2", 2, "answered")]
