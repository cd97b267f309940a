"""Streams, event by event."""

from projections.inspection import STREAM_HEADS, STREAMS
from schemas.events import AgentConnected, AgentLoggedOut, ExclusionLifted, ItemRemoved
from schemas.instants import format_instant
from tests.examples import later
from tests.projections.facts.given import at, given

ALICE = "agent-alice"


def test_each_stream_is_a_row_with_its_first_and_its_last_event() -> None:
    facts = given(
        STREAMS,
        at(0, ALICE, AgentConnected()),
        at(5, "router-chat", ExclusionLifted(task_id="t1", conversation_id="c1", agent_id="alice")),
        at(9, ALICE, AgentLoggedOut(reason="home"), AgentConnected()),
        at(12, "configuration-centre", ItemRemoved(table="teams", name="first")),
    )
    assert facts.rows(STREAM_HEADS, "stream", "category", "events", "last_type", "last_position") == [
        ("agent-alice", "agent", 3, "AgentConnected", 4),
        ("configuration-centre", "configuration", 1, "ItemRemoved", 5),
        ("router-chat", "router", 1, "ExclusionLifted", 2),
    ]
    assert facts.rows(STREAM_HEADS, "first_at", "last_at") == [
        (format_instant(later(first)), format_instant(later(last))) for first, last in [(0, 9), (12, 12), (5, 5)]
    ]


def test_the_name_behind_the_first_hyphen_is_the_entitys() -> None:
    facts = given(STREAMS, at(0, "agent-anna-maria", AgentConnected()))
    assert facts.rows(STREAM_HEADS, "stream", "category") == [("agent-anna-maria", "agent")]
