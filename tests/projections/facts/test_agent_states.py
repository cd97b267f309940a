"""Agents' logins and states, event by event."""

from typing import Literal

from projections.facts.agent_states import AGENT_STATES, LOGINS, MRD_STATES, STATES
from schemas.agents import MrdSettings
from schemas.events import (
    AgentConfigured,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
    Event,
    MrdState,
)
from tests.projections.facts.given import Facts, TimedEvent, at, given

ALICE, BOB = "agent-alice", "agent-bob"


def logged_in(*mrds: str, agent_id: str = "alice") -> AgentLoggedIn:
    return AgentLoggedIn(agent_id=agent_id, name=agent_id.title(), mrds={mrd: MrdSettings(2) for mrd in mrds})


def configured(*mrds: str) -> AgentConfigured:
    return AgentConfigured(name="Alice", mrds={mrd: MrdSettings(2) for mrd in mrds}, attributes={})


def goes(state: Literal["ready", "not_ready"], reason: str | None = None) -> AgentStateChanged:
    return AgentStateChanged(state=state, reason=reason)


def asks(mrd: str, state: Literal["ready", "not_ready"], reason: str | None = None) -> AgentMrdStateRequested:
    return AgentMrdStateRequested(mrd=mrd, state=state, reason=reason)


def is_now(state: MrdState, previous: MrdState, mrd: str = "chat") -> AgentMrdStateChanged:
    return AgentMrdStateChanged(mrd=mrd, state=state, previous=previous, reason=None)


def alice(*moments: tuple[float, *tuple[Event, ...]]) -> Facts:
    return given(AGENT_STATES, *(at(seconds, ALICE, *events) for seconds, *events in moments))


