"""Requests for agents, and their outcomes."""

from typing import Any

import msgspec
import pytest

from schemas.commands import GiveUpTask, MoveTask
from schemas.content import Sender
from schemas.events import BotFailed, BotSaidNothing, Event, QueueChanged
from schemas.replies import Done, RefusalCode
from tests.actors.conversation.examples import (
    ALICE,
    BOT,
    CUSTOMER,
    LIMITED,
    NEXT_TASK,
    STARTED,
    SYSTEM,
    TASK,
    TASK_OF,
    Stage,
    ask_for_agent,
    assign_bot,
    assign_directly,
    assigned_bot,
    assist,
    assist_ended,
    assist_requested,
    barged_in,
    bot_failure,
    bot_silence,
    cancel,
    close,
    conference,
    consulting,
    ended,
    enqueue,
    expects,
    given,
    in_wrap_up,
    join,
    joined,
    left,
    monitored,
    over,
    posted,
    requested,
    role_changed,
    supervise,
    transfer,
    waiting,
    with_alice,
    with_bot,
)
from tests.examples import SALES, SUPPORT, identifier, later


class TestRequestForAnAgent:
    @pytest.mark.parametrize("sender", [CUSTOMER, BOT], ids=["customer", "bot"])
    def test_goes_to_the_line(self, sender: Sender) -> None:
        result = given(*with_bot()).when(ask_for_agent(sender, "help"))
        result.then(requested(requested_by=sender, reason="help")).sends(enqueue()).answers(Done(2))
        result.then_state(status="waiting_for_agent")

    @pytest.mark.parametrize(
        ("events", "more", "preferred"),
        [
            (with_alice(left(), assigned_bot()), {}, "alice"),
            (with_alice(left(), assigned_bot()), {"preferred_agent": "bob"}, "bob"),
            (with_bot(), {"preferred_agent": "bob"}, "bob"),
        ],
        ids=["served in this one", "wanted rather", "served before"],
    )
    def test_prefers_the_agent_who_served_last(self, events: tuple[Event, ...], more: Any, preferred: str) -> None:
        given(*events).when(ask_for_agent(**more)).sends(enqueue(preferred_agent=preferred))

    @pytest.mark.parametrize("stage", [waiting, with_alice])
    def test_again_changes_nothing(self, stage: Stage) -> None:
        again = msgspec.structs.replace(ask_for_agent(), task_id=NEXT_TASK)
        given(*stage()).when(again).nothing().answers(Done(len(stage()), replayed=True))

    def test_by_another_bot_is_refused(self) -> None:
        given(*with_bot()).when(ask_for_agent(Sender("bot", "other"))).then().refuses(RefusalCode.NOT_OWNER)

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    def test_after_the_end_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(ask_for_agent()).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestBotFailure:
    def test_hands_over(self) -> None:
        failed = BotFailed(bot="greeter", attempts=3, error="timeout")
        result = given(*with_bot()).when(bot_failure())
        result.then(failed, requested(requested_by=SYSTEM, reason="bot_failed")).sends(enqueue()).answers(Done(3))

    @pytest.mark.parametrize("stage", [waiting, with_alice, over])
    def test_after_losing_the_conversation_changes_nothing(self, stage: Stage) -> None:
        given(*stage()).when(bot_failure()).nothing().answers(Done(len(stage()), replayed=True))

    def test_of_another_bot_changes_nothing(self) -> None:
        given(*with_bot()).when(bot_failure("other")).nothing().answers(Done(1, replayed=True))


FIRST, SECOND = identifier(71), identifier(72)


def silent(message_id: str, turns: int) -> BotSaidNothing:
    return BotSaidNothing(bot="greeter", message_id=message_id, turns=turns)


