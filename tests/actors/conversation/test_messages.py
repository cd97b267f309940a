"""Posting messages, each once, and the right to post."""

from typing import Any

import msgspec
import pytest

from schemas.commands import Command, RecordReceipt
from schemas.content import Sender
from schemas.events import (
    BotReplyDropped,
    Event,
    NoteAdded,
    ReceiptRecorded,
    RecordedReceiptStatus,
    SuggestionPosted,
    WhisperPosted,
)
from schemas.replies import Done, MessageReply, RefusalCode
from tests.actors.conversation.examples import (
    ALICE,
    BOT,
    CUSTOMER,
    MESSAGE,
    POSTED,
    STARTED,
    SYSTEM,
    Stage,
    add_note,
    agent_post,
    assigned_bot,
    barged_in,
    bot_post,
    conference,
    consulting,
    ended,
    expects,
    given,
    in_wrap_up,
    joined,
    left,
    monitored,
    over,
    post,
    posted,
    requested,
    role_changed,
    suggest,
    system_post,
    waiting,
    whisper,
    with_alice,
    with_bot,
)
from tests.examples import NOW, identifier

NOTED = NoteAdded(note_id=MESSAGE, agent_id="alice", agent_name="Alice", text="Hello")
WHISPERED = WhisperPosted(message_id=MESSAGE, agent_id="sue", agent_name="Sue", text="Hello")
SUGGESTED = SuggestionPosted(message_id=MESSAGE, bot="greeter", content=POSTED.content)
WITH_SUGGESTIONS = (msgspec.structs.replace(STARTED, suggests=True), requested(), joined())


def replayed(version: int) -> MessageReply:
    return MessageReply(MESSAGE, version, replayed=True)


class TestMessages:
    @pytest.mark.parametrize("stage", [with_bot, waiting, with_alice])
    def test_of_the_customer_are_posted_while_the_conversation_goes_on(self, stage: Stage) -> None:
        version = len(stage()) + 1
        given(*stage()).when(post()).then(POSTED).sends().answers(MessageReply(MESSAGE, version))

    @pytest.mark.parametrize("stage", [with_bot, with_alice, in_wrap_up, over])
    def test_again_answer_as_the_first_time(self, stage: Stage) -> None:
        first, *rest = stage()
        given(first, POSTED, *rest).when(post()).nothing().answers(replayed(2))

    @pytest.mark.parametrize(
        "command",
        [post("Bye"), agent_post(), add_note(), whisper("alice"), suggest()],
        ids=["other text", "other sender", "a note", "a whisper", "a suggestion"],
    )
    def test_of_a_taken_id_are_refused(self, command: Command) -> None:
        given(*with_alice(POSTED)).when(command).then().refuses(RefusalCode.ID_CONFLICT)

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    @pytest.mark.parametrize(
        "command", [post(), agent_post(), agent_post("bob")], ids=["customer", "agent", "stranger"]
    )
    def test_after_the_end_are_refused(self, stage: Stage, command: Command) -> None:
        given(*stage()).when(command).then().refuses(RefusalCode.CONVERSATION_ENDED)

    def test_of_an_agent_bear_the_name(self) -> None:
        given(*with_alice()).when(agent_post()).then(posted(ALICE)).answers(MessageReply(MESSAGE, 4))

    @pytest.mark.parametrize(("stage", "agent_id"), [(conference, "bob"), (barged_in, "sue")])
    def test_of_those_whom_the_customer_knows_are_posted(self, stage: Stage, agent_id: str) -> None:
        sender = Sender("agent", agent_id, agent_id.title())
        given(*stage()).when(agent_post(agent_id)).then(posted(sender))

    @pytest.mark.parametrize(
        ("events", "agent_id"),
        [
            (waiting(), "alice"),
            (with_alice(left(), requested()), "alice"),
            (consulting(), "bob"),
            (monitored(), "sue"),
            (monitored(role_changed("sue", "coach", "monitor")), "sue"),
        ],
        ids=["before", "after", "consultant", "monitor", "coach"],
    )
    def test_of_those_whom_the_customer_does_not_know_are_refused(
        self, events: tuple[Event, ...], agent_id: str
    ) -> None:
        given(*events).when(agent_post(agent_id)).then().refuses(RefusalCode.NOT_PARTICIPANT)

    @pytest.mark.parametrize("now", [(), (joined("alice", "monitor", "monitor"),)], ids=["gone", "listens"])
    def test_of_an_agent_again_after_leaving_answer_as_the_first_time(self, now: tuple[Event, ...]) -> None:
        events = with_alice(posted(ALICE), left(), requested(), *now)
        given(*events).when(agent_post()).nothing().answers(replayed(4))

    def test_survive_a_change_of_the_agents_name(self) -> None:
        before = posted(Sender("agent", "alice", "Alice before the wedding"))
        given(*with_alice(before)).when(agent_post()).nothing().answers(replayed(4))


