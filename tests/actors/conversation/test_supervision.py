"""Supervisors in a conversation, and the hand that is raised for one."""

from typing import Any

import pytest

from schemas.commands import RaiseHand
from schemas.content import Sender
from schemas.events import Event, HandLowered, HandRaised
from schemas.replies import Done, RefusalCode
from tests.actors.conversation.examples import (
    LIMITED,
    STARTED,
    TASK_OF,
    Stage,
    assign_directly,
    barged_in,
    cancel,
    close,
    conference,
    consulting,
    expects,
    given,
    in_wrap_up,
    joined,
    left,
    monitored,
    over,
    raise_hand,
    requested,
    role_changed,
    supervise,
    waiting,
    whisper,
    with_alice,
    with_bot,
)
from tests.examples import NOW, SALES, later

SUE = Sender("agent", "sue", "Sue")
COACHED = monitored(role_changed("sue", "coach", "monitor"))
TAKEN_OVER = requested(SALES, TASK_OF["sue"], SUE, "taken_over", queued_at=later(60), direction="transfer_direct")


class TestListening:
    @pytest.mark.parametrize("stage", [with_bot, waiting, with_alice])
    @pytest.mark.parametrize(("mode", "role"), [("monitor", "monitor"), ("barge_in", "assistant")])
    def test_leaves_the_conversation_as_it_is(self, stage: Stage, mode: Any, role: Any) -> None:
        before = given(*stage()).state.status
        result = given(*stage()).when(supervise(mode)).then(joined("sue", role, mode))
        result.sends(assign_directly("sue", mode)).answers(Done(len(stage()) + 1)).then_state(status=before)

    def test_becomes_speaking(self) -> None:
        for events in (monitored(), COACHED):
            result = given(*events).when(supervise("barge_in"))
            result.then(role_changed("sue", "assistant", "barge_in")).sends(assign_directly("sue", "barge_in"))

    def test_of_a_consultant_becomes_speaking(self) -> None:
        result = given(*consulting()).when(supervise("barge_in", "bob"))
        result.then(role_changed("bob", "assistant", "barge_in"))

    @pytest.mark.parametrize(
        ("events", "agent_id", "mode"),
        [
            (monitored(), "sue", "monitor"),
            (COACHED, "sue", "monitor"),
            (barged_in(), "sue", "monitor"),
            (barged_in(), "sue", "barge_in"),
            (conference(), "bob", "barge_in"),
            (with_alice(), "alice", "monitor"),
            (with_alice(), "alice", "barge_in"),
            (with_alice(), "alice", "take_over"),
        ],
    )
    def test_again_or_for_less_changes_nothing(self, events: tuple[Event, ...], agent_id: str, mode: Any) -> None:
        given(*events).when(supervise(mode, agent_id)).nothing().answers(Done(len(events), replayed=True))

    @pytest.mark.parametrize("mode", ["monitor", "barge_in", "take_over"])
    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    def test_after_the_end_is_refused(self, stage: Stage, mode: Any) -> None:
        given(*stage()).when(supervise(mode)).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestTakingOver:
    def test_from_an_agent_closes_the_agents_task(self) -> None:
        result = given(*with_alice()).when(supervise("take_over"))
        result.then(left(reason="taken_over"), joined("sue", "primary", "transfer_direct"))
        result.sends(assign_directly("sue", "transfer_direct"), close("alice", "rerouted")).answers(Done(5))
        result.then_state(status="with_agent", served_by="sue")

    def test_from_the_line_cancels_the_task(self) -> None:
        result = given(*waiting()).when(supervise("take_over"))
        result.then(joined("sue", "primary", "transfer_direct"))
        result.sends(assign_directly("sue", "transfer_direct"), cancel("taken_over")).then_state(status="with_agent")

    def test_from_the_bot_makes_a_task(self) -> None:
        result = given(*with_bot()).when(supervise("take_over"))
        result.then(TAKEN_OVER, joined("sue", "primary", "transfer_direct"))
        result.sends(assign_directly("sue", "transfer_direct")).then_state(status="with_agent", served_by="sue")
        assert result.state.queue == SALES

    @pytest.mark.parametrize("events", [monitored(), COACHED, barged_in()])
    def test_by_a_supervisor_who_takes_part_changes_the_role(self, events: tuple[Event, ...]) -> None:
        result = given(*events).when(supervise("take_over"))
        result.then(left(reason="taken_over"), role_changed("sue", "primary", "transfer_direct"))
        result.sends(assign_directly("sue", "transfer_direct"), close("alice", "rerouted"))
        assert list(result.state.agents) == ["sue"]

    @pytest.mark.parametrize(
        ("events", "messages"),
        [
            ((STARTED,), []),
            ((STARTED, requested(LIMITED)), [cancel("taken_over")]),
            ((STARTED, requested(LIMITED), joined(expected=expects("agent", 0))), [close("alice", "rerouted")]),
        ],
        ids=["bot", "line", "agent"],
    )
    @pytest.mark.parametrize("listened", [False, True])
    def test_gives_all_the_time_to_answer(self, events: tuple[Event, ...], messages: list[Any], listened: bool) -> None:
        more = (joined("sue", "monitor", "monitor"),) if listened else ()
        result = given(*events, *more).when(supervise("take_over", queue=LIMITED))
        result.sends(assign_directly("sue", "transfer_direct", LIMITED), *messages)
        result.then_state(expected=expects("agent", 60), reminded=0)

    def test_leaves_the_others_in(self) -> None:
        assert list(given(*conference()).when(supervise("take_over")).state.agents) == ["bob", "sue"]

    def test_again_changes_nothing(self) -> None:
        result = given(*with_alice()).when(supervise("take_over"), supervise("take_over"))
        result.nothing().answers(Done(5, replayed=True))


class TestHand:
    raised = HandRaised(agent_id="alice", reason=None)

    def test_is_raised_and_lowered(self) -> None:
        given(*with_alice()).when(raise_hand()).then(self.raised).answers(Done(4)).then_state(hands={"alice"})
        result = given(*with_alice(self.raised)).when(raise_hand(raised=False))
        result.then(HandLowered(agent_id="alice")).sends().answers(Done(5)).then_state(hands=set())

    def test_has_a_reason(self) -> None:
        command = RaiseHand(at=NOW, agent_id="alice", raised=True, reason="angry")
        given(*with_alice()).when(command).then(HandRaised(agent_id="alice", reason="angry"))

    @pytest.mark.parametrize(
        ("events", "raised"), [((raised,), True), ((), False), ((raised, HandLowered(agent_id="alice")), False)]
    )
    def test_again_changes_nothing(self, events: tuple[Event, ...], raised: bool) -> None:
        result = given(*with_alice(*events)).when(raise_hand(raised))
        result.nothing().answers(Done(3 + len(events), replayed=True))

    @pytest.mark.parametrize(
        ("stage", "agent_id", "code"),
        [
            (with_bot, "alice", RefusalCode.NOT_PARTICIPANT),
            (with_alice, "bob", RefusalCode.NOT_PARTICIPANT),
            (in_wrap_up, "alice", RefusalCode.CONVERSATION_ENDED),
            (over, "alice", RefusalCode.CONVERSATION_ENDED),
        ],
    )
    def test_of_an_agent_who_takes_no_part_is_refused(self, stage: Stage, agent_id: str, code: RefusalCode) -> None:
        given(*stage()).when(raise_hand(agent_id=agent_id)).then().refuses(code)


def test_whispering_does_not_end_the_hand() -> None:
    events = monitored(HandRaised(agent_id="alice", reason=None))
    given(*events).when(whisper()).then_state(hands={"alice"})
