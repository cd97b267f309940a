"""First responses, event by event."""

from projections.facts.first_responses import FIRST_RESPONSES, RESPONSES
from schemas.events import Event, QueueChanged
from tests.examples import SALES
from tests.projections.facts.conversing import (
    ALICE,
    BOT,
    CUSTOMER,
    SYSTEM,
    conversing,
    ended,
    posted,
    requested,
    started,
)
from tests.projections.facts.given import Facts, given

Times = list[tuple[object, ...]]


def conversation(*moments: tuple[float, *tuple[Event, ...]]) -> Facts:
    return given(FIRST_RESPONSES, *conversing(*moments))


def times(facts: Facts) -> Times:
    return facts.rows(RESPONSES, "asked_at", "responded_at", "agent_id", "ended_at")


def test_a_response_is_the_first_message_of_an_agent_after_one_was_asked_for() -> None:
    facts = conversation(
        (0, started(channel="sms"), posted(CUSTOMER), posted(BOT)),
        (9, requested(BOT)),
        (10, posted(SYSTEM), posted(CUSTOMER)),
        (39, posted(ALICE)),
        (50, posted(ALICE)),
        (60, ended()),
    )
    assert times(facts) == [(9, 39, "alice", None)]
    assert facts.rows(RESPONSES, "position", "conversation_id", "channel", "queue", "mrd") == [
        (4, "c1", "sms", "support", "chat")
    ]


def test_a_conversation_without_a_request_for_an_agent_has_no_row() -> None:
    assert times(conversation((0, started(), posted(ALICE)), (9, ended()))) == []


def test_a_message_before_an_agent_is_asked_for_is_no_response() -> None:
    """A supervisor came in while the bot had the conversation."""
    assert times(conversation((0, started()), (5, posted(ALICE)), (9, requested()))) == [(9, None, None, None)]


def test_a_conversation_that_ends_without_a_response_is_unanswered() -> None:
    assert times(conversation((0, started(), requested()), (20, ended()))) == [(0, None, None, 20)]


def test_the_queue_is_the_one_in_which_an_agent_was_last_asked_for() -> None:
    moved = QueueChanged(task_id="t1", queue=SALES, reason="overflow")
    facts = conversation((0, started(), requested()), (5, moved), (9, posted(ALICE)))
    assert facts.rows(RESPONSES, "queue", "asked_at", "responded_at") == [("sales", 0, 9)]
    transferred = requested(ALICE, queue=SALES, task_id="t2")
    facts = conversation((0, started(), requested()), (5, transferred), (9, posted(ALICE)))
    assert facts.rows(RESPONSES, "queue", "asked_at", "responded_at") == [("sales", 0, 9)]


def test_what_happens_after_the_response_changes_nothing() -> None:
    transferred = requested(ALICE, queue=SALES, task_id="t2")
    facts = conversation((0, started(), requested()), (5, posted(ALICE)), (6, transferred), (9, posted(ALICE), ended()))
    assert facts.rows(RESPONSES, "queue", "responded_at", "ended_at") == [("support", 5, None)]


def test_an_agent_who_is_asked_for_later_is_awaited_from_then_on() -> None:
    asked = (0, started(), requested(place=100))
    assert times(conversation(asked)) == [(100, None, None, None)]
    assert times(conversation(asked, (130, posted(ALICE)))) == [(100, 130, "alice", None)]
    assert times(conversation(asked, (50, posted(ALICE)))) == [(50, 50, "alice", None)]
    assert times(conversation(asked, (50, ended()))) == []
    assert times(conversation(asked, (100, ended()))) == [(100, None, None, 100)]


def test_a_conversation_that_the_centre_began_has_no_row() -> None:
    assert times(conversation((0, started(None, direction="outbound"), requested()), (5, posted(ALICE)))) == []