class TestNotes:
    @pytest.mark.parametrize("stage", [with_alice, in_wrap_up, consulting, monitored])
    def test_are_added_by_agents_who_take_part(self, stage: Stage) -> None:
        given(*stage()).when(add_note()).then(NOTED).sends().answers(MessageReply(MESSAGE, len(stage()) + 1))

    def test_again_answer_as_the_first_time(self) -> None:
        given(*with_alice(NOTED, ended(), left())).when(add_note()).nothing().answers(replayed(4))

    @pytest.mark.parametrize(
        "command",
        [add_note(text="Bye"), add_note("bob"), agent_post(), whisper("alice")],
        ids=["text", "author", "message", "whisper"],
    )
    def test_of_a_taken_id_are_refused(self, command: Command) -> None:
        given(*with_alice(NOTED)).when(command).then().refuses(RefusalCode.ID_CONFLICT)

    def test_of_others_are_refused(self) -> None:
        given(*with_alice()).when(add_note("bob")).then().refuses(RefusalCode.NOT_PARTICIPANT)

    def test_of_others_after_the_end_are_refused(self) -> None:
        given(*over()).when(add_note()).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestWhispers:
    def test_of_a_monitor_make_a_coach(self) -> None:
        result = given(*monitored()).when(whisper())
        result.then(role_changed("sue", "coach", "monitor"), WHISPERED).sends().answers(MessageReply(MESSAGE, 6))
        result.then_state(status="with_agent", served_by="alice")

    def test_of_a_coach_change_no_role(self) -> None:
        given(*monitored(role_changed("sue", "coach", "monitor"))).when(whisper()).then(WHISPERED)

    def test_again_answer_as_the_first_time(self) -> None:
        given(*monitored()).when(whisper(), whisper()).nothing().answers(replayed(6))

    def test_of_a_taken_id_are_refused(self) -> None:
        given(*monitored(WHISPERED)).when(whisper(text="Bye")).then().refuses(RefusalCode.ID_CONFLICT)

    def test_of_others_are_refused(self) -> None:
        given(*with_alice()).when(whisper()).then().refuses(RefusalCode.NOT_PARTICIPANT)

    @pytest.mark.parametrize("agent_id", ["alice", "sue"])
    def test_after_the_end_are_refused(self, agent_id: str) -> None:
        given(*in_wrap_up()).when(whisper(agent_id)).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestBot:
    def test_answers_while_it_owns_the_conversation(self) -> None:
        given(*with_bot()).when(bot_post()).then(posted(BOT)).sends().answers(MessageReply(MESSAGE, 2))

    def test_answers_when_it_owns_the_conversation_again(self) -> None:
        given(*with_alice(left(), assigned_bot())).when(bot_post()).then(posted(BOT))

    @pytest.mark.parametrize(
        ("stage", "reason"),
        [(waiting, "stale"), (with_alice, "stale"), (in_wrap_up, "ended"), (over, "ended")],
    )
    def test_that_lost_the_conversation_is_refused_on_the_record(self, stage: Stage, reason: Any) -> None:
        dropped = BotReplyDropped(message_id=MESSAGE, bot="greeter", reason=reason)
        given(*stage()).when(bot_post()).then(dropped).refuses(RefusalCode.NOT_OWNER)

    def test_that_never_owned_the_conversation_is_refused_on_the_record(self) -> None:
        dropped = BotReplyDropped(message_id=MESSAGE, bot="other", reason="stale")
        given(*with_bot()).when(bot_post("other")).then(dropped).refuses(RefusalCode.NOT_OWNER)

    @pytest.mark.parametrize("events", [waiting(), over()])
    def test_that_repeats_a_dropped_reply_is_recorded_once(self, events: tuple[Event, ...]) -> None:
        given(*events).when(bot_post(), bot_post()).then().refuses(RefusalCode.NOT_OWNER)

    def test_that_repeats_a_dropped_reply_when_it_owns_again_is_refused(self) -> None:
        dropped = BotReplyDropped(message_id=MESSAGE, bot="greeter", reason="stale")
        events = with_alice(dropped, left(), assigned_bot())
        given(*events).when(bot_post()).then().refuses(RefusalCode.NOT_OWNER)

    def test_that_repeats_a_reply_after_losing_the_conversation_hears_the_first_answer(self) -> None:
        given(STARTED, posted(BOT), requested()).when(bot_post()).nothing().answers(replayed(2))

    def test_cannot_take_a_message_id_of_the_customer(self) -> None:
        given(*with_bot(POSTED)).when(bot_post()).then().refuses(RefusalCode.ID_CONFLICT)


