"""The conversation's decider."""

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from actors.conversation import CONVERSATION
from schemas.commands import (
    AddNote,
    CancelTask,
    CloseTask,
    Command,
    CompleteWrapUp,
    EndConversation,
    EnqueueTask,
    FinishTask,
    JoinAgent,
    PostAgentMessage,
    PostBotMessage,
    PostCustomerMessage,
    ReleaseAgent,
    ReportBotFailure,
    RequestAgent,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentRequested,
    BotFailed,
    BotReplyDropped,
    ConversationEnded,
    ConversationStarted,
    Customer,
    Event,
    MessagePosted,
    NoteAdded,
    WrapUpCompleted,
)
from schemas.queues import QueueSettings
from schemas.replies import Done, MessageReply, RefusalCode, StartReply
from tests.actors.scenario import scenario
from tests.examples import NOW, SALES, SUPPORT, identifier, later

ID = identifier(1)
TASK = identifier(2)
SECOND_TASK = identifier(3)
MESSAGE = identifier(4)
CUSTOMER = Sender("customer", "c-7", "Ada")
BOT = Sender("bot", "greeter")
ALICE = Sender("agent", "alice", "Alice")
SYSTEM = Sender("system")

given = scenario(CONVERSATION, ID)

START = StartConversation(
    at=NOW,
    conversation_id=ID,
    channel="web",
    customer=Customer(id="c-7", name="Ada"),
    queue=SUPPORT,
    task_id=TASK,
    message_id=MESSAGE,
    request_digest="digest",
    bot="greeter",
    language="en",
)
STARTED = ConversationStarted(
    conversation_id=ID,
    channel="web",
    customer=Customer(id="c-7", name="Ada"),
    queue="support",
    mrd="chat",
    bot="greeter",
    language="en",
    attributes={},
    started_at=NOW,
    opened_at_version=1,
    request_digest="digest",
)
STARTED_DIRECT = msgspec.structs.replace(STARTED, bot=None, opened_at_version=2)
POSTED = MessagePosted(message_id=MESSAGE, sender=CUSTOMER, content=TextContent("Hello"))
JOINED = AgentJoined(agent_id="alice", agent_name="Alice", role="primary", task_id=TASK)
LEFT_AT_END = AgentLeft(agent_id="alice", reason="conversation_ended")
LEFT_AT_LOGOUT = AgentLeft(agent_id="alice", reason="agent_logout")
NOTED = NoteAdded(note_id=MESSAGE, agent_id="alice", agent_name="Alice", text="Hello")


def requested(
    queue: QueueSettings = SUPPORT,
    task_id: str = TASK,
    requested_by: Sender = CUSTOMER,
    reason: str | None = None,
) -> AgentRequested:
    return AgentRequested(task_id=task_id, queue=queue, reason=reason, requested_by=requested_by, queued_at=NOW)


def enqueue(queue: QueueSettings = SUPPORT, task_id: str = TASK, seconds: float = 0) -> tuple[str, EnqueueTask]:
    command = EnqueueTask(at=later(seconds), task_id=task_id, conversation_id=ID, queue=queue, queued_at=NOW)
    return "router-chat", command


def ended(wrap_up: bool = False, ended_by: Sender = CUSTOMER) -> ConversationEnded:
    reason: Any = {"customer": "customer_left", "agent": "agent_ended", "bot": "bot_ended"}[ended_by.type]
    return ConversationEnded(reason=reason, ended_by=ended_by, wrap_up=wrap_up)


def end(ended_by: Sender = CUSTOMER) -> EndConversation:
    return EndConversation(at=later(60), ended_by=ended_by, reason=ended(ended_by=ended_by).reason)


def post(text: str = "Hello", message_id: str = MESSAGE) -> PostCustomerMessage:
    return PostCustomerMessage(at=later(1), message_id=message_id, content=TextContent(text))


def agent_post(agent_id: str = "alice", text: str = "Hello") -> PostAgentMessage:
    return PostAgentMessage(at=later(1), message_id=MESSAGE, agent_id=agent_id, content=TextContent(text))


def bot_post(bot: str = "greeter", text: str = "Hello") -> PostBotMessage:
    return PostBotMessage(at=later(1), message_id=MESSAGE, bot=bot, content=TextContent(text))


