"""Conversations, their statuses and participants, event by event."""

from typing import Literal

import pytest

from projections.facts.conversations import CONVERSATION_ROWS, CONVERSATIONS, PARTICIPATIONS, STATUSES
from schemas.content import Sender
from schemas.events import (
    AgentJoined,
    AgentRoleChanged,
    AssistRequested,
    BotAssigned,
    ConversationRated,
    Event,
    LabelsChanged,
    QueueChanged,
    Role,
    WrapUpCompleted,
)
from schemas.queues import QueueSettings
from schemas.tasks import Direction
from tests.examples import CALLBACK, SALES
from tests.projections.facts.conversing import (
    ALICE,
    BOT,
    CUSTOMER,
    SYSTEM,
    conversing,
    ended,
    left,
    posted,
    requested,
    started,
)
from tests.projections.facts.given import Facts, at, given


def conversation(*moments: tuple[float, *tuple[Event, ...]]) -> Facts:
    return given(CONVERSATIONS, *conversing(*moments))


def joined(agent_id: str = "alice", role: Role = "primary", task_id: str = "t1") -> AgentJoined:
    return AgentJoined(agent_id=agent_id, agent_name=agent_id.title(), role=role, task_id=task_id)


def becomes(agent_id: str, role: Role, direction: Direction, request_id: str | None = None) -> AgentRoleChanged:
    return AgentRoleChanged(agent_id=agent_id, role=role, direction=direction, request_id=request_id)


def handed_back() -> BotAssigned:
    return BotAssigned(bot="helper", suggests=False, assigned_by=ALICE, note=None)


def asks_for(direction: Literal["consult", "conference"]) -> AssistRequested:
    return AssistRequested(task_id="t2", agent_id="alice", direction=direction, queue=SALES, to_agent=None, note=None)


def moved(queue: QueueSettings = SALES) -> QueueChanged:
    return QueueChanged(task_id="t1", queue=queue, reason="overflow")


def wrapped_up(
    reason: Literal["submitted", "timeout", "agent_logout"], *codes: str, note: str | None = None
) -> WrapUpCompleted:
    return WrapUpCompleted(agent_id="alice", codes=list(codes), note=note, reason=reason)


def only(facts: Facts, *columns: str) -> tuple[object, ...]:
    (row,) = facts.rows(CONVERSATION_ROWS, *columns)
    return row


def shares(facts: Facts) -> tuple[object, ...]:
    """The seconds in which a bot owned the answer, an agent was waited for, and an agent owned the answer."""
    return only(facts, "bot_time", "waiting_time", "agent_time")