class TestSystem:
    def test_speaks_in_its_own_name_while_the_bot_owns_the_conversation(self) -> None:
        result = given(*with_bot()).when(system_post()).then(posted(SYSTEM)).sends()
        result.answers(MessageReply(MESSAGE, 2))

    def test_expects_the_customer_to_answer(self) -> None:
        limited = msgspec.structs.replace(STARTED, inactivity_seconds=100.0)
        then = given(limited).when(system_post(seconds=1)).then(posted(SYSTEM, expects("customer", 1)))
        then.answers(MessageReply(MESSAGE, 2))

    @pytest.mark.parametrize("stage", [waiting, with_alice, in_wrap_up, over])
    def test_says_nothing_after_the_bot_has_lost_the_conversation(self, stage: Stage) -> None:
        given(*stage()).when(system_post()).then().refuses(RefusalCode.NOT_OWNER)

    def test_says_nothing_in_place_of_another_bot(self) -> None:
        given(*with_bot()).when(system_post("other")).then().refuses(RefusalCode.NOT_OWNER)

    def test_that_repeats_a_message_hears_the_first_answer(self) -> None:
        given(STARTED, posted(SYSTEM), requested()).when(system_post()).nothing().answers(replayed(2))

    def test_cannot_take_a_message_id_of_the_bot(self) -> None:
        given(*with_bot(posted(BOT))).when(system_post()).then().refuses(RefusalCode.ID_CONFLICT)


class TestSuggestions:
    def test_are_posted_while_an_agent_is_in(self) -> None:
        result = given(*WITH_SUGGESTIONS).when(suggest()).then(SUGGESTED).sends()
        result.answers(MessageReply(MESSAGE, 4))

    def test_again_answer_as_the_first_time(self) -> None:
        given(*WITH_SUGGESTIONS).when(suggest(), suggest()).nothing().answers(replayed(4))

    @pytest.mark.parametrize("command", [suggest(text="Bye"), post(), agent_post()], ids=["text", "message", "agent"])
    def test_of_a_taken_id_are_refused(self, command: Command) -> None:
        given(*WITH_SUGGESTIONS, SUGGESTED).when(command).then().refuses(RefusalCode.ID_CONFLICT)

    @pytest.mark.parametrize(
        ("events", "bot"),
        [
            (with_alice(), "greeter"),
            (WITH_SUGGESTIONS, "other"),
            (WITH_SUGGESTIONS[:1], "greeter"),
            (WITH_SUGGESTIONS[:2], "greeter"),
            ((*WITH_SUGGESTIONS, ended()), "greeter"),
        ],
        ids=["a bot that does not", "another bot", "no agent yet", "waiting", "ended"],
    )
    def test_that_no_one_expects_are_refused(self, events: tuple[Event, ...], bot: str) -> None:
        given(*events).when(suggest(bot)).then().refuses(RefusalCode.NOT_OWNER)