class TestBotSilence:
    GIVES_UP = BotFailed(bot="greeter", attempts=2, error="the bot answered the customer with nothing")

    def test_is_recorded_and_the_bot_keeps_the_conversation(self) -> None:
        result = given(*with_bot()).when(bot_silence(FIRST)).then(silent(FIRST, 1)).sends().answers(Done(2))
        result.then_state(status="with_bot", silent_turns=1)

    def test_hands_over_when_it_lasts(self) -> None:
        result = given(*with_bot(silent(FIRST, 1))).when(bot_silence(SECOND))
        result.then(silent(SECOND, 2), self.GIVES_UP, requested(requested_by=SYSTEM, reason="bot_failed"))
        result.sends(enqueue()).answers(Done(5)).then_state(status="waiting_for_agent")

    def test_about_a_message_is_counted_once(self) -> None:
        given(*with_bot(silent(FIRST, 1))).when(bot_silence(FIRST)).nothing().answers(Done(2, replayed=True))

    def test_that_is_reported_again_after_a_later_answer_is_not_counted_anew(self) -> None:
        events = with_bot(silent(FIRST, 1), posted(BOT))
        given(*events).when(bot_silence(FIRST)).nothing().answers(Done(3, replayed=True))

    @pytest.mark.parametrize("heard", [posted(BOT), posted(SYSTEM)], ids=["bot", "system"])
    def test_is_over_when_the_customer_hears_something(self, heard: Event) -> None:
        given(*with_bot(silent(FIRST, 1), heard)).when(bot_silence(SECOND)).then(silent(SECOND, 1))

    def test_is_not_over_when_the_customer_writes_again(self) -> None:
        result = given(*with_bot(silent(FIRST, 1), posted())).when(bot_silence(SECOND))
        result.then_state(silent_turns=2, status="waiting_for_agent")

    def test_is_counted_from_nothing_when_the_bot_gets_the_conversation_back(self) -> None:
        events = with_bot(silent(FIRST, 1), requested(), joined(), left(), assigned_bot())
        given(*events).when(bot_silence(SECOND)).then(silent(SECOND, 1))

    @pytest.mark.parametrize("stage", [waiting, with_alice, over])
    def test_after_losing_the_conversation_changes_nothing(self, stage: Stage) -> None:
        given(*stage()).when(bot_silence()).nothing().answers(Done(len(stage()), replayed=True))

    def test_of_another_bot_changes_nothing(self) -> None:
        given(*with_bot()).when(bot_silence(bot="other")).nothing().answers(Done(1, replayed=True))


def wanted(queue: Any, **more: Any) -> tuple[str, Any]:
    """The task of the agent who asked for another agent."""
    fields = {"queued_at": later(60), "priority": 10, "without_agent": "alice", **more}
    return enqueue(queue, seconds=60, **fields)


class TestTransfer:
    def requested(self, to_agent: str | None = None, queue: Any = SALES) -> Event:
        return requested(
            queue,
            NEXT_TASK,
            ALICE,
            queued_at=later(60),
            direction="transfer_direct",
            to_agent=to_agent,
            note="wants two",
            priority=10,
        )

    def test_goes_to_the_line_before_newcomers(self) -> None:
        result = given(*with_alice()).when(transfer()).then(left(reason="transferred"), self.requested())
        result.sends(
            close("alice", "transferred"), wanted(SALES, task_id=NEXT_TASK, direction="transfer_direct")
        ).answers(Done(5))
        result.then_state(status="waiting_for_agent", agents={}, served_by="alice")

    def test_to_an_agent_waits_for_that_agent_first(self) -> None:
        result = given(*with_alice()).when(transfer("bob")).then(left(reason="transferred"), self.requested("bob"))
        assert result.messages[-1] == wanted(
            SALES, task_id=NEXT_TASK, direction="transfer_direct", preferred_agent="bob", preferred_seconds=40
        )

    @pytest.mark.parametrize("again", [transfer(), transfer("bob")])
    def test_again_changes_nothing(self, again: Any) -> None:
        given(*with_alice()).when(transfer(), again).nothing().answers(Done(5, replayed=True))

    def test_lets_consultants_and_those_asked_for_go(self) -> None:
        events = consulting(assist_requested(None, "conference", NEXT_TASK))
        command = msgspec.structs.replace(transfer(), task_id=TASK_OF["sue"])
        result = given(*events).when(command)
        assert [type(event).__name__ for event in result.decision.events] == [
            "AgentLeft",
            "AgentLeft",
            "AssistEnded",
            "AgentRequested",
        ]
        assert result.messages[1:3] == [close("bob"), cancel("cancelled", NEXT_TASK)]
        result.then_state(agents={}, assists={})

    def test_keeps_assistants_and_monitors(self) -> None:
        events = conference(joined("sue", "monitor", "monitor"))
        result = given(*events).when(transfer())
        assert list(result.state.agents) == ["bob", "sue"]

    @pytest.mark.parametrize("stage", [consulting, conference])
    def test_to_an_agent_who_takes_part_happens_at_once(self, stage: Stage) -> None:
        result = given(*stage()).when(transfer("bob"))
        result.then(
            left(reason="transferred"), role_changed("bob", "primary", "transfer_consult", request_id=NEXT_TASK)
        )
        result.sends(close("alice", "transferred")).answers(Done(len(stage()) + 2))
        result.then_state(status="with_agent", served_by="bob", expected=None)

    def test_to_an_agent_who_takes_part_happens_once(self) -> None:
        given(*conference()).when(transfer("bob"), transfer("bob")).nothing().answers(
            Done(len(conference()) + 2, replayed=True)
        )

    def test_to_a_supervisor_who_takes_part_takes_capacity(self) -> None:
        result = given(*barged_in()).when(transfer("sue"))
        result.then(
            left(reason="transferred"), role_changed("sue", "primary", "transfer_consult", request_id=NEXT_TASK)
        )
        result.sends(close("alice", "transferred"), assign_directly("sue", "transfer_consult", SUPPORT))

    @pytest.mark.parametrize(
        ("stage", "command", "code"),
        [
            (with_bot, transfer(), RefusalCode.NOT_PARTICIPANT),
            (waiting, transfer(), RefusalCode.NOT_PARTICIPANT),
            (with_alice, transfer(agent_id="bob"), RefusalCode.NOT_PARTICIPANT),
            (conference, transfer(agent_id="bob"), RefusalCode.NOT_PRIMARY),
            (with_alice, transfer("alice"), RefusalCode.ALREADY_TAKES_PART),
            (monitored, transfer("sue"), RefusalCode.ALREADY_TAKES_PART),
            (in_wrap_up, transfer(), RefusalCode.CONVERSATION_ENDED),
            (over, transfer(), RefusalCode.CONVERSATION_ENDED),
        ],
        ids=["bot", "waiting", "stranger", "assistant", "oneself", "monitor", "wrap-up", "ended"],
    )
    def test_is_refused(self, stage: Stage, command: Any, code: RefusalCode) -> None:
        given(*stage()).when(command).then().refuses(code)


