"""Commits of the entity system, and when it answers."""

from dataclasses import replace
from typing import Any

import pytest

from actors.conversation import CONVERSATION
from actors.decider import Decision
from actors.engine import CommandFailedError, NotDurableError
from actors.entities import DECIDERS
from actors.journal import VersionConflictError
from actors.router import ROUTER, Router
from schemas.commands import ConfirmTask, EnqueueTask, RouterCommand, SetState
from schemas.content import TextContent
from schemas.events import REGISTRY, MessagePosted, RouterEvent
from schemas.identifiers import event_id
from schemas.instants import format_instant
from schemas.queues import QueueSettings
from schemas.records import NewRecord, conversation_stream
from schemas.replies import MessageReply, Refusal, RefusalCode, StartReply, TaskReply
from tests.actors.engine.harness import (
    CUSTOMER,
    Harness,
    accept,
    ask_for_agent,
    end,
    log_in,
    post,
    ready,
    request,
    start,
    task_of,
)
from tests.actors.engine.journals import FragileJournal
from tests.examples import NOW, identifier, later, new_record

ONE = conversation_stream(identifier(1))
TWO = conversation_stream(identifier(2))


@pytest.fixture
def broken_router(monkeypatch: pytest.MonkeyPatch) -> None:
    """A router that raises at conversation 13, and at every confirmation."""

    def decide(state: Router, command: RouterCommand) -> Decision[RouterEvent]:
        if isinstance(command, ConfirmTask) or (isinstance(command, EnqueueTask) and command.task_id == task_of(13)):
            raise ZeroDivisionError("as the test wants it")
        return ROUTER.decide(state, command)

    monkeypatch.setitem(DECIDERS, "router", replace(ROUTER, decide=decide))


class TestDurability:
    def test_nothing_is_let_out_before_it_is_durable(self, harness: Harness, journal: FragileJournal) -> None:
        order = []
        journal.on_append = lambda: order.append(("append", len(harness.outcomes), len(harness.committed)))
        harness.ask(start(1, bot="greeter"))
        harness.ask(post(2, 1))
        assert order == [("append", 0, 0), ("append", 0, 1)]
        assert [item.record for item in harness.committed] == journal.read_all()

    def test_a_batch_is_one_commit(self, harness: Harness, journal: FragileJournal) -> None:
        outcomes = harness.run(start(1, bot="greeter"), post(3, 1), start(2, bot="greeter"), post(4, 2), post(5, 1))
        assert len(journal.appends) == 1
        assert [outcome.error for outcome in outcomes] == [None] * 5
        assert outcomes[4].answer == MessageReply(identifier(5), 3)
        assert journal.last_position() == 5

    def test_a_command_without_events_needs_no_commit(self, harness: Harness, journal: FragileJournal) -> None:
        harness.ask(start(1, bot="greeter"))
        journal.appends.clear()
        answer = harness.ask(start(1, bot="greeter"))
        assert answer == StartReply(identifier(1), "with_bot", 1, format_instant(NOW), replayed=True)
        assert journal.appends == []

    def test_a_refusal_is_an_answer(self, harness: Harness) -> None:
        answer = harness.ask(post(1, 1))
        assert isinstance(answer, Refusal)
        assert answer.code == RefusalCode.NOT_FOUND
        assert harness.journal.last_position() == 0

    def test_a_repetition_in_the_same_batch_is_answered_alike(self, harness: Harness) -> None:
        first, _, third = harness.run(start(1, bot="greeter"), post(2, 1), post(3, 1))
        again = request(ONE, post(2, 1).command, 4)
        assert harness.ask(again) == MessageReply(identifier(2), 2, replayed=True)
        assert isinstance(first.answer, StartReply)
        assert third.answer == MessageReply(identifier(3), 3)


class TestTime:
    def test_runs_one_way_over_the_whole_journal(self, harness: Harness) -> None:
        harness.run(start(1, bot="greeter", at=later(5)), start(2, bot="greeter"), start(3, bot="greeter", at=later(9)))
        assert [record.at[17:19] for record in harness.journal.read_all()] == ["05", "05", "09"]
        assert harness.stored(TWO).started_at == later(5)


class TestCascade:
    def test_is_recorded_in_the_order_in_which_it_happened(self, harness: Harness) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"))
        harness.ask(start(3))
        records = harness.journal.read_all(4)
        assert [(record.stream.split("-")[0], record.type) for record in records] == [
            ("conversation", "ConversationStarted"),
            ("conversation", "AgentRequested"),
            ("router", "TaskQueued"),
            ("router", "TaskOffered"),
            ("agent", "TaskReserved"),
            ("agent", "AgentMrdStateChanged"),
        ]

    def test_names_its_cause(self, harness: Harness) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"))
        harness.ask(start(3))
        records = harness.journal.read_all(4)
        command = identifier(3)
        assert [record.event_id for record in records] == [event_id(command, number) for number in range(1, 7)]
        assert {record.correlation_id for record in records} == {command}
        assert [record.causation_id for record in records] == [
            command,
            command,
            event_id(command, 2),
            event_id(command, 3),
            event_id(command, 4),
            event_id(command, 4),
        ]
        assert {(record.at, record.actor) for record in records} == {(format_instant(NOW), "tester")}

    def test_bears_the_marks_that_it_was_given(self, harness: Harness) -> None:
        sent = request(ONE, start(1).command, 1, correlation_id="correlation", causation_id="causation")
        harness.ask(sent)
        first, second, third = harness.journal.read_all()
        assert {record.correlation_id for record in (first, second, third)} == {"correlation"}
        assert [record.causation_id for record in (first, second)] == ["causation", "causation"]
        assert third.causation_id == second.event_id

    def test_answers_with_the_reply_of_the_first_entity(self, harness: Harness) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"), start(3))
        assert harness.ask(accept(4, "alice", 3)) == TaskReply(identifier(3), 6)