def statuses(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(STATUSES, "status", "owner", "queue", "started_at", "ended_at")


def parts(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(PARTICIPATIONS, "agent_id", "role", "task_id", "joined_at", "left_at", "reason")


def test_a_conversation_that_has_only_begun() -> None:
    facts = conversation((2, started(channel="sms", direction="outbound")))
    assert only(facts, "conversation_id", "position", "channel", "direction", "bot", "queue", "mrd", "status") == (
        ("c1", 1, "sms", "outbound", "greeter", None, None, "with_bot")
    )
    assert only(facts, "started_at", "ended_at", "disposition", "ended_by", "waiting_since", "first_answered_at") == (
        (2, None, None, None, None, None)
    )
    assert only(facts, "agents", "labels", "wrap_up_codes", "wrap_up_note", "rating") == ([], [], [], None, None)
    assert statuses(facts) == [("with_bot", "greeter", None, 2, None)]


def test_a_conversation_from_the_bot_over_the_queue_to_its_wrap_up() -> None:
    facts = conversation(
        (0, started()),
        (10, requested(BOT, place=10)),
        (25, joined()),
        (85, ended("agent_ended", ALICE, wrap_up=True), left("alice", "conversation_ended")),
        (100, wrapped_up("submitted", "sold", "happy", note="A good one")),
    )
    assert shares(facts) == (10, 15, 60)
    assert only(facts, "queue", "mrd", "status", "disposition", "ended_by", "ended_at", "first_answered_at") == (
        ("support", "chat", "ended", "agent_ended", "agent", 85, 25)
    )
    assert only(facts, "wrap_up_codes", "wrap_up_note", "agents") == (["sold", "happy"], "A good one", ["alice"])
    assert statuses(facts) == [
        ("with_bot", "greeter", None, 0, 10),
        ("waiting_for_agent", None, "support", 10, 25),
        ("with_agent", "alice", "support", 25, 85),
        ("wrap_up", None, "support", 85, 100),
    ]
    assert parts(facts) == [("alice", "primary", "t1", 25, 85, "conversation_ended")]


def test_a_conversation_that_ends_with_the_bot() -> None:
    facts = conversation((0, started()), (30, ended("bot_ended", BOT)))
    assert shares(facts) == (30, 0, 0)
    assert only(facts, "status", "ended_at", "disposition", "ended_by") == ("ended", 30, "bot_ended", "bot")
    assert statuses(facts) == [("with_bot", "greeter", None, 0, 30)]


def test_a_conversation_without_a_bot_waits_from_the_beginning() -> None:
    facts = conversation((5, started(bot=None), requested(SYSTEM, place=5)), (9, joined()), (20, ended()))
    assert statuses(facts) == [
        ("waiting_for_agent", None, "support", 5, 9),
        ("with_agent", "alice", "support", 9, 20),
    ]
    assert shares(facts) == (0, 4, 11)


def test_a_conversation_that_an_application_has_started_is_nobodys_until_the_customer_answers() -> None:
    facts = conversation(
        (0, started(None, direction="outbound"), posted(Sender("application", "shop"))),
        (30, posted(CUSTOMER), requested(place=30)),
        (50, joined()),
        (60, ended()),
    )
    assert statuses(facts) == [
        ("waiting_for_customer", None, None, 0, 30),
        ("waiting_for_agent", None, "support", 30, 50),
        ("with_agent", "alice", "support", 50, 60),
    ]
    assert shares(facts) == (0, 20, 10)


def test_everything_at_one_instant_leaves_no_statuses() -> None:
    facts = conversation((0, started(), requested(), joined(), ended()))
    assert (statuses(facts), shares(facts)) == ([], (0, 0, 0))
    assert only(facts, "status", "first_answered_at", "ended_at") == ("ended", 0, 0)


@pytest.mark.parametrize(("reason", "codes"), [("timeout", []), ("agent_logout", []), ("submitted", ["other"])])
def test_wrap_up_ends_for_whatever_reason(
    reason: Literal["submitted", "timeout", "agent_logout"], codes: list[str]
) -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (9, ended("customer_left", CUSTOMER, wrap_up=True), left("alice", "conversation_ended")),
        (39, wrapped_up(reason, *codes)),
    )
    assert only(facts, "status", "ended_at", "wrap_up_codes", "wrap_up_note") == ("ended", 9, codes, None)
    assert statuses(facts)[-1] == ("wrap_up", None, "support", 9, 39)


def test_a_wrap_up_that_lasts() -> None:
    facts = conversation((0, started(bot=None), requested(), joined()), (9, ended(wrap_up=True)))
    assert only(facts, "status", "ended_at") == ("wrap_up", 9)
    assert statuses(facts)[-1] == ("wrap_up", None, "support", 9, None)


def test_messages_are_counted_by_sender() -> None:
    application = Sender("application", "shop")
    senders = [CUSTOMER, CUSTOMER, BOT, ALICE, ALICE, ALICE, SYSTEM, application]
    facts = conversation((0, started()), *((1, posted(sender)) for sender in senders), (2, ended()), (3, posted(ALICE)))
    assert only(facts, "customer_messages", "bot_messages", "agent_messages") == (2, 1, 4)


def test_a_conversation_is_rated_and_labelled_after_its_end() -> None:
    def labelled(*labels: str) -> LabelsChanged:
        return LabelsChanged(labels=list(labels), changed_by=ALICE)

    facts = conversation(
        (0, started()),
        (1, labelled("urgent")),
        (2, ended()),
        (3, ConversationRated(score=2, comment=None)),
        (4, ConversationRated(score=5, comment="Better")),
        (5, labelled("urgent", "refund")),
        (6, labelled("refund")),
    )
    assert only(facts, "rating", "labels", "status") == (5, ["refund"], "ended")


def test_a_direct_transfer_waits_again() -> None:
    facts = conversation(
        (0, started(bot=None), requested()),
        (5, joined()),
        (20, left("alice", "transferred"), requested(ALICE, place=20, queue=SALES, task_id="t2")),
        (28, joined("bob", task_id="t2")),
        (40, ended()),
    )
    assert only(facts, "transfers", "queue", "agents", "first_answered_at") == (1, "sales", ["alice", "bob"], 5)
    assert shares(facts) == (0, 5 + 8, 15 + 12)
    assert parts(facts)[0] == ("alice", "primary", "t1", 5, 20, "transferred")
    assert statuses(facts)[2] == ("waiting_for_agent", None, "sales", 20, 28)


def test_an_agent_who_is_lost_is_waited_for_again_without_a_transfer() -> None:
    facts = conversation(
        (0, started(bot=None), requested()),
        (5, joined()),
        (20, left("alice", "connection_lost"), requested(SYSTEM, place=0)),
    )
    assert only(facts, "transfers", "status", "waiting_since") == (0, "waiting_for_agent", 20)
    assert shares(facts) == (0, 5, 15)
    assert parts(facts) == [("alice", "primary", "t1", 5, 20, "connection_lost")]


def test_a_wait_goes_on_in_another_queue() -> None:
    facts = conversation((0, started()), (10, requested(place=10)), (30, moved()), (30, moved(CALLBACK)), (45, moved()))
    assert only(facts, "queue", "mrd", "waiting_since", "waiting_time") == ("sales", "chat", 10, 0)
    assert statuses(facts) == [
        ("with_bot", "greeter", None, 0, 10),
        ("waiting_for_agent", None, "support", 10, 30),
        ("waiting_for_agent", None, "callback", 30, 45),
        ("waiting_for_agent", None, "sales", 45, None),
    ]
    over = conversation((0, started()), (10, requested(place=10)), (30, moved()), (60, joined()))
    assert only(over, "waiting_since", "waiting_time") == (None, 50)


def test_a_move_of_a_task_that_is_no_longer_needed_changes_nothing() -> None:
    facts = conversation((0, started(bot=None), requested()), (5, joined()), (6, moved()))
    assert only(facts, "queue", "status") == ("support", "with_agent")
    assert len(statuses(facts)) == 2


def test_a_callback_is_waited_for_from_when_it_is_due() -> None:
    asked = (0, started(bot=None), requested(place=100, queue=CALLBACK))
    assert only(conversation(asked), "status", "waiting_since", "mrd") == ("waiting_for_agent", 100, "callback")
    answered = conversation(asked, (130, joined()), (190, ended()))
    assert shares(answered) == (0, 30, 60)
    assert statuses(answered)[0] == ("waiting_for_agent", None, "callback", 0, 130)


def test_a_callback_that_is_moved_or_given_up_before_it_is_due_was_never_waited_for() -> None:
    asked = (0, started(bot=None), requested(place=100, queue=CALLBACK))
    assert only(conversation(asked, (40, moved())), "waiting_since", "waiting_time") == (100, 0)
    assert shares(conversation(asked, (40, moved()), (103, joined()))) == (0, 3, 0)
    given_up = conversation(asked, (40, ended("cancelled")))
    assert shares(given_up) == (0, 0, 0)
    assert only(given_up, "status", "waiting_since", "queue") == ("ended", None, "callback")


def test_an_agent_hands_back_to_a_bot() -> None:
    facts = conversation(
        (0, started()),
        (10, requested(place=10)),
        (15, joined()),
        (20, left("alice"), handed_back()),
        (50, requested(BOT, place=50)),
        (52, joined()),
        (60, ended()),
    )
    assert shares(facts) == (10 + 30, 5 + 2, 5 + 8)
    assert only(facts, "agents", "bot", "transfers", "first_answered_at") == (["alice"], "greeter", 0, 15)
    assert [row[:2] for row in statuses(facts)] == [
        ("with_bot", "greeter"),
        ("waiting_for_agent", None),
        ("with_agent", "alice"),
        ("with_bot", "helper"),
        ("waiting_for_agent", None),
        ("with_agent", "alice"),
    ]


def test_a_consult_leaves_the_answer_where_it_is() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, asks_for("consult")),
        (8, joined("bob", "consultant", "t2")),
        (20, left("bob")),
        (30, ended(), left("alice", "conversation_ended")),
    )
    assert only(facts, "consults", "conferences", "transfers", "agents") == (1, 0, 0, ["alice", "bob"])
    assert statuses(facts) == [("with_agent", "alice", "support", 0, 30)]
    assert parts(facts) == [
        ("alice", "primary", "t1", 0, 30, "conversation_ended"),
        ("bob", "consultant", "t2", 8, 20, "left"),
    ]