class TestReceipts:
    def receipt(self, status: RecordedReceiptStatus, by: Sender = CUSTOMER) -> RecordReceipt:
        return RecordReceipt(at=NOW, message_id=MESSAGE, status=status, by=by)

    def recorded(self, status: RecordedReceiptStatus, by: Sender = CUSTOMER) -> ReceiptRecorded:
        return ReceiptRecorded(message_id=MESSAGE, status=status, by=by)

    @pytest.mark.parametrize("status", ["delivered", "read", "failed", "unknown"])
    def test_are_recorded(self, status: RecordedReceiptStatus) -> None:
        result = given(*with_bot(posted(BOT))).when(self.receipt(status))
        result.then(self.recorded(status)).sends().answers(Done(3))

    @pytest.mark.parametrize(
        ("before", "status", "kept"),
        [
            ("unknown", "failed", True),
            ("unknown", "delivered", True),
            ("failed", "unknown", False),
            ("delivered", "read", True),
            ("failed", "delivered", True),
            ("failed", "read", True),
            ("delivered", "failed", False),
            ("failed", "failed", False),
            ("delivered", "delivered", False),
            ("read", "read", False),
            ("read", "delivered", False),
            ("read", "failed", False),
        ],
    )
    def test_never_go_back(self, before: RecordedReceiptStatus, status: RecordedReceiptStatus, kept: bool) -> None:
        result = given(*with_bot(posted(BOT), self.recorded(before))).when(self.receipt(status))
        assert result.decision.events == ([self.recorded(status)] if kept else [])
        result.answers(Done(4) if kept else Done(3, replayed=True))

    def test_of_the_customer_and_of_each_agent_are_apart(self) -> None:
        known = self.recorded("read")
        given(*with_alice(POSTED, known)).when(self.receipt("read", ALICE)).then(self.recorded("read", ALICE))
        given(*with_alice(POSTED, known)).when(self.receipt("delivered", ALICE)).then(self.recorded("delivered", ALICE))
        known = self.recorded("read", ALICE)
        given(*with_alice(POSTED, known)).when(self.receipt("delivered")).then(self.recorded("delivered"))
        given(*with_alice(POSTED, known)).when(self.receipt("delivered", ALICE)).then()

    def test_of_the_system_are_for_the_customer_and_say_why(self) -> None:
        report = msgspec.structs.replace(self.receipt("failed", SYSTEM), code="131047", detail="outside the window")
        failed = msgspec.structs.replace(self.recorded("failed", SYSTEM), code="131047", detail="outside the window")
        given(*with_alice(POSTED)).when(report).then(failed)
        given(*with_alice(POSTED, self.recorded("delivered"))).when(report).then()
        given(*with_alice(NOTED)).when(self.receipt("failed", SYSTEM)).then().refuses(RefusalCode.UNKNOWN_MESSAGE)

    def test_of_agents_are_of_agents_who_take_part(self) -> None:
        given(*with_alice(POSTED)).when(self.receipt("read", ALICE)).then(self.recorded("read", ALICE))
        stranger = self.receipt("read", Sender("agent", "bob"))
        given(*with_alice(POSTED)).when(stranger).then().refuses(RefusalCode.NOT_PARTICIPANT)
        given(*over(POSTED)).when(stranger).then().refuses(RefusalCode.CONVERSATION_ENDED)

    def test_of_unknown_messages_are_refused(self) -> None:
        given(*with_alice()).when(self.receipt("read")).then().refuses(RefusalCode.UNKNOWN_MESSAGE)

    def test_of_agents_who_take_no_part_do_not_tell_whether_there_is_such_a_message(self) -> None:
        stranger = self.receipt("read", Sender("agent", "bob"))
        given(*with_alice()).when(stranger).then().refuses(RefusalCode.NOT_PARTICIPANT)

    @pytest.mark.parametrize("unseen", [NOTED, WHISPERED, SUGGESTED], ids=["a note", "a whisper", "a suggestion"])
    def test_of_messages_among_agents_are_of_agents(self, unseen: Event) -> None:
        given(*with_alice(unseen)).when(self.receipt("read")).then().refuses(RefusalCode.UNKNOWN_MESSAGE)
        given(*with_alice(unseen)).when(self.receipt("read", ALICE)).then(self.recorded("read", ALICE))

    def test_come_after_the_end_too(self) -> None:
        given(*over(POSTED)).when(self.receipt("read")).then(self.recorded("read"))


def test_ids_of_messages_are_distinguished() -> None:
    other = msgspec.structs.replace(POSTED, message_id=identifier(99))
    given(*with_bot(POSTED)).when(post(message_id=identifier(99))).then(other).answers(MessageReply(identifier(99), 3))