def note(agent_id: str = "alice", text: str = "Hello") -> AddNote:
    return AddNote(at=later(1), note_id=MESSAGE, agent_id=agent_id, text=text)


def ask_for_agent(requested_by: Sender = CUSTOMER, reason: str | None = None) -> RequestAgent:
    return RequestAgent(at=NOW, task_id=TASK, queue=SUPPORT, requested_by=requested_by, reason=reason)


def bot_failure(bot: str = "greeter") -> ReportBotFailure:
    return ReportBotFailure(at=NOW, bot=bot, attempts=3, error="timeout", task_id=TASK, queue=SUPPORT)


def join(task_id: str = TASK) -> JoinAgent:
    return JoinAgent(at=later(5), agent_id="alice", agent_name="Alice", task_id=task_id)


def wrap_up(agent_id: str = "alice") -> CompleteWrapUp:
    return CompleteWrapUp(at=later(70), agent_id=agent_id, codes=["sale"], note="Sold one")


WRAPPED_UP = WrapUpCompleted(agent_id="alice", codes=["sale"], note="Sold one", reason="submitted")
WRAP_UP_TIMED_OUT = WrapUpCompleted(agent_id="alice", codes=[], note=None, reason="timeout")


@dataclass(frozen=True)
class Stage:
    """A point in a conversation's life, by the events that lead there."""

    events: tuple[Event, ...]

    def __call__(self, *more: Event) -> tuple[Event, ...]:
        return self.events + more


with_bot = Stage((STARTED,))
waiting = Stage((STARTED, requested()))
with_alice = Stage((STARTED, requested(), JOINED))
with_alice_of_sales = Stage((STARTED, requested(SALES), JOINED))
in_wrap_up = Stage(with_alice_of_sales(ended(wrap_up=True)))
over = Stage((STARTED, ended()))


class TestStart:
    def test_goes_to_the_bot_first(self) -> None:
        reply = StartReply(ID, "with_bot", 1, "2026-11-22T10:00:00.000000Z")
        given().when(START).then(STARTED).tells().answers(reply).then_state(status="with_bot", version=1)

    def test_goes_straight_to_the_queue_without_a_bot(self) -> None:
        reply = StartReply(ID, "waiting_for_agent", 2, "2026-11-22T10:00:00.000000Z")
        start = msgspec.structs.replace(START, bot=None)
        given().when(start).then(STARTED_DIRECT, requested()).tells(enqueue()).answers(reply)

    def test_carries_the_first_message(self) -> None:
        start = msgspec.structs.replace(START, bot=None, text="Hello")
        started = msgspec.structs.replace(STARTED_DIRECT, opened_at_version=3)
        result = given().when(start).then(started, POSTED, requested())
        result.answers(StartReply(ID, "waiting_for_agent", 3, "2026-11-22T10:00:00.000000Z"))
        result.then_state(status="waiting_for_agent", version=3)

    @pytest.mark.parametrize("stage", [with_bot, with_alice, over])
    def test_again_answers_as_the_first_time(self, stage: Stage) -> None:
        reply = StartReply(ID, "with_bot", 1, "2026-11-22T10:00:00.000000Z", replayed=True)
        again = msgspec.structs.replace(START, at=later(99), task_id=SECOND_TASK)
        given(*stage()).when(again).nothing().answers(reply)

    def test_of_a_taken_id_with_other_content_is_refused(self) -> None:
        other = msgspec.structs.replace(START, request_digest="other")
        given(STARTED).when(other).then().refuses(RefusalCode.ID_CONFLICT)

    @pytest.mark.parametrize(
        "command",
        [
            post(),
            agent_post(),
            bot_post(),
            note(),
            ask_for_agent(),
            bot_failure(),
            end(),
            join(),
            ReleaseAgent(at=NOW, agent_id="alice", task_id=TASK),
            wrap_up(),
        ],
        ids=lambda command: type(command).__name__,
    )
    def test_must_come_first(self, command: Command) -> None:
        given().when(command).then().refuses(RefusalCode.NOT_FOUND)