def test_a_consult_to_which_no_agent_comes() -> None:
    facts = conversation((0, started(bot=None), requested(), joined()), (5, asks_for("consult")), (9, ended()))
    assert only(facts, "consults", "agents") == (1, ["alice"])


def test_a_conference_with_somebody_new_and_with_the_consultant() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, asks_for("conference")),
        (8, joined("bob", "assistant", "t2")),
        (9, asks_for("consult")),
        (10, joined("carol", "consultant", "t3")),
        (15, becomes("carol", "assistant", "conference", "request")),
    )
    assert only(facts, "consults", "conferences", "transfers") == (1, 2, 0)
    assert parts(facts) == [
        ("alice", "primary", "t1", 0, None, None),
        ("bob", "assistant", "t2", 8, None, None),
        ("carol", "consultant", "t3", 10, 15, "role_changed"),
        ("carol", "assistant", "t3", 15, None, None),
    ]


def test_a_consult_that_becomes_a_transfer() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, asks_for("consult")),
        (8, joined("bob", "consultant", "t2")),
        (20, left("alice", "transferred"), becomes("bob", "primary", "transfer_consult", "request")),
    )
    assert only(facts, "transfers", "consults", "status", "first_answered_at") == (1, 1, "with_agent", 0)
    assert statuses(facts) == [
        ("with_agent", "alice", "support", 0, 20),
        ("with_agent", "bob", "support", 20, None),
    ]
    assert shares(facts) == (0, 0, 20)