@pytest.mark.usefixtures("broken_router")
class TestFailingEntity:
    def test_takes_its_whole_cascade_with_it_and_no_other(self, harness: Harness) -> None:
        good, bad, late = harness.run(start(1), start(13), start(2))
        assert isinstance(good.answer, StartReply)
        assert isinstance(late.answer, StartReply)
        assert isinstance(bad.error, CommandFailedError)
        assert harness.types(conversation_stream(identifier(13))) == []
        router = harness.stored("router-chat")
        assert set(router.tasks) == {task_of(1), task_of(2)}

    def test_is_read_anew(self, harness: Harness) -> None:
        harness.run(start(1), start(13))
        for entity in harness.system.entities:
            assert entity.state == harness.stored(entity.stream)
        answer = harness.ask(post(5, 13))
        assert isinstance(answer, Refusal)
        assert answer.code == RefusalCode.NOT_FOUND

    def test_leaves_the_deadlines_of_earlier_commits(self, harness: Harness) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"))
        _, failed = harness.run(start(3), accept(4, "alice", 3))
        assert isinstance(failed.error, CommandFailedError)
        assert harness.stored("agent-alice").tasks[task_of(3)].state == "reserved"
        assert harness.system.timers.next_instant() == later(20)
        harness.advance(20)
        assert harness.stored("agent-alice").reason == "rona"

    def test_is_logged_without_the_customers_text(self, harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
        harness.ask(start(1, bot="greeter"))
        secret = "my number is 4711 " * 300
        with pytest.raises(CommandFailedError):
            harness.ask(post(2, 1, text=secret))
        assert "dropped PostCustomerMessage" in caplog.text
        assert "4711" not in caplog.text

    def test_that_does_not_exist_fails_the_command(self, harness: Harness) -> None:
        with pytest.raises(CommandFailedError):
            harness.ask(request("robot-1", SetState(at=NOW, state="ready"), 1))

    def test_with_an_undecodable_record_fails_only_its_own_commands(self, harness: Harness) -> None:
        harness.journal.append([new_record(ONE, 1)])
        bad, good = harness.restarted().run(post(3, 1), start(2))
        assert isinstance(bad.error, CommandFailedError)
        assert isinstance(good.answer, StartReply)

    def test_with_an_undecodable_event_fails(self, harness: Harness) -> None:
        harness.ask(start(1, bot="greeter"))
        with pytest.raises(CommandFailedError, match="PostCustomerMessage failed"):
            harness.ask(post(2, 1, text=""))
        assert harness.types(ONE) == ["ConversationStarted"]
        assert harness.ask(post(3, 1)) == MessageReply(identifier(3), 2)

    @pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e12])
    def test_with_an_instant_beyond_all_calendars_fails(self, harness: Harness, seconds: float) -> None:
        endless = QueueSettings(name="support", mrd="chat", offer_timeout_seconds=seconds)
        with pytest.raises(CommandFailedError):
            harness.ask(start(1, queue=endless))
        harness.run(log_in(2, "alice"), ready(3, "alice"))
        assert isinstance(harness.ask(start(4)), StartReply)