class TestMessages:
    @pytest.mark.parametrize("stage", [with_bot, waiting, with_alice])
    def test_of_the_customer_are_posted_while_the_conversation_goes_on(self, stage: Stage) -> None:
        version = len(stage()) + 1
        given(*stage()).when(post()).then(POSTED).tells().answers(MessageReply(MESSAGE, version))

    @pytest.mark.parametrize("stage", [with_bot, with_alice, in_wrap_up, over])
    def test_again_answer_as_the_first_time(self, stage: Stage) -> None:
        first, *rest = stage()
        reply = MessageReply(MESSAGE, 2, replayed=True)
        given(first, POSTED, *rest).when(post()).nothing().answers(reply)

    @pytest.mark.parametrize(
        "command", [post("Bye"), agent_post(), note()], ids=["other text", "other sender", "a note"]
    )
    def test_of_a_taken_id_are_refused(self, command: Command) -> None:
        given(*with_alice(POSTED)).when(command).then().refuses(RefusalCode.ID_CONFLICT)

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    @pytest.mark.parametrize("command", [post(), agent_post()], ids=["customer", "agent"])
    def test_after_the_end_are_refused(self, stage: Stage, command: Command) -> None:
        given(*stage()).when(command).then().refuses(RefusalCode.CONVERSATION_ENDED)

    def test_of_an_agent_bear_the_name(self) -> None:
        posted = msgspec.structs.replace(POSTED, sender=ALICE)
        given(*with_alice()).when(agent_post()).then(posted).answers(MessageReply(MESSAGE, 4))

    @pytest.mark.parametrize("events", [waiting(), with_alice(LEFT_AT_LOGOUT, requested())], ids=["before", "after"])
    def test_of_an_agent_who_takes_no_part_are_refused(self, events: tuple[Event, ...]) -> None:
        given(*events).when(agent_post()).then().refuses(RefusalCode.NOT_PARTICIPANT)

    def test_of_an_agent_again_after_leaving_answer_as_the_first_time(self) -> None:
        posted = msgspec.structs.replace(POSTED, sender=ALICE)
        events = with_alice(posted, LEFT_AT_LOGOUT, requested())
        given(*events).when(agent_post()).nothing().answers(MessageReply(MESSAGE, 4, replayed=True))

    def test_survive_a_change_of_the_agents_name(self) -> None:
        posted = msgspec.structs.replace(POSTED, sender=Sender("agent", "alice", "Alice before the wedding"))
        given(*with_alice(posted)).when(agent_post()).nothing().answers(MessageReply(MESSAGE, 4, replayed=True))


class TestNotes:
    def test_are_added_by_those_who_take_part(self) -> None:
        given(*with_alice()).when(note()).then(NOTED).tells().answers(MessageReply(MESSAGE, 4))

    def test_are_added_in_wrap_up_too(self) -> None:
        given(*in_wrap_up()).when(note()).then(NOTED).answers(MessageReply(MESSAGE, 5))

    def test_again_answer_as_the_first_time(self) -> None:
        again = given(*with_alice(NOTED, ended(), LEFT_AT_END)).when(note())
        again.nothing().answers(MessageReply(MESSAGE, 4, replayed=True))

    @pytest.mark.parametrize("command", [note(text="Bye"), note("bob"), agent_post()], ids=["text", "author", "kind"])
    def test_of_a_taken_id_are_refused(self, command: Command) -> None:
        given(*with_alice(NOTED)).when(command).then().refuses(RefusalCode.ID_CONFLICT)

    def test_of_others_are_refused(self) -> None:
        given(*with_alice()).when(note("bob")).then().refuses(RefusalCode.NOT_PARTICIPANT)

    def test_of_others_after_the_end_are_refused(self) -> None:
        given(*over()).when(note()).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestBot:
    def test_answers_while_it_owns_the_conversation(self) -> None:
        posted = msgspec.structs.replace(POSTED, sender=BOT)
        given(*with_bot()).when(bot_post()).then(posted).tells().answers(MessageReply(MESSAGE, 2))

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

    @pytest.mark.parametrize("stage", [waiting, over])
    def test_that_repeats_a_dropped_reply_is_recorded_once(self, stage: Stage) -> None:
        given(*stage()).when(bot_post(), bot_post()).then().refuses(RefusalCode.NOT_OWNER)

    def test_that_repeats_a_reply_after_losing_the_conversation_hears_the_first_answer(self) -> None:
        posted = msgspec.structs.replace(POSTED, sender=BOT)
        reply = MessageReply(MESSAGE, 2, replayed=True)
        given(STARTED, posted, requested()).when(bot_post()).nothing().answers(reply)

    def test_cannot_take_a_message_id_of_the_customer(self) -> None:
        given(*with_bot(POSTED)).when(bot_post()).then().refuses(RefusalCode.ID_CONFLICT)

    def test_that_fails_hands_over(self) -> None:
        failed = BotFailed(bot="greeter", attempts=3, error="timeout")
        result = given(*with_bot()).when(bot_failure())
        result.then(failed, requested(requested_by=SYSTEM, reason="bot_failed")).tells(enqueue()).answers(Done(3))

    @pytest.mark.parametrize("stage", [waiting, with_alice, over])
    def test_that_fails_after_losing_the_conversation_changes_nothing(self, stage: Stage) -> None:
        version = len(stage())
        given(*stage()).when(bot_failure()).nothing().answers(Done(version, replayed=True))

    def test_of_another_name_that_fails_changes_nothing(self) -> None:
        given(*with_bot()).when(bot_failure("other")).nothing().answers(Done(1, replayed=True))