def test_a_supervisor_monitors_barges_in_and_takes_over() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, joined("sue", "monitor", "t2")),
        (9, becomes("sue", "assistant", "barge_in")),
        (12, left("alice", "taken_over"), becomes("sue", "primary", "transfer_direct")),
        (20, ended("agent_ended", Sender("agent", "sue")), left("sue", "conversation_ended")),
    )
    assert only(facts, "conferences", "transfers", "agents", "ended_by") == (0, 0, ["alice", "sue"], "agent")
    assert parts(facts) == [
        ("alice", "primary", "t1", 0, 12, "taken_over"),
        ("sue", "monitor", "t2", 5, 9, "role_changed"),
        ("sue", "assistant", "t2", 9, 12, "role_changed"),
        ("sue", "primary", "t2", 12, 20, "conversation_ended"),
    ]
    assert statuses(facts) == [
        ("with_agent", "alice", "support", 0, 12),
        ("with_agent", "sue", "support", 12, 20),
    ]


def test_a_supervisor_takes_over_from_the_line() -> None:
    facts = conversation((0, started(bot=None), requested()), (30, joined("sue", task_id="t2")))
    assert only(facts, "transfers", "status", "waiting_time", "waiting_since", "first_answered_at") == (
        (0, "with_agent", 30, None, 30)
    )


