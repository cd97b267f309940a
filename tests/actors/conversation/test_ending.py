"""The end of a conversation, and the events after it."""

import pytest

from schemas.commands import RateConversation
from schemas.content import Sender
from schemas.events import ConversationRated, Event, WrapUpCompleted
from schemas.replies import Done, RefusalCode
from tests.actors.conversation.examples import (
    ALICE,
    BOB,
    BOT,
    CUSTOMER,
    SYSTEM,
    Stage,
    assigned_bot,
    assist_ended,
    assist_requested,
    cancel,
    close,
    conference,
    consulting,
    end,
    ended,
    finish,
    given,
    in_wrap_up,
    joined,
    leave,
    left,
    monitored,
    over,
    release,
    requested,
    role_changed,
    waiting,
    with_alice,
    with_bot,
    with_sales,
    wrap_up,
)
from tests.examples import NOW, SALES, later

WRAPPED_UP = WrapUpCompleted(agent_id="alice", codes=["sale"], note="Sold one", reason="submitted")


class TestEnd:
    def test_with_the_bot_sends_no_message(self) -> None:
        given(*with_bot()).when(end()).then(ended()).sends().answers(Done(2)).then_state(status="ended")

    def test_by_the_bot(self) -> None:
        given(*with_bot()).when(end(BOT)).then(ended(ended_by=BOT)).answers(Done(2))

    def test_while_waiting_cancels_the_task(self) -> None:
        given(*waiting()).when(end()).then(ended()).sends(cancel("customer_left")).answers(Done(3))

    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE], ids=["customer", "agent"])
    def test_closes_the_agents_task(self, sender: Sender) -> None:
        result = given(*with_alice()).when(end(sender)).then(ended(ended_by=sender), left())
        result.sends(finish()).answers(Done(5)).then_state(status="ended", agents={}, expected=None)

    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE], ids=["customer", "agent"])
    def test_leads_to_wrap_up_where_the_queue_wants_it(self, sender: Sender) -> None:
        result = given(*with_sales()).when(end(sender)).then(ended(wrap_up=True, ended_by=sender))
        result.sends(finish(wrap_up_seconds=30)).answers(Done(4)).then_state(status="wrap_up")

    def test_frees_all_others_at_once(self) -> None:
        bob, sue = joined("bob", "assistant", "conference"), joined("sue", "monitor", "monitor")
        result = given(*with_sales(bob, sue)).when(end())
        result.then(ended(wrap_up=True), left("bob"), left("sue"))
        result.sends(finish(wrap_up_seconds=30), finish("bob"), finish("sue"))
        assert list(result.state.agents) == ["alice"]

    def test_lets_consultants_and_those_asked_for_go(self) -> None:
        result = given(*consulting()).when(end()).then(ended(), left(), left("bob", "left"))
        result.sends(finish(), close("bob"))
        result = given(*with_alice(assist_requested())).when(end()).then(ended(), left(), assist_ended())
        result.sends(finish(), cancel("cancelled", assist_requested().task_id))

    def test_leads_to_the_wrap_up_of_the_agent_who_became_the_owner(self) -> None:
        bob = joined("bob", "assistant", "conference")
        result = given(*with_sales(bob)).when(leave(), end(BOB))
        result.then(ended(wrap_up=True, ended_by=BOB)).sends(finish("bob", 30))

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE, BOT], ids=["customer", "agent", "bot"])
    def test_again_changes_nothing(self, stage: Stage, sender: Sender) -> None:
        given(*stage()).when(end(sender)).nothing().answers(Done(len(stage()), replayed=True))

    @pytest.mark.parametrize("stage", [with_bot, waiting, with_alice])
    def test_by_a_supervisor_who_takes_no_part(self, stage: Stage) -> None:
        sue = Sender("agent", "sue", "Sue")
        result = given(*stage()).when(end(sue, forced=True, reason="force_closed"))
        assert result.decision.events[0] == ended(ended_by=sue, reason="force_closed")
        result.then_state(status="ended")

    def test_by_an_agent_who_takes_no_part_is_refused(self) -> None:
        given(*with_alice()).when(end(Sender("agent", "bob"))).then().refuses(RefusalCode.NOT_PARTICIPANT)

    @pytest.mark.parametrize("stage", [consulting, conference])
    def test_by_an_agent_who_is_not_the_owner_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(end(BOB)).then().refuses(RefusalCode.NOT_PRIMARY)

    @pytest.mark.parametrize("stage", [waiting, with_alice])
    def test_by_a_bot_that_lost_the_conversation_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(end(BOT)).then().refuses(RefusalCode.NOT_OWNER)

    def test_by_another_bot_is_refused(self) -> None:
        given(*with_bot()).when(end(Sender("bot", "other"))).then().refuses(RefusalCode.NOT_OWNER)

    @pytest.mark.parametrize("reason", ["no_agent_available", "customer_inactive"])
    def test_by_itself_needs_wrap_up_too(self, reason: str) -> None:
        given(*with_sales()).when(end(SYSTEM, reason=reason)).then_state(status="wrap_up")