class TestRequestForAnAgent:
    @pytest.mark.parametrize("sender", [CUSTOMER, BOT], ids=["customer", "bot"])
    def test_goes_to_the_line(self, sender: Sender) -> None:
        result = given(*with_bot()).when(ask_for_agent(sender, "help"))
        result.then(requested(requested_by=sender, reason="help")).tells(enqueue()).answers(Done(2))
        result.then_state(status="waiting_for_agent")

    @pytest.mark.parametrize("stage", [waiting, with_alice])
    def test_again_changes_nothing(self, stage: Stage) -> None:
        version = len(stage())
        again = msgspec.structs.replace(ask_for_agent(), task_id=SECOND_TASK)
        given(*stage()).when(again).nothing().answers(Done(version, replayed=True))

    def test_by_another_bot_is_refused(self) -> None:
        other = ask_for_agent(Sender("bot", "other"))
        given(*with_bot()).when(other).then().refuses(RefusalCode.NOT_OWNER)

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    def test_after_the_end_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(ask_for_agent()).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestJoining:
    def test_makes_the_agent_the_owner(self) -> None:
        given(*waiting()).when(join()).then(JOINED).tells().then_state(status="with_agent", served_by="alice")

    @pytest.mark.parametrize("stage", [with_bot, with_alice, in_wrap_up, over])
    def test_is_turned_away_when_no_agent_is_wanted(self, stage: Stage) -> None:
        close = CloseTask(at=later(5), task_id=TASK)
        given(*stage()).when(join()).then().tells(("agent-alice", close))

    def test_is_turned_away_for_a_task_of_the_past(self) -> None:
        close = CloseTask(at=later(5), task_id=SECOND_TASK)
        given(*waiting()).when(join(SECOND_TASK)).then().tells(("agent-alice", close))


class TestLosingTheAgent:
    release = ReleaseAgent(at=later(60), agent_id="alice", task_id=SECOND_TASK)

    def test_puts_the_conversation_back_at_its_old_place(self) -> None:
        again = requested(task_id=SECOND_TASK, requested_by=SYSTEM, reason="agent_logout")
        result = given(*with_alice()).when(self.release).then(LEFT_AT_LOGOUT, again)
        result.tells(enqueue(task_id=SECOND_TASK, seconds=60))
        result.then_state(status="waiting_for_agent", agents={})

    @pytest.mark.parametrize("stage", [waiting, over])
    def test_who_takes_no_part_changes_nothing(self, stage: Stage) -> None:
        given(*stage()).when(self.release).nothing()

    def test_in_wrap_up_completes_it(self) -> None:
        close = CloseTask(at=later(60), task_id=TASK)
        result = given(*in_wrap_up()).when(self.release).then(WRAP_UP_TIMED_OUT, LEFT_AT_END)
        result.tells(("agent-alice", close)).then_state(status="ended", agents={})


