"""The start of a conversation, and the return of its customer."""

import msgspec
import pytest

from schemas.commands import ReturnCustomer
from schemas.events import CustomerReturned
from schemas.replies import RefusalCode, StartReply
from tests.actors.conversation.examples import (
    ID,
    LIMITED,
    MESSAGE,
    NEXT_TASK,
    POSTED,
    START,
    STARTED,
    STARTED_DIRECT,
    Stage,
    enqueue,
    expects,
    given,
    in_wrap_up,
    joined,
    over,
    posted,
    requested,
    waiting,
    with_alice,
    with_bot,
)
from tests.examples import later

START_INSTANT = "2026-11-22T10:00:00.000000Z"
DIRECT = msgspec.structs.replace(START, bot=None)


class TestStart:
    def test_goes_to_the_bot_first(self) -> None:
        reply = StartReply(ID, "with_bot", 1, START_INSTANT)
        given().when(START).then(STARTED).sends().answers(reply).then_state(status="with_bot", version=1)

    def test_goes_straight_to_the_queue_without_a_bot(self) -> None:
        reply = StartReply(ID, "waiting_for_agent", 2, START_INSTANT)
        given().when(DIRECT).then(STARTED_DIRECT, requested()).sends(enqueue()).answers(reply)

    def test_carries_the_first_message(self) -> None:
        started = msgspec.structs.replace(STARTED_DIRECT, opened_at_version=3)
        result = given().when(msgspec.structs.replace(DIRECT, text="Hello")).then(started, POSTED, requested())
        result.answers(StartReply(ID, "waiting_for_agent", 3, START_INSTANT))
        result.then_state(status="waiting_for_agent", version=3)

    def test_keeps_the_place_of_a_customer_who_has_waited_elsewhere(self) -> None:
        since = later(-300)
        result = given().when(msgspec.structs.replace(DIRECT, waiting_since=since))
        result.then(STARTED_DIRECT, requested(queued_at=since)).sends(enqueue(queued_at=since))
        scheduled = given().when(msgspec.structs.replace(DIRECT, waiting_since=since, not_before=later(600)))
        scheduled.then(STARTED_DIRECT, requested(queued_at=later(600)))

    def test_asks_for_the_agent_who_served_last_at_a_later_time(self) -> None:
        start = msgspec.structs.replace(
            DIRECT, preferred_agent="bob", not_before=later(600), priority=9, direction="outbound"
        )
        result = given().when(start)
        result.then(
            msgspec.structs.replace(STARTED_DIRECT, direction="outbound"),
            requested(queued_at=later(600), priority=9, direction="outbound"),
        )
        result.sends(
            enqueue(
                queued_at=later(600),
                not_before=later(600),
                priority=9,
                direction="outbound",
                preferred_agent="bob",
            )
        )

    def test_expects_a_customer_who_starts_with_a_bot_to_write_first(self) -> None:
        limited = {"inactivity_seconds": 100.0}
        silent = given().when(msgspec.structs.replace(START, **limited))
        silent.then_state(expected=expects("customer", 0), reminded=0)
        given().when(msgspec.structs.replace(START, text="Hello", **limited)).then_state(expected=None)
        given().when(msgspec.structs.replace(DIRECT, **limited)).then_state(expected=None)

    @pytest.mark.parametrize("stage", [with_bot, with_alice, over])
    def test_again_answers_as_the_first_time(self, stage: Stage) -> None:
        reply = StartReply(ID, "with_bot", 1, START_INSTANT, replayed=True)
        again = msgspec.structs.replace(START, at=later(99), task_id=NEXT_TASK)
        given(*stage()).when(again).nothing().answers(reply)

    def test_of_a_taken_id_with_other_content_is_refused(self) -> None:
        other = msgspec.structs.replace(START, request_digest="other")
        given(STARTED).when(other).then().refuses(RefusalCode.ID_CONFLICT)


class TestReturn:
    back = ReturnCustomer(at=later(50), message_id=MESSAGE)
    speaking = ReturnCustomer(at=later(50), message_id=MESSAGE, text="Hello")
    returned = CustomerReturned(returned_at=later(50))

    @pytest.mark.parametrize(
        ("stage", "status"),
        [(with_bot, "with_bot"), (waiting, "waiting_for_agent"), (with_alice, "with_agent")],
    )
    def test_finds_the_conversation_as_it_is(self, stage: Stage, status: str) -> None:
        result = given(*stage()).when(self.back).then(self.returned).sends()
        result.answers(StartReply(ID, status, len(stage()) + 1, START_INSTANT))

    def test_posts_the_customers_text(self) -> None:
        result = given(*with_bot()).when(self.speaking).then(self.returned, POSTED)
        result.answers(StartReply(ID, "with_bot", 3, START_INSTANT))

    def test_again_posts_nothing(self) -> None:
        result = given(*with_bot()).when(self.speaking, self.speaking).nothing()
        result.answers(StartReply(ID, "with_bot", 3, START_INSTANT, replayed=True))

    def test_waits_for_an_answer_like_any_message(self) -> None:
        expected = expects("agent", 50)
        result = given(STARTED, requested(LIMITED), joined()).when(self.speaking)
        result.then(self.returned, posted(expected=expected)).then_state(expected=expected)

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    def test_after_the_end_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(self.back).then().refuses(RefusalCode.CONVERSATION_ENDED)