class TestWrapUp:
    def test_closes_the_task_and_the_conversation(self) -> None:
        result = given(*in_wrap_up()).when(wrap_up()).then(WRAPPED_UP, left())
        result.sends(close(seconds=70)).answers(Done(6)).then_state(
            status="ended", agents={}, wrap_up=(["sale"], "Sold one")
        )

    def test_may_follow_where_the_queue_gives_no_time_for_it(self) -> None:
        result = given(*with_alice(ended(), left())).when(wrap_up())
        result.then(WRAPPED_UP).sends().answers(Done(6))

    def test_is_of_the_agent_who_served_last(self) -> None:
        events = (
            *with_sales(left(reason="transferred")),
            requested(SALES),
            joined("bob"),
            ended(wrap_up=True),
        )
        given(*events).when(wrap_up()).then().refuses(RefusalCode.CONVERSATION_ENDED)
        given(*events).when(wrap_up("bob")).then_state(status="ended")

    def test_is_of_the_assistant_who_became_the_owner(self) -> None:
        bob = joined("bob", "assistant", "conference")
        events = with_sales(bob, left(reason="left"), role_changed("bob", "primary", "transfer_direct"))
        result = given(*events, ended(wrap_up=True)).when(wrap_up("bob"))
        result.sends(close("bob", seconds=70)).then_state(status="ended", agents={})

    def test_may_follow_a_conversation_that_the_bot_ended(self) -> None:
        events = with_alice(left(reason="transferred"), assigned_bot(), ended(ended_by=BOT))
        given(*events).when(wrap_up()).then(WRAPPED_UP).sends()

    def test_by_time_has_no_codes(self) -> None:
        timeout = WrapUpCompleted(agent_id="alice", codes=[], note=None, reason="timeout")
        given(*in_wrap_up()).when(wrap_up(codes=[], note=None, reason="timeout")).then(timeout, left())

    def test_twice_is_answered_as_before(self) -> None:
        given(*in_wrap_up()).when(wrap_up(), wrap_up()).nothing().answers(Done(6, replayed=True))

    def test_another_one_after_it_is_refused(self) -> None:
        other = wrap_up(codes=["complaint"], note=None)
        given(*in_wrap_up()).when(wrap_up(), other).then().refuses(RefusalCode.NO_WRAP_UP)

    @pytest.mark.parametrize(
        "events", [with_alice(), with_alice(left(), requested()), with_alice(left(), assigned_bot())]
    )
    def test_before_the_end_is_refused(self, events: tuple[Event, ...]) -> None:
        given(*events).when(wrap_up()).then().refuses(RefusalCode.NO_WRAP_UP)

    def test_by_another_is_refused(self) -> None:
        given(*in_wrap_up()).when(wrap_up("bob")).then().refuses(RefusalCode.CONVERSATION_ENDED)
        given(*with_alice()).when(wrap_up("bob")).then().refuses(RefusalCode.NOT_PARTICIPANT)

    def test_of_a_conversation_without_agents_is_refused(self) -> None:
        given(*over()).when(wrap_up()).then().refuses(RefusalCode.CONVERSATION_ENDED)

    def test_is_not_left_open_by_a_logout(self) -> None:
        given(*with_sales()).when(release(end=True)).then_state(status="ended")


class TestRating:
    rate = RateConversation(at=later(90), score=5, comment="kind")
    rated = ConversationRated(score=5, comment="kind")

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    def test_comes_after_the_end(self, stage: Stage) -> None:
        result = given(*stage()).when(self.rate).then(self.rated).sends().answers(Done(len(stage()) + 1))
        result.then_state(rating=(5, "kind"))

    def test_twice_is_answered_as_before(self) -> None:
        given(*over()).when(self.rate, self.rate).nothing().answers(Done(3, replayed=True))

    def test_another_one_is_refused(self) -> None:
        other = RateConversation(at=NOW, score=1)
        given(*over()).when(self.rate, other).then().refuses(RefusalCode.ALREADY_RATED)

    @pytest.mark.parametrize("stage", [with_bot, waiting, with_alice, monitored])
    def test_before_the_end_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(self.rate).then().refuses(RefusalCode.NOT_ENDED)