class TestBotAssignment:
    def test_hands_over_to_the_bot(self) -> None:
        result = given(*with_alice()).when(assign_bot()).then(left(reason="transferred"), assigned_bot())
        result.sends(close("alice", "transferred")).answers(Done(5))
        result.then_state(status="with_bot", bot="greeter", task=None, agents={}, served_by="alice")

    def test_again_changes_nothing(self) -> None:
        given(*with_alice()).when(assign_bot(), assign_bot()).nothing().answers(Done(5, replayed=True))

    def test_dismisses_all_others_but_monitors(self) -> None:
        events = conference(joined("sue", "monitor", "monitor"), assist_requested(None, "consult", NEXT_TASK))
        result = given(*events).when(assign_bot())
        result.then(
            left(reason="transferred"),
            msgspec.structs.replace(assist_ended(), task_id=NEXT_TASK),
            left("bob", "left"),
            assigned_bot(),
        )
        result.sends(close("alice", "transferred"), cancel("cancelled", NEXT_TASK), close("bob"))
        assert list(result.state.agents) == ["sue"]

    def test_expects_the_customer_to_answer(self) -> None:
        started = msgspec.structs.replace(STARTED, inactivity_seconds=100.0)
        result = given(started, requested(), joined()).when(assign_bot())
        result.then_state(expected=expects("customer", 60))

    @pytest.mark.parametrize(
        ("stage", "agent_id", "code"),
        [
            (with_bot, "alice", RefusalCode.NOT_PARTICIPANT),
            (with_alice, "bob", RefusalCode.NOT_PARTICIPANT),
            (conference, "bob", RefusalCode.NOT_PRIMARY),
            (over, "alice", RefusalCode.CONVERSATION_ENDED),
        ],
    )
    def test_is_refused(self, stage: Stage, agent_id: str, code: RefusalCode) -> None:
        given(*stage()).when(assign_bot(agent_id)).then().refuses(code)


