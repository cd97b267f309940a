"""Conversations that an agent starts."""

from schemas.commands import CloseTask
from schemas.content import Sender, TextContent
from schemas.events import ConversationStarted, Customer, MessagePosted
from schemas.records import agent_stream
from tests.actors.conversation.examples import (
    ALICE,
    ID,
    MESSAGE,
    NEXT_TASK,
    STARTED,
    TASK,
    expects,
    given,
    joined,
    over,
    requested,
    start_outbound,
)
from tests.examples import NOW, SALES

AGENT = Sender("agent", "alice", "Alice")
OUTBOUND = (
    ConversationStarted(
        conversation_id=ID,
        channel="sms",
        customer=Customer(id="c-7", name="Ada", verified=True),
        queue="sales",
        mrd="chat",
        bot=None,
        language="en",
        attributes={"order": "4711"},
        started_at=NOW,
        opened_at_version=4,
        request_digest="digest",
        direction="outbound",
    ),
    requested(SALES, TASK, ALICE, None, queued_at=NOW, direction="outbound"),
    joined(direction="outbound"),
    MessagePosted(message_id=MESSAGE, sender=AGENT, content=TextContent("Your parcel is here")),
)


def test_the_agent_owns_the_answer_at_once() -> None:
    result = given().when(start_outbound()).then(*OUTBOUND).sends()
    result.then_state(status="with_agent", served_by="alice", version=4)


def test_the_customer_is_expected_to_answer_where_the_channel_has_a_limit() -> None:
    result = given().when(start_outbound(inactivity_seconds=100.0))
    result.then_state(expected=expects("customer", 0))


def test_a_repetition_changes_nothing() -> None:
    given(*OUTBOUND).when(start_outbound()).nothing()


def test_the_task_of_another_request_is_closed_again() -> None:
    close = (agent_stream("alice"), CloseTask(at=NOW, task_id=NEXT_TASK, reason="cancelled"))
    for before in ((STARTED,), OUTBOUND, over()):
        given(*before).when(start_outbound(NEXT_TASK)).then().sends(close)