def test_a_supervisor_takes_over_from_the_bot() -> None:
    sue = Sender("agent", "sue")
    facts = conversation((0, started()), (30, requested(sue, place=30, task_id="t2"), joined("sue", task_id="t2")))
    assert only(facts, "transfers", "status", "queue", "waiting_since") == (0, "with_agent", "support", None)
    assert shares(facts) == (30, 0, 0)
    assert statuses(facts) == [
        ("with_bot", "greeter", None, 0, 30),
        ("with_agent", "sue", "support", 30, None),
    ]


def test_an_agent_who_joins_again_has_another_part() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, left("alice")),
        (6, joined("alice", "assistant", "t2")),
        (7, joined("alice", "primary", "t3")),
    )
    assert only(facts, "agents") == (["alice"],)
    assert parts(facts) == [
        ("alice", "primary", "t1", 0, 5, "left"),
        ("alice", "assistant", "t2", 6, 7, "role_changed"),
        ("alice", "primary", "t3", 7, None, None),
    ]


def test_a_change_of_role_without_a_join_makes_a_part_without_a_task() -> None:
    facts = conversation((0, started(bot=None), requested()), (5, becomes("bob", "primary", "transfer_direct")))
    assert parts(facts) == [("bob", "primary", "", 5, None, None)]
    assert only(facts, "status", "first_answered_at") == ("with_agent", 5)


def test_an_agent_who_takes_no_part_cannot_leave() -> None:
    facts = conversation((0, started()), (5, left("bob")), (6, ended()), (7, left("bob")))
    assert parts(facts) == []


def test_agents_may_stay_after_the_end() -> None:
    facts = conversation(
        (0, started(bot=None), requested(), joined()),
        (5, joined("sue", "monitor", "t2")),
        (9, ended()),
        (10, left("alice", "conversation_ended")),
        (12, left("sue", "conversation_ended")),
        (13, joined("late", "monitor", "t3")),
        (14, becomes("late", "primary", "transfer_direct")),
    )
    assert [row[4] for row in parts(facts)] == [10, 12]
    assert only(facts, "status", "agents") == ("ended", ["alice", "sue"])


def test_events_of_unknown_conversations_change_nothing() -> None:
    facts = conversation(
        (0, posted(CUSTOMER)),
        (1, handed_back()),
        (2, requested()),
        (3, moved()),
        (4, asks_for("consult")),
        (5, joined()),
        (6, becomes("alice", "assistant", "conference", "request")),
        (7, left("alice")),
        (8, ended(wrap_up=True)),
        (9, wrapped_up("submitted", "sold")),
        (10, ConversationRated(score=1, comment=None)),
        (11, LabelsChanged(labels=["urgent"], changed_by=ALICE)),
    )
    assert [facts.rows(table) for table in CONVERSATIONS.tables] == [[], [], [], []]


def test_conversations_have_nothing_to_do_with_each_other() -> None:
    facts = given(
        CONVERSATIONS,
        *conversing((0, started())),
        at(1, "conversation-c2", started(conversation_id="c2", bot=None), requested(place=1)),
        *conversing((5, ended())),
        at(9, "conversation-c2", joined()),
    )
    assert facts.rows(CONVERSATION_ROWS, "conversation_id", "status", "agents") == [
        ("c1", "ended", []),
        ("c2", "with_agent", ["alice"]),
    ]


def test_the_agent_who_owned_the_answer_last_and_the_status_in_which_it_ended() -> None:
    facts = conversation(
        (0, started(), requested(BOT)),
        (5, joined("alice")),
        (9, joined("bob", "assistant", "t2")),
        (12, becomes("bob", "primary", "transfer_consult")),
        (20, ended("agent_ended", ALICE, wrap_up=True)),
        (25, wrapped_up("submitted")),
    )
    assert only(facts, "last_agent_id", "last_agent_at", "ended_while") == ("bob", 12, "with_agent")
    facts = conversation((0, started()), (5, requested()), (9, ended()))
    assert only(facts, "last_agent_id", "last_agent_at", "ended_while") == (None, None, "waiting_for_agent")
    assert only(conversation((0, started()), (9, ended())), "ended_while") == ("with_bot",)
    assert only(conversation((0, started())), "ended_while") == (None,)