def logins(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(LOGINS, "agent_id", "name", "logged_in_at", "logged_out_at", "reason")


def states(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(STATES, "state", "reason", "started_at", "ended_at")


def by_mrd(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(MRD_STATES, "mrd", "state", "reason", "started_at", "ended_at")


def test_a_login_lasts_until_the_logout() -> None:
    facts = alice((0, logged_in("chat")), (60, AgentLoggedOut(reason="lunch")))
    assert logins(facts) == [("alice", "Alice", 0, 60, "lunch")]
    assert states(facts) == [("not_ready", "login", 0, 60)]
    assert by_mrd(facts) == [("chat", "not_ready", "login", 0, 60)]


def test_a_second_login_without_a_logout_ends_the_first() -> None:
    facts = alice((0, logged_in("chat")), (10, goes("ready"), is_now("ready", "not_ready")), (60, logged_in("video")))
    assert logins(facts) == [("alice", "Alice", 0, 60, "login"), ("alice", "Alice", 60, None, None)]
    assert states(facts) == [
        ("not_ready", "login", 0, 10),
        ("ready", None, 10, 60),
        ("not_ready", "login", 60, None),
    ]
    assert by_mrd(facts) == [
        ("chat", "not_ready", "login", 0, 10),
        ("chat", "ready", None, 10, 60),
        ("video", "not_ready", "login", 60, None),
    ]


def test_nothing_is_known_of_an_agent_who_never_logged_in() -> None:
    facts = alice(
        (0, goes("ready"), is_now("ready", "not_ready")),
        (1, asks("chat", "not_ready", "pause")),
        (2, configured("chat")),
        (3, AgentLoggedOut(reason="home")),
    )
    assert (logins(facts), states(facts), by_mrd(facts)) == ([], [], [])


def test_events_after_the_logout_change_nothing() -> None:
    out = AgentLoggedOut(reason="home")
    facts = alice((0, logged_in("chat")), (5, out), (6, is_now("active", "ready")), (7, goes("ready")), (8, out))
    assert logins(facts) == [("alice", "Alice", 0, 5, "home")]
    assert by_mrd(facts) == [("chat", "not_ready", "login", 0, 5)]


def test_states_that_last_no_time_are_left_out() -> None:
    facts = alice(
        (0, logged_in("chat"), goes("ready"), is_now("ready", "not_ready")),
        (5, is_now("reserved", "ready"), is_now("active", "reserved")),
        (9, goes("not_ready", "rona"), is_now("not_ready", "active")),
    )
    assert states(facts) == [("ready", None, 0, 9), ("not_ready", "rona", 9, None)]
    assert by_mrd(facts) == [
        ("chat", "ready", None, 0, 5),
        ("chat", "active", None, 5, 9),
        ("chat", "not_ready", "rona", 9, None),
    ]


def test_a_login_that_lasts_no_time_is_a_login_without_states() -> None:
    facts = alice((0, logged_in("chat"), AgentLoggedOut(reason="home")))
    assert logins(facts) == [("alice", "Alice", 0, 0, "home")]
    assert (states(facts), by_mrd(facts)) == ([], [])


def test_the_same_state_for_another_reason_is_another_span() -> None:
    facts = alice((0, logged_in("chat")), (5, goes("not_ready", "meeting")), (9, goes("not_ready", "lunch")))
    assert states(facts) == [
        ("not_ready", "login", 0, 5),
        ("not_ready", "meeting", 5, 9),
        ("not_ready", "lunch", 9, None),
    ]
    assert by_mrd(facts) == [
        ("chat", "not_ready", "login", 0, 5),
        ("chat", "not_ready", "meeting", 5, 9),
        ("chat", "not_ready", "lunch", 9, None),
    ]


def test_each_mrd_has_the_reason_given_for_it_while_the_agent_is_ready() -> None:
    facts = alice(
        (
            0,
            logged_in("chat", "video"),
            goes("ready"),
            is_now("ready", "not_ready"),
            is_now("ready", "not_ready", "video"),
        ),
        (5, asks("video", "not_ready", "no camera"), is_now("not_ready", "ready", "video")),
        (6, asks("fax", "not_ready", "paper")),
        (9, goes("not_ready", "lunch"), is_now("not_ready", "ready")),
        (12, goes("ready"), is_now("ready", "not_ready")),
        (15, asks("video", "ready"), is_now("ready", "not_ready", "video")),
    )
    found = by_mrd(facts)
    assert [row[1:] for row in found if row[0] == "chat"] == [
        ("ready", None, 0, 9),
        ("not_ready", "lunch", 9, 12),
        ("ready", None, 12, None),
    ]
    assert [row[1:] for row in found if row[0] == "video"] == [
        ("ready", None, 0, 5),
        ("not_ready", "no camera", 5, 9),
        ("not_ready", "lunch", 9, 12),
        ("not_ready", "no camera", 12, 15),
        ("ready", None, 15, None),
    ]
    assert {row[0] for row in found} == {"chat", "video"}


def test_an_mrd_that_is_added_begins_not_ready() -> None:
    facts = alice((0, logged_in("chat")), (5, configured("chat", "video")), (9, is_now("ready", "not_ready", "video")))
    assert by_mrd(facts) == [
        ("chat", "not_ready", "login", 0, None),
        ("video", "not_ready", "login", 5, 9),
        ("video", "ready", "login", 9, None),
    ]


def test_an_mrd_that_is_removed_without_tasks_ends_at_once() -> None:
    facts = alice(
        (0, logged_in("chat", "video"), goes("ready"), is_now("ready", "not_ready")),
        (5, configured("video"), is_now("not_ready", "ready")),
        (7, configured()),
        (9, configured()),
    )
    assert by_mrd(facts) == [("video", "not_ready", None, 0, 7), ("chat", "ready", None, 0, 5)]
    assert states(facts) == [("ready", None, 0, None)]


def test_an_mrd_that_is_removed_while_tasks_are_held_lasts_as_long_as_they() -> None:
    facts = alice(
        (0, logged_in("chat"), goes("ready"), is_now("active", "not_ready")),
        (5, configured("video"), is_now("pending_not_ready", "active")),
        (9, is_now("not_ready", "pending_not_ready")),
        (12, is_now("not_ready", "not_ready")),
    )
    assert [row for row in by_mrd(facts) if row[0] == "chat"] == [
        ("chat", "active", None, 0, 5),
        ("chat", "pending_not_ready", None, 5, 9),
    ]


def test_an_mrd_that_comes_back_before_its_tasks_have_ended_continues() -> None:
    facts = alice(
        (0, logged_in("chat"), goes("ready"), is_now("active", "not_ready")),
        (5, configured(), is_now("pending_not_ready", "active")),
        (9, configured("chat"), is_now("active", "pending_not_ready")),
        (12, goes("not_ready", "lunch"), is_now("not_ready", "active")),
        (15, AgentLoggedOut(reason="home")),
    )
    assert by_mrd(facts) == [
        ("chat", "active", None, 0, 5),
        ("chat", "pending_not_ready", None, 5, 9),
        ("chat", "active", None, 9, 12),
        ("chat", "not_ready", "lunch", 12, 15),
    ]


def test_an_mrd_that_was_removed_and_added_anew_has_forgotten_the_requested_state() -> None:
    facts = alice(
        (0, logged_in("chat"), goes("ready")),
        (2, asks("chat", "not_ready", "pause")),
        (5, configured()),
        (9, configured("chat")),
    )
    assert by_mrd(facts) == [
        ("chat", "not_ready", None, 0, 2),
        ("chat", "not_ready", "pause", 2, 5),
        ("chat", "not_ready", None, 9, None),
    ]


def test_a_state_in_an_mrd_that_is_not_the_agents_lasts_as_long_as_the_work() -> None:
    facts = alice(
        (0, logged_in()),
        (5, is_now("pending_not_ready", "not_ready", "video")),
        (9, is_now("not_ready", "pending_not_ready", "video")),
    )
    assert by_mrd(facts) == [("video", "pending_not_ready", "login", 5, 9)]


def test_mrds_that_change_at_one_event_are_distinguished() -> None:
    facts = alice((0, logged_in("chat", "sms", "video")), (8, goes("not_ready", "lunch")))
    assert by_mrd(facts) == [
        (mrd, "not_ready", reason, started, ended)
        for reason, started, ended in [("login", 0, 8), ("lunch", 8, None)]
        for mrd in ["chat", "sms", "video"]
    ]


def test_agents_have_nothing_to_do_with_each_other() -> None:
    moments: list[list[TimedEvent]] = [
        at(0, ALICE, logged_in("chat")),
        at(1, BOB, logged_in("chat", agent_id="bob")),
        at(5, BOB, goes("ready"), is_now("ready", "not_ready")),
        at(9, ALICE, AgentLoggedOut(reason="home")),
    ]
    facts = given(AGENT_STATES, *moments)
    assert logins(facts) == [("alice", "Alice", 0, 9, "home"), ("bob", "Bob", 1, None, None)]
    assert facts.rows(MRD_STATES, "agent_id", "state", "started_at", "ended_at") == [
        ("alice", "not_ready", 0, 9),
        ("bob", "not_ready", 1, 5),
        ("bob", "ready", 5, None),
    ]