class TestAssistance:
    @pytest.mark.parametrize("direction", ["consult", "conference"])
    def test_is_looked_for_in_the_queue(self, direction: Any) -> None:
        result = given(*with_alice()).when(assist(None, direction))
        result.then(assist_requested(None, direction)).answers(Done(4))
        result.sends(wanted(SUPPORT, task_id=TASK_OF["bob"], direction=direction))
        result.then_state(status="with_agent")

    def test_of_one_agent_is_for_no_other_agent(self) -> None:
        result = given(*with_alice()).when(assist()).then(assist_requested())
        result.sends(
            wanted(
                SUPPORT,
                task_id=TASK_OF["bob"],
                direction="consult",
                preferred_agent="bob",
                preferred_seconds=40,
                preferred_only=True,
            )
        )

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (joined("bob", "consultant", "consult"),),
            (joined("bob", "consultant", "consult"), left("bob")),
            (assist_ended(),),
        ],
        ids=["asked", "in", "out again", "nobody came"],
    )
    def test_again_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(*with_alice(assist_requested(), *events)).when(assist()).nothing().answers(
            Done(4 + len(events), replayed=True)
        )

    def test_in_silence_becomes_open(self) -> None:
        result = given(*consulting()).when(assist("bob", "conference", task_id=NEXT_TASK))
        result.then(role_changed("bob", "assistant", "conference", request_id=NEXT_TASK)).sends().answers(Done(6))
        assert result.state.role_of("bob") == "assistant"

    def test_in_silence_becomes_open_once(self) -> None:
        command = assist("bob", "conference", task_id=NEXT_TASK)
        given(*consulting()).when(command, command).nothing().answers(Done(6, replayed=True))

    @pytest.mark.parametrize(
        ("stage", "command", "code"),
        [
            (with_bot, assist(), RefusalCode.NOT_PARTICIPANT),
            (waiting, assist(), RefusalCode.NOT_PARTICIPANT),
            (with_alice, assist(agent_id="bob"), RefusalCode.NOT_PARTICIPANT),
            (conference, assist("sue", agent_id="bob", task_id=NEXT_TASK), RefusalCode.NOT_PRIMARY),
            (with_alice, assist("alice"), RefusalCode.ALREADY_TAKES_PART),
            (consulting, assist("bob", task_id=NEXT_TASK), RefusalCode.ALREADY_TAKES_PART),
            (conference, assist("bob", "conference", task_id=NEXT_TASK), RefusalCode.ALREADY_TAKES_PART),
            (monitored, assist("sue", "conference"), RefusalCode.ALREADY_TAKES_PART),
            (over, assist(), RefusalCode.CONVERSATION_ENDED),
        ],
    )
    def test_is_refused(self, stage: Stage, command: Any, code: RefusalCode) -> None:
        given(*stage()).when(command).then().refuses(code)


class TestJoining:
    def test_makes_the_agent_the_owner(self) -> None:
        given(*waiting()).when(join()).then(joined()).sends().then_state(status="with_agent", served_by="alice")

    def test_begins_the_time_to_answer(self) -> None:
        expected = expects("agent", 5)
        result = given(STARTED, requested(LIMITED)).when(join()).then(joined(expected=expected))
        result.then_state(expected=expected)

    def test_is_marked_as_a_transfer(self) -> None:
        events = with_alice(left(), requested(SALES, NEXT_TASK, direction="transfer_direct"))
        bob = joined("bob", "primary", "transfer_direct", task_id=NEXT_TASK)
        given(*events).when(join("bob", NEXT_TASK)).then(bob).then_state(served_by="bob")

    @pytest.mark.parametrize(("direction", "role"), [("consult", "consultant"), ("conference", "assistant")])
    def test_to_help_leaves_the_owner(self, direction: Any, role: Any) -> None:
        result = given(*with_alice(assist_requested(direction=direction))).when(join("bob"))
        result.then(joined("bob", role, direction)).sends()
        result.then_state(served_by="alice", assists={})
        assert result.state.primary == "alice"

    @pytest.mark.parametrize("stage", [with_bot, with_alice, in_wrap_up, over])
    def test_is_turned_away_when_no_agent_is_wanted(self, stage: Stage) -> None:
        given(*stage()).when(join("bob")).then().sends(close("bob", "cancelled", 5))

    def test_is_turned_away_for_a_task_of_the_past(self) -> None:
        result = given(*waiting()).when(join(task_id=NEXT_TASK))
        result.then().sends(close("alice", "cancelled", 5, NEXT_TASK))

    def test_is_turned_away_when_the_conversation_has_ended(self) -> None:
        events = with_alice(assist_requested(), ended(wrap_up=True))
        given(*events).when(join("bob")).then().sends(close("bob", "cancelled", 5))

    @pytest.mark.parametrize(("stage", "agent_id"), [(with_alice, "alice"), (consulting, "bob"), (in_wrap_up, "alice")])
    def test_twice_changes_nothing(self, stage: Stage, agent_id: str) -> None:
        given(*stage()).when(join(agent_id)).nothing()

    def test_of_a_monitor_closes_the_monitors_task(self) -> None:
        events = waiting(joined("sue", "monitor", "monitor"))
        result = given(*events).when(join("sue", TASK))
        result.then(joined("sue", task_id=TASK)).sends(close("sue", seconds=5))
        assert result.state.role_of("sue") == "primary"

    def test_of_a_monitor_makes_a_consultant(self) -> None:
        events = monitored(assist_requested(None))
        result = given(*events).when(join("sue", TASK_OF["bob"]))
        result.then(joined("sue", "consultant", "consult", task_id=TASK_OF["bob"])).sends(close("sue", seconds=5))

    def test_of_an_agent_who_took_over_meanwhile_leaves_the_agent_the_owner(self) -> None:
        events = with_alice(assist_requested("sue", task_id=NEXT_TASK))
        result = given(*events).when(supervise("take_over"), join("sue", NEXT_TASK, 70))
        result.then(msgspec.structs.replace(assist_ended(), task_id=NEXT_TASK))
        result.sends(close("sue", "cancelled", 70, NEXT_TASK)).then_state(assists={}, status="with_agent")
        assert result.state.primary == "sue"

    def test_of_an_agent_whom_the_customer_knows_ends_the_request(self) -> None:
        events = conference(assist_requested(None, task_id=NEXT_TASK))
        result = given(*events).when(join("bob", NEXT_TASK))
        result.then(msgspec.structs.replace(assist_ended(), task_id=NEXT_TASK))
        result.sends(close("bob", "cancelled", 5, NEXT_TASK))
        assert result.state.role_of("bob") == "assistant"