class TestEnd:
    def test_with_the_bot_tells_nobody(self) -> None:
        given(*with_bot()).when(end()).then(ended()).tells().answers(Done(2)).then_state(status="ended")

    def test_by_the_bot(self) -> None:
        given(*with_bot()).when(end(BOT)).then(ended(ended_by=BOT)).answers(Done(2))

    def test_while_waiting_cancels_the_task(self) -> None:
        cancel = CancelTask(at=later(60), task_id=TASK, reason="customer_left")
        given(*waiting()).when(end()).then(ended()).tells(("router-chat", cancel)).answers(Done(3))

    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE], ids=["customer", "agent"])
    def test_closes_the_agents_task(self, sender: Sender) -> None:
        finish = FinishTask(at=later(60), task_id=TASK, wrap_up_seconds=0.0)
        result = given(*with_alice()).when(end(sender)).then(ended(ended_by=sender), LEFT_AT_END)
        result.tells(("agent-alice", finish)).answers(Done(5)).then_state(status="ended", agents={})

    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE], ids=["customer", "agent"])
    def test_leads_to_wrap_up_where_the_queue_wants_it(self, sender: Sender) -> None:
        finish = FinishTask(at=later(60), task_id=TASK, wrap_up_seconds=30.0)
        result = given(*with_alice_of_sales()).when(end(sender)).then(ended(wrap_up=True, ended_by=sender))
        result.tells(("agent-alice", finish)).answers(Done(4)).then_state(status="wrap_up")

    @pytest.mark.parametrize("stage", [in_wrap_up, over])
    @pytest.mark.parametrize("sender", [CUSTOMER, ALICE, BOT], ids=["customer", "agent", "bot"])
    def test_again_changes_nothing(self, stage: Stage, sender: Sender) -> None:
        version = len(stage())
        given(*stage()).when(end(sender)).nothing().answers(Done(version, replayed=True))

    def test_by_an_agent_who_takes_no_part_is_refused(self) -> None:
        given(*with_alice()).when(end(Sender("agent", "bob"))).then().refuses(RefusalCode.NOT_PARTICIPANT)

    @pytest.mark.parametrize("stage", [waiting, with_alice])
    def test_by_a_bot_that_lost_the_conversation_is_refused(self, stage: Stage) -> None:
        given(*stage()).when(end(BOT)).then().refuses(RefusalCode.NOT_OWNER)


class TestWrapUp:
    def test_closes_the_task_and_the_conversation(self) -> None:
        close = CloseTask(at=later(70), task_id=TASK)
        result = given(*in_wrap_up()).when(wrap_up()).then(WRAPPED_UP, LEFT_AT_END)
        result.tells(("agent-alice", close)).answers(Done(6)).then_state(
            status="ended", agents={}, wrap_up=(["sale"], "Sold one")
        )

    def test_may_follow_where_the_queue_gives_no_time_for_it(self) -> None:
        events = with_alice(ended(), LEFT_AT_END)
        given(*events).when(wrap_up()).then(WRAPPED_UP).tells().answers(Done(6))

    def test_twice_is_answered_as_before(self) -> None:
        given(*in_wrap_up()).when(wrap_up(), wrap_up()).then().tells().answers(Done(6, replayed=True))

    def test_another_one_after_it_is_refused(self) -> None:
        other = CompleteWrapUp(at=later(70), agent_id="alice", codes=["complaint"], note=None)
        given(*in_wrap_up()).when(wrap_up(), other).then().refuses(RefusalCode.NO_WRAP_UP)

    def test_before_the_end_is_refused(self) -> None:
        given(*with_alice()).when(wrap_up()).then().refuses(RefusalCode.NO_WRAP_UP)

    def test_by_another_is_refused(self) -> None:
        given(*in_wrap_up()).when(wrap_up("bob")).then().refuses(RefusalCode.CONVERSATION_ENDED)

    def test_of_a_conversation_without_agents_is_refused(self) -> None:
        given(*over()).when(wrap_up()).then().refuses(RefusalCode.CONVERSATION_ENDED)


class TestMemory:
    @pytest.mark.parametrize(
        ("stage", "finished"),
        [
            (Stage(()), True),
            (with_bot, False),
            (waiting, False),
            (with_alice, False),
            (in_wrap_up, False),
            (over, True),
        ],
    )
    def test_keeps_what_goes_on(self, stage: Stage, finished: bool) -> None:
        assert CONVERSATION.finished(given(*stage()).state) is finished

    def test_needs_no_deadline(self) -> None:
        assert not CONVERSATION.deadlines(given(*in_wrap_up()).state)