class TestAnotherWriter:
    @staticmethod
    def intrude(harness: Harness, version: int) -> None:
        """Another process posts a message to conversation 1."""
        posted = MessagePosted(message_id="intruder", sender=CUSTOMER, content=TextContent("Me too"))
        record = NewRecord(
            stream=ONE,
            version=version,
            event_id="intruder",
            type="MessagePosted",
            at=format_instant(NOW),
            schema_version=1,
            correlation_id="",
            causation_id="",
            actor="intruder",
            data=REGISTRY.encode(posted),
        )
        harness.journal.append([record])

    def test_that_was_faster_is_read_and_followed(self, harness: Harness) -> None:
        harness.run(start(1, bot="greeter"), start(2, bot="greeter"))
        self.intrude(harness, 2)
        first, second = harness.run(post(3, 1), post(4, 2))
        assert first.answer == MessageReply(identifier(3), 3)
        assert second.answer == MessageReply(identifier(4), 2)

    def test_leaves_no_gap_in_the_released_events(self, harness: Harness) -> None:
        harness.ask(start(1, bot="greeter"))
        self.intrude(harness, 2)
        harness.ask(start(2, bot="greeter"))
        assert [item.record for item in harness.committed] == harness.journal.read_all()

    def test_is_followed_even_when_a_command_of_the_batch_fails(self, harness: Harness, broken_router: None) -> None:
        harness.run(start(1, bot="greeter"))
        self.intrude(harness, 2)
        good, other, bad = harness.run(post(3, 1), start(4), start(13))
        assert good.answer == MessageReply(identifier(3), 3)
        assert isinstance(other.answer, StartReply)
        assert isinstance(bad.error, CommandFailedError)

    def test_that_is_always_faster_wins(self, harness: Harness, journal: FragileJournal) -> None:
        harness.run(start(1, bot="greeter"), start(2, bot="greeter"))
        journal.faults = [VersionConflictError(ONE, 2, 2), VersionConflictError(ONE, 2, 2)]
        lost, won = harness.run(post(3, 1), post(4, 2))
        assert isinstance(lost.error, NotDurableError)
        assert won.answer == MessageReply(identifier(4), 2)
        assert harness.ask(post(3, 1)) == MessageReply(identifier(3), 2)


class TestTakenId:
    def test_fails_the_command_that_took_it(self, harness: Harness) -> None:
        harness.run(start(1, bot="greeter"), post(3, 1))
        bad, good = harness.run(request(ONE, end(9, 1).command, 3), start(2, bot="greeter"))
        assert isinstance(bad.error, CommandFailedError)
        assert isinstance(good.answer, StartReply)
        assert harness.stored(ONE).status == "with_bot"


class TestFailingJournal:
    @pytest.mark.parametrize("fault", ["before", "after"])
    @pytest.mark.parametrize("times", [1, 2, 3])
    def test_is_tried_again_with_the_same_records(
        self, harness: Harness, journal: FragileJournal, fault: Any, times: int
    ) -> None:
        journal.faults = [fault] * times
        answer = harness.ask(start(1, bot="greeter"))
        assert isinstance(answer, StartReply)
        assert [records == journal.appends[0] for records in journal.appends] == [True] * (times + 1)
        assert harness.slept == [0.05, 0.2, 0.5][:times]
        assert harness.types(ONE) == ["ConversationStarted"]

    def test_that_stays_down_is_reported(self, harness: Harness, journal: FragileJournal) -> None:
        harness.ask(start(1, bot="greeter"))
        journal.faults = ["before"] * 4
        outcomes = harness.run(post(3, 1), start(2, bot="greeter"))
        assert all(isinstance(outcome.error, NotDurableError) for outcome in outcomes)
        assert harness.committed[-1].record.position == 1
        assert harness.ask(post(3, 1)) == MessageReply(identifier(3), 2)
        assert isinstance(harness.ask(start(2, bot="greeter")), StartReply)

    def test_that_wrote_and_did_not_say_so_is_believed_when_read(
        self, harness: Harness, journal: FragileJournal
    ) -> None:
        harness.ask(start(1, bot="greeter"))
        journal.faults = ["after"] * 4
        with pytest.raises(NotDurableError):
            harness.ask(post(3, 1))
        assert harness.ask(post(3, 1)) == MessageReply(identifier(3), 2, replayed=True)
        assert [item.record for item in harness.committed] == journal.read_all()

    def test_that_wrote_and_did_not_say_so_keeps_its_deadlines(self, harness: Harness, journal: FragileJournal) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"))
        journal.faults = ["after"] * 4
        with pytest.raises(NotDurableError):
            harness.ask(start(3))
        assert harness.system.timers.next_instant() == later(20)

    def test_that_cannot_be_read_either_gives_the_deadlines_later(
        self, harness: Harness, journal: FragileJournal
    ) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"), start(3, bot="greeter"))
        journal.faults = ["after"] * 4
        journal.unreadable = True
        with pytest.raises(NotDurableError):
            harness.ask(ask_for_agent(4, 3))
        assert harness.system.timers.next_instant() is None
        journal.unreadable = False
        harness.system.passivate_idle()
        assert harness.system.timers.next_instant() == later(20)

    def test_that_cannot_be_read_fails_commands_to_unread_entities(
        self, harness: Harness, journal: FragileJournal
    ) -> None:
        harness.ask(start(1, bot="greeter"))
        journal.unreadable = True
        unread, resident, halfway = harness.run(post(2, 9), post(3, 1), end(4, 1))
        assert isinstance(unread.error, NotDurableError)
        assert resident.answer == MessageReply(identifier(3), 2)
        assert halfway.error is None

    def test_that_cannot_be_read_in_the_middle_drops_the_cascade(
        self, harness: Harness, journal: FragileJournal
    ) -> None:
        harness.ask(start(1, bot="greeter"))
        journal.unreadable = True
        with pytest.raises(NotDurableError):
            harness.ask(start(2))
        journal.unreadable = False
        assert isinstance(harness.ask(start(2)), StartReply)
        assert CONVERSATION.finished(harness.stored(TWO)) is False
