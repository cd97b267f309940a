"""Answers that are waited for."""

from typing import Any

import msgspec
import pytest

from actors.conversation import CONVERSATION
from actors.decider import Deadline
from schemas.commands import Command, ExpireAnswer, NoticeCustomerActivity, RemindOfAnswer
from schemas.events import AgentReminded, CustomerActivityNoticed, CustomerReminded, Event
from schemas.identifiers import derived_id
from schemas.replies import Done
from tests.actors.conversation.examples import (
    ALICE,
    BOT,
    LIMITED,
    STARTED,
    SYSTEM,
    TASK,
    agent_post,
    assist_ended,
    assist_requested,
    bot_post,
    cancel,
    close,
    end,
    ended,
    enqueue,
    expects,
    given,
    in_wrap_up,
    joined,
    left,
    post,
    posted,
    requested,
    role_changed,
    with_alice,
    with_bot,
)
from tests.examples import identifier, later

SILENT = msgspec.structs.replace(STARTED, inactivity_seconds=100.0, expects=expects("customer", 0))
"""Ada has opened a conversation with the bot and written nothing."""
WAITING_FOR_ALICE = (STARTED, requested(LIMITED), joined(expected=expects("agent", 0)))


def customer_reminded(percent: int) -> CustomerReminded:
    return CustomerReminded(percent=percent, ends_at=later(100))


def agent_reminded(percent: int) -> AgentReminded:
    return AgentReminded(percent=percent, ends_at=later(100))


def deadline_of(*events: Event) -> Deadline | None:
    return CONVERSATION.deadlines(given(*events).state).get("answer")


def noticed(seconds: float) -> NoticeCustomerActivity:
    return NoticeCustomerActivity(at=later(seconds), activity="typing")


def remind(seconds: float) -> RemindOfAnswer:
    return RemindOfAnswer(at=later(seconds))


def expire(seconds: float) -> ExpireAnswer:
    return ExpireAnswer(at=later(seconds))


ALL_REMINDED = (customer_reminded(50), customer_reminded(80))


class TestActivity:
    """What customers do before they answer."""

    def test_gives_the_whole_time_again(self) -> None:
        result = given(SILENT, customer_reminded(50)).when(noticed(60))
        result.then(CustomerActivityNoticed(activity="typing", expects=expects("customer", 60)))
        result.answers(Done(3))
        typed = CustomerActivityNoticed(activity="typing", expects=expects("customer", 60))
        assert deadline_of(SILENT, customer_reminded(50), typed) == Deadline(later(110), remind(110))

    def test_is_recorded_only_now_and_then(self) -> None:
        given(SILENT).when(noticed(9.9)).then().answers(Done(1, replayed=True))
        given(SILENT).when(noticed(10)).then(
            CustomerActivityNoticed(activity="typing", expects=expects("customer", 10))
        )

    @pytest.mark.parametrize(
        "events", [with_bot(), (SILENT, posted()), (SILENT, ended()), WAITING_FOR_ALICE, in_wrap_up()]
    )
    def test_changes_nothing_while_no_customer_is_expected(self, events: tuple[Event, ...]) -> None:
        given(*events).when(noticed(60)).then()


class TestDeadlines:
    @pytest.mark.parametrize(
        ("events", "command"),
        [
            ((SILENT,), remind(50)),
            ((SILENT, *ALL_REMINDED[:1]), remind(80)),
            ((SILENT, *ALL_REMINDED), expire(100)),
            (WAITING_FOR_ALICE, remind(50)),
            ((*WAITING_FOR_ALICE, agent_reminded(50), agent_reminded(80)), expire(100)),
        ],
    )
    def test_are_at_half_at_four_fifths_and_at_the_end(self, events: tuple[Event, ...], command: Command) -> None:
        assert deadline_of(*events) == Deadline(command.at, command)

    @pytest.mark.parametrize(
        "events",
        [
            (),
            with_bot(),
            (SILENT, posted()),
            (SILENT, requested()),
            (SILENT, ended()),
            with_alice(),
            (*WAITING_FOR_ALICE, posted(ALICE)),
            (*WAITING_FOR_ALICE, left(), requested()),
            in_wrap_up(),
        ],
        ids=["new", "no limit", "said", "asked", "ended", "no limit", "answered", "in line", "wrap-up"],
    )
    def test_are_none_while_no_answer_is_expected(self, events: tuple[Event, ...]) -> None:
        assert not CONVERSATION.deadlines(given(*events).state)


class TestReminders:
    @pytest.mark.parametrize(
        ("events", "seconds", "reminded"),
        [
            ((SILENT,), 49.9, None),
            ((SILENT,), 50, customer_reminded(50)),
            ((SILENT,), 200, customer_reminded(50)),
            ((SILENT, ALL_REMINDED[0]), 79.9, None),
            ((SILENT, ALL_REMINDED[0]), 80, customer_reminded(80)),
            ((SILENT, *ALL_REMINDED), 200, None),
            (WAITING_FOR_ALICE, 50, agent_reminded(50)),
            ((*WAITING_FOR_ALICE, agent_reminded(50)), 80, agent_reminded(80)),
            (with_bot(), 200, None),
            (in_wrap_up(), 200, None),
        ],
    )
    def test_come_at_their_time_one_by_one(
        self, events: tuple[Event, ...], seconds: float, reminded: Event | None
    ) -> None:
        result = given(*events).when(remind(seconds))
        result.then(*([reminded] if reminded else [])).sends()

    def test_begin_anew_with_the_next_answer_that_is_waited_for(self) -> None:
        events = (SILENT, *ALL_REMINDED, posted(), posted(BOT, expects("customer", 85)))
        given(*events).then_state(reminded=0)
        assert deadline_of(*events) == Deadline(later(135), remind(135))


