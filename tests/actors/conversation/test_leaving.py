"""Agents who leave, by themselves or because they are lost."""

from typing import Any

import msgspec
import pytest

from schemas.events import HandRaised, WrapUpCompleted
from schemas.replies import Done, RefusalCode
from tests.actors.conversation.examples import (
    ALICE,
    LIMITED,
    NEXT_TASK,
    STARTED,
    SYSTEM,
    Stage,
    assign_directly,
    assist_ended,
    assist_requested,
    barged_in,
    cancel,
    close,
    conference,
    consulting,
    ended,
    enqueue,
    expects,
    finish,
    given,
    in_wrap_up,
    joined,
    leave,
    left,
    monitored,
    over,
    posted,
    release,
    requested,
    role_changed,
    waiting,
    with_alice,
    with_bot,
    with_sales,
)
from tests.examples import SALES, SUPPORT


class TestLeaving:
    @pytest.mark.parametrize(("stage", "agent_id"), [(consulting, "bob"), (conference, "bob"), (monitored, "sue")])
    def test_frees_an_agent_who_is_not_the_owner(self, stage: Stage, agent_id: str) -> None:
        result = given(*stage()).when(leave(agent_id)).then(left(agent_id, "left"))
        result.sends(close(agent_id)).answers(Done(len(stage()) + 1)).then_state(status="with_agent")

    def test_makes_the_assistant_the_owner(self) -> None:
        result = given(*conference()).when(leave())
        result.then(left(reason="left"), role_changed("bob", "primary", "transfer_direct"))
        result.sends(close()).answers(Done(7)).then_state(served_by="bob", status="with_agent")

    def test_makes_a_supervisor_the_owner_of_a_task_that_counts(self) -> None:
        result = given(*barged_in()).when(leave())
        result.sends(close(), assign_directly("sue", "transfer_direct", SUPPORT))

    def test_lowers_the_hand(self) -> None:
        events = conference(HandRaised(agent_id="bob", reason=None))
        given(*events).when(leave("bob")).then_state(hands=set())

    @pytest.mark.parametrize("stage", [with_alice, consulting, monitored])
    def test_of_the_last_whom_the_customer_knows_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(leave()).then().refuses(RefusalCode.LAST_AGENT)

    @pytest.mark.parametrize(
        ("stage", "agent_id", "code"),
        [
            (with_bot, "alice", RefusalCode.NOT_PARTICIPANT),
            (with_alice, "bob", RefusalCode.NOT_PARTICIPANT),
            (in_wrap_up, "alice", RefusalCode.CONVERSATION_ENDED),
            (over, "alice", RefusalCode.CONVERSATION_ENDED),
        ],
    )
    def test_of_others_is_refused(self, stage: Stage, agent_id: str, code: RefusalCode) -> None:
        given(*stage()).when(leave(agent_id)).then().refuses(code)

    def test_twice_is_refused(self) -> None:
        given(*conference()).when(leave(), leave()).then().refuses(RefusalCode.NOT_PARTICIPANT)


class TestLosingTheAgent:
    @pytest.mark.parametrize(("reason", "ahead"), [("agent_logout", False), ("connection_lost", True)])
    def test_puts_the_conversation_back_at_its_old_place(self, reason: Any, ahead: bool) -> None:
        result = given(*with_alice()).when(release(reason=reason))
        result.then(left(reason=reason), requested(task_id=NEXT_TASK, requested_by=SYSTEM, reason=reason))
        result.sends(enqueue(task_id=NEXT_TASK, seconds=60, ahead=ahead, without_agent="alice"))
        result.then_state(status="waiting_for_agent", agents={})

    def test_keeps_the_priority(self) -> None:
        events = (STARTED, requested(priority=9), joined())
        result = given(*events).when(release())
        assert requested(task_id=NEXT_TASK, requested_by=SYSTEM, reason="agent_logout", priority=9) in (
            result.decision.events
        )
        result.sends(enqueue(task_id=NEXT_TASK, seconds=60, priority=9, without_agent="alice"))

    def test_lets_consultants_and_those_asked_for_go(self) -> None:
        result = given(*consulting(assist_requested(None, "conference", NEXT_TASK))).when(release())
        assert result.messages[:2] == [close("bob"), cancel("cancelled", NEXT_TASK)]
        assert msgspec.structs.replace(assist_ended(), task_id=NEXT_TASK) in result.decision.events
        result.then_state(agents={}, assists={}, status="waiting_for_agent")

    def test_makes_the_assistant_the_owner(self) -> None:
        result = given(*conference()).when(release())
        result.then(left(reason="agent_logout"), role_changed("bob", "primary", "transfer_direct"))
        result.sends().then_state(status="with_agent", served_by="bob")

    def test_gives_the_assistant_all_the_time_to_answer(self) -> None:
        bob = joined("bob", "assistant", "conference")
        events = (STARTED, requested(LIMITED), joined(expected=expects("agent", 0)), bob)
        result = given(*events).when(release())
        result.then(
            left(reason="agent_logout"), role_changed("bob", "primary", "transfer_direct", expects("agent", 60))
        )
        result.then_state(expected=expects("agent", 60))

    def test_leaves_the_customers_time_to_answer(self) -> None:
        bob = joined("bob", "assistant", "conference")
        expected = expects("customer", 5)
        events = (STARTED, requested(), joined(), bob, posted(expected=expected))
        given(*events).when(release()).then_state(expected=expected)

    @pytest.mark.parametrize(
        ("stage", "agent_id"), [(consulting, "bob"), (conference, "bob"), (monitored, "sue"), (barged_in, "sue")]
    )
    def test_of_an_agent_who_is_not_the_owner_changes_nothing_else(self, stage: Stage, agent_id: str) -> None:
        result = given(*stage()).when(release(agent_id)).then(left(agent_id, "agent_logout")).sends()
        result.then_state(status="with_agent", served_by="alice")

    @pytest.mark.parametrize("stage", [with_bot, waiting, over])
    @pytest.mark.parametrize("end", [False, True])
    def test_of_an_agent_who_takes_no_part_changes_nothing(self, stage: Stage, end: bool) -> None:
        given(*stage()).when(release(end=end)).nothing()

    def test_twice_changes_nothing_more(self) -> None:
        given(*with_alice()).when(release(), release()).nothing()

    def test_in_wrap_up_completes_it(self) -> None:
        completed = WrapUpCompleted(agent_id="alice", codes=[], note=None, reason="agent_logout")
        result = given(*in_wrap_up()).when(release()).then(completed, left())
        result.sends(close()).then_state(status="ended", agents={})

    def test_ends_the_conversation_where_that_was_chosen(self) -> None:
        result = given(*with_sales()).when(release(end=True))
        result.then(ended(ended_by=ALICE, reason="agent_logout"), left()).sends(finish())
        result.then_state(status="ended", agents={})

    @pytest.mark.parametrize(("stage", "agent_id"), [(consulting, "bob"), (monitored, "sue"), (conference, "bob")])
    def test_ends_no_conversation_of_another(self, stage: Stage, agent_id: str) -> None:
        given(*stage()).when(release(agent_id, end=True)).then(left(agent_id, "agent_logout"))


def test_a_conversation_left_in_line_stays_there() -> None:
    events = with_sales(left(reason="agent_logout"), requested(SALES, NEXT_TASK, SYSTEM, "agent_logout"))
    given(*events).when(release()).nothing().then_state(status="waiting_for_agent")
