"""Agents' tasks, event by event."""

import pytest

from projections.facts.agent_tasks import AGENT_TASKS, TASKS
from schemas.events import (
    AgentLoggedOut,
    Event,
    OfferExpired,
    OfferWithdrawn,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.tasks import CloseReason, Direction
from tests.examples import later
from tests.projections.facts.given import Facts, at, given

ALICE, BOB = "agent-alice", "agent-bob"


def offered(task_id: str = "t1", direction: Direction = "inbound", queue: str = "support") -> TaskReserved:
    return TaskReserved(
        task_id=task_id,
        conversation_id="c1",
        mrd="chat",
        queue=queue,
        reserved_at=later(0),
        expires_at=later(20),
        direction=direction,
    )


def accepted(task_id: str = "t1") -> TaskAccepted:
    return TaskAccepted(task_id=task_id, conversation_id="c1", mrd="chat", queue="support")


def wraps_up(task_id: str = "t1") -> WrapUpStarted:
    return WrapUpStarted(task_id=task_id, conversation_id="c1", expires_at=later(60))


def closed(reason: CloseReason = "done", task_id: str = "t1") -> TaskClosed:
    return TaskClosed(task_id=task_id, conversation_id="c1", reason=reason)


def supervises(direction: Direction, task_id: str = "t1") -> TaskAssignedDirectly:
    return TaskAssignedDirectly(task_id=task_id, conversation_id="c1", mrd="chat", queue="support", direction=direction)


def alice(*moments: tuple[float, Event]) -> Facts:
    return given(AGENT_TASKS, *(at(seconds, ALICE, event) for seconds, event in moments))


def times(facts: Facts) -> list[tuple[object, ...]]:
    """The seconds at which each task was offered, accepted, wrapped up and closed, and its disposition."""
    return facts.rows(TASKS, "offered_at", "accepted_at", "wrap_up_at", "closed_at", "disposition")


def test_a_task_from_its_offer_to_its_close() -> None:
    facts = alice((0, offered()), (4, accepted()), (60, wraps_up()), (90, closed()))
    assert times(facts) == [(0, 4, 60, 90, "done")]
    assert facts.rows(TASKS, "position", "agent_id", "task_id", "conversation_id", "queue", "mrd", "direction") == [
        (1, "alice", "t1", "c1", "support", "chat", "inbound")
    ]


def test_an_open_task_has_no_end() -> None:
    assert times(alice((0, offered()))) == [(0, None, None, None, None)]
    assert times(alice((0, offered()), (4, accepted()))) == [(0, 4, None, None, None)]
    assert times(alice((0, offered()), (4, accepted()), (9, wraps_up()))) == [(0, 4, 9, None, None)]


def test_all_at_one_instant() -> None:
    assert times(alice((7, offered()), (7, accepted()), (7, wraps_up()), (7, closed()))) == [(7, 7, 7, 7, "done")]


@pytest.mark.parametrize(
    "reason", ["transferred", "customer_left", "agent_logout", "connection_lost", "rerouted", "force_closed"]
)
def test_a_disposition_is_the_recorded_reason(reason: CloseReason) -> None:
    assert times(alice((0, offered()), (4, accepted()), (9, closed(reason)))) == [(0, 4, None, 9, reason)]


def test_an_offer_that_is_not_accepted() -> None:
    task = {"task_id": "t1", "conversation_id": "c1"}
    assert times(alice((0, offered()), (20, OfferExpired(**task)))) == [(0, None, None, 20, "rona")]
    declined = TaskDeclined(**task, reason="not mine")
    assert times(alice((0, offered()), (5, declined))) == [(0, None, None, 5, "declined")]
    withdrawn = alice((0, offered()), (3, OfferWithdrawn(**task, reason="customer_left")))
    assert times(withdrawn) == [(0, None, None, 3, "withdrawn")]
    assert withdrawn.rows(TASKS, "reason") == [("customer_left",)]


def test_each_offer_of_a_task_is_a_row() -> None:
    task = {"task_id": "t1", "conversation_id": "c1"}
    facts = given(
        AGENT_TASKS,
        at(0, ALICE, offered()),
        at(20, ALICE, OfferExpired(**task)),
        at(20, BOB, offered()),
        at(25, BOB, TaskDeclined(**task, reason=None)),
        at(30, ALICE, offered()),
        at(33, ALICE, accepted()),
    )
    assert facts.rows(TASKS, "agent_id", "offered_at", "accepted_at", "closed_at", "disposition") == [
        ("alice", 0, None, 20, "rona"),
        ("bob", 20, None, 25, "declined"),
        ("alice", 30, 33, None, None),
    ]


def test_agents_who_hold_the_same_task_are_distinguished() -> None:
    facts = given(
        AGENT_TASKS,
        at(0, ALICE, offered()),
        at(1, BOB, supervises("monitor")),
        at(2, ALICE, accepted()),
        at(5, BOB, closed()),
        at(9, ALICE, closed("transferred")),
    )
    assert facts.rows(TASKS, "agent_id", "direction", "accepted_at", "closed_at", "disposition") == [
        ("alice", "inbound", 2, 9, "transferred"),
        ("bob", "monitor", 1, 5, "done"),
    ]


def test_an_agent_holds_several_tasks() -> None:
    facts = alice(
        (0, offered("t1")),
        (1, accepted("t1")),
        (2, offered("t2", queue="sales")),
        (3, accepted("t2")),
        (4, wraps_up("t1")),
        (5, closed("done", "t2")),
        (6, closed("done", "t1")),
    )
    assert facts.rows(TASKS, "task_id", "queue", "accepted_at", "wrap_up_at", "closed_at") == [
        ("t1", "support", 1, 4, 6),
        ("t2", "sales", 3, None, 5),
    ]


def test_a_consult_and_a_conference_are_tasks_of_those_directions() -> None:
    facts = alice((0, offered("t1", "consult")), (1, offered("t2", "conference")), (9, closed("cancelled", "t1")))
    assert facts.rows(TASKS, "task_id", "direction", "disposition") == [
        ("t1", "consult", "cancelled"),
        ("t2", "conference", None),
    ]


def test_a_supervisor_is_in_at_once() -> None:
    assert times(alice((3, supervises("monitor")), (9, closed()))) == [(3, 3, None, 9, "done")]


def test_a_supervisor_who_monitors_barges_in_and_takes_over() -> None:
    facts = alice(
        (0, supervises("monitor")),
        (5, supervises("barge_in")),
        (9, supervises("transfer_direct")),
        (20, wraps_up()),
        (25, closed()),
    )
    assert times(facts) == [(0, 0, 20, 25, "done")]
    assert facts.rows(TASKS, "direction") == [("transfer_direct",)]


def test_an_agent_who_takes_over_by_a_held_task_keeps_its_time_of_acceptance() -> None:
    facts = alice((0, offered("t1", "consult")), (4, accepted()), (9, supervises("transfer_direct")), (30, closed()))
    assert times(facts) == [(0, 4, None, 30, "done")]
    assert facts.rows(TASKS, "direction") == [("transfer_direct",)]


def test_events_of_unknown_tasks_change_nothing() -> None:
    task = {"task_id": "t1", "conversation_id": "c1"}
    facts = alice(
        (0, accepted()),
        (1, wraps_up()),
        (2, closed()),
        (3, OfferExpired(**task)),
        (4, TaskDeclined(**task, reason=None)),
        (5, OfferWithdrawn(**task, reason="requeued")),
    )
    assert times(facts) == []


def test_a_closed_task_does_not_change() -> None:
    task = {"task_id": "t1", "conversation_id": "c1"}
    facts = alice(
        (0, offered()),
        (4, accepted()),
        (9, closed("force_closed")),
        (12, closed()),
        (13, accepted()),
        (14, wraps_up()),
        (15, OfferWithdrawn(**task, reason="late")),
        (16, AgentLoggedOut(reason="home")),
    )
    assert times(facts) == [(0, 4, None, 9, "force_closed")]
    assert facts.rows(TASKS, "reason") == [(None,)]