class TestCustomersAnswer:
    def test_is_waited_for_after_every_word_of_the_bot_or_an_agent(self) -> None:
        limited = msgspec.structs.replace(STARTED, inactivity_seconds=100.0)
        given(limited).when(bot_post()).then(posted(BOT, expects("customer", 1)))
        result = given(limited, requested(), joined()).when(agent_post())
        result.then(posted(ALICE, expects("customer", 1))).then_state(expected=expects("customer", 1))

    def test_ends_the_wait(self) -> None:
        given(SILENT).when(post()).then(posted()).then_state(expected=None)

    def test_that_does_not_come_ends_the_conversation(self) -> None:
        result = given(SILENT, *ALL_REMINDED).when(expire(100))
        result.then(ended(ended_by=SYSTEM, reason="customer_inactive")).then_state(status="ended", expected=None)

    @pytest.mark.parametrize(
        ("events", "seconds"),
        [((SILENT, *ALL_REMINDED), 99.9), ((SILENT, *ALL_REMINDED[:1]), 100), ((SILENT, *ALL_REMINDED, posted()), 200)],
        ids=["in time", "a reminder is missing", "answered"],
    )
    def test_is_waited_for_to_the_end(self, events: tuple[Event, ...], seconds: float) -> None:
        given(*events).when(expire(seconds)).nothing()


class TestAgentsAnswer:
    def test_is_waited_for_since_the_first_word_that_was_not_answered(self) -> None:
        events = (*WAITING_FOR_ALICE, posted(ALICE))
        first = given(*events).when(post(message_id=identifier(80), seconds=10))
        first.then_state(expected=expects("agent", 10))
        both = given(*events).when(
            post(message_id=identifier(80), seconds=10), post(message_id=identifier(81), seconds=40)
        )
        both.then_state(expected=expects("agent", 10))
        assert both.decision.events[0].expects is None

    def test_is_not_waited_for_without_a_limit(self) -> None:
        given(*with_alice()).when(post()).then(posted()).then_state(expected=None)

    def test_that_comes_from_an_assistant_will_do(self) -> None:
        bob = joined("bob", "assistant", "conference")
        given(*WAITING_FOR_ALICE, bob).when(agent_post("bob")).then_state(expected=None)

    def test_lets_the_customer_be_waited_for(self) -> None:
        limited = msgspec.structs.replace(STARTED, inactivity_seconds=30.0)
        events = (limited, requested(LIMITED), joined(expected=expects("agent", 0)), agent_reminded(50))
        result = given(*events).when(agent_post(seconds=60))
        result.then_state(expected=expects("customer", 60, 30), reminded=0)

    @pytest.mark.parametrize("seconds", [100, 500])
    def test_that_does_not_come_sends_the_conversation_on_before_all_others(self, seconds: float) -> None:
        events = (*WAITING_FOR_ALICE, agent_reminded(50), agent_reminded(80))
        task_id = derived_id(TASK, "response_timeout:5")
        result = given(*events).when(expire(seconds))
        result.then(
            left(reason="response_timeout"),
            requested(LIMITED, task_id, SYSTEM, "response_timeout"),
        )
        result.sends(
            close("alice", "response_timeout", seconds),
            enqueue(LIMITED, task_id, seconds, ahead=True, without_agent="alice"),
        )
        result.then_state(status="waiting_for_agent", expected=None)

    def test_that_does_not_come_cancels_the_requested_assistants(self) -> None:
        events = (*WAITING_FOR_ALICE, assist_requested(), agent_reminded(50), agent_reminded(80))
        result = given(*events).when(expire(100))
        assert assist_ended() in result.decision.events
        assert cancel("cancelled", assist_requested().task_id, 100) in result.messages

    def test_that_does_not_come_makes_the_assistant_the_owner_with_all_the_time(self) -> None:
        bob = joined("bob", "assistant", "conference")
        events = (*WAITING_FOR_ALICE, bob, agent_reminded(50), agent_reminded(80))
        result = given(*events).when(expire(100))
        result.then(
            left(reason="response_timeout"),
            role_changed("bob", "primary", "transfer_direct", expects("agent", 100)),
        )
        result.sends(close("alice", "response_timeout", 100)).then_state(reminded=0, served_by="bob")
        given(*events).when(expire(100), expire(101)).nothing()

    def test_of_a_queue_without_a_limit_ends_with_the_owner(self) -> None:
        events = (*WAITING_FOR_ALICE, joined("bob", "assistant", "conference"), left())
        state = given(*events, role_changed("bob", "primary", "transfer_direct")).state
        assert not CONVERSATION.deadlines(state)


@pytest.mark.parametrize("command", [remind(999), expire(999)])
@pytest.mark.parametrize("events", [(SILENT, ended()), (*WAITING_FOR_ALICE, ended(), left())])
def test_after_the_end_no_answer_is_expected(events: tuple[Event, ...], command: Any) -> None:
    given(*events).when(command).nothing()


def test_a_conversation_that_ends_in_time_needs_no_more_answers() -> None:
    given(SILENT, *ALL_REMINDED).when(end(), expire(100)).nothing()