class TestGivingUp:
    def give_up(self, task_id: str = TASK, reason: Any = "no_agent_available") -> GiveUpTask:
        return GiveUpTask(at=later(60), task_id=task_id, reason=reason)

    @pytest.mark.parametrize("reason", ["no_agent_available", "force_closed"])
    def test_ends_the_conversation_that_waits(self, reason: Any) -> None:
        result = given(*waiting()).when(self.give_up(reason=reason))
        result.then(ended(ended_by=SYSTEM, reason=reason)).then_state(status="ended")

    def test_leaves_the_customer_to_an_assistant_who_is_still_there(self) -> None:
        result = given(*conference()).when(transfer(), self.give_up(NEXT_TASK))
        result.then(role_changed("bob", "primary", "transfer_direct")).sends()
        result.then_state(status="with_agent", served_by="bob")

    def test_of_a_flush_ends_the_conversation_too(self) -> None:
        result = given(*conference()).when(transfer(), self.give_up(NEXT_TASK, "force_closed"))
        result.then_state(status="ended", agents={})

    def test_ends_the_assist_of_the_agent_who_asked_for_help(self) -> None:
        result = given(*with_alice(assist_requested())).when(self.give_up(TASK_OF["bob"]))
        result.then(assist_ended(reason="no_agent_available")).sends().then_state(assists={}, status="with_agent")

    @pytest.mark.parametrize("stage", [with_bot, with_alice, in_wrap_up, over])
    def test_comes_too_late(self, stage: Stage) -> None:
        given(*stage()).when(self.give_up()).nothing()

    def test_of_another_task_changes_nothing(self) -> None:
        given(*waiting()).when(self.give_up(NEXT_TASK)).nothing()


class TestMoving:
    move = MoveTask(at=later(60), task_id=TASK, queue=SALES, reason="overflow")

    def test_changes_the_queue_and_its_rules(self) -> None:
        result = given(*waiting()).when(self.move)
        result.then(QueueChanged(task_id=TASK, queue=SALES, reason="overflow")).sends()
        assert result.state.queue == SALES

    @pytest.mark.parametrize(
        ("events", "task_id"),
        [(with_bot(), TASK), (waiting(), NEXT_TASK), (with_alice(assist_requested()), TASK_OF["bob"])],
        ids=["none", "another", "help"],
    )
    def test_of_another_task_changes_nothing(self, events: tuple[Event, ...], task_id: str) -> None:
        given(*events).when(msgspec.structs.replace(self.move, task_id=task_id)).nothing()

    def test_that_arrives_late_leaves_another_request(self) -> None:
        changed = QueueChanged(task_id=NEXT_TASK, queue=SALES, reason="overflow")
        assert given(*waiting(changed)).state.queue == SUPPORT
