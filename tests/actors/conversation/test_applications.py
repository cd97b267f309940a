"""Messages of applications, and the conversations that they start."""

import msgspec

from schemas.commands import EnqueueTask, ReturnCustomer
from schemas.content import Sender, TextContent
from schemas.events import AgentRequested, ConversationStarted, CustomerReturned, MessagePosted
from schemas.replies import MessageReply, RefusalCode, StartReply
from tests.actors.conversation.examples import (
    ALICE,
    CUSTOMER,
    LIMITED,
    LINE,
    MESSAGE,
    NOTICE,
    NOTIFIED,
    STARTED,
    TASK,
    application_post,
    ask_for_agent,
    expects,
    given,
    joined,
    over,
    post,
    posted,
    requested,
    start_by_application,
)
from tests.examples import SALES, later

SHOP = Sender("application", "shop")
SAID = MessagePosted(message_id=MESSAGE, sender=SHOP, content=TextContent("Hello"))
IN_LINE = AgentRequested(task_id=TASK, queue=SALES, reason=None, requested_by=CUSTOMER, queued_at=later(1))
ENQUEUED = (
    "router-chat",
    EnqueueTask(at=later(1), task_id=TASK, conversation_id=STARTED.conversation_id, queue=SALES, queued_at=later(1)),
)
WAITED_FOR = tuple(
    msgspec.structs.replace(event, expects=expects("customer", 0)) if isinstance(event, MessagePosted) else event
    for event in NOTIFIED
)
WITH_LIMIT = (msgspec.structs.replace(NOTIFIED[0], inactivity_seconds=100.0), *WAITED_FOR[1:])


def test_a_conversation_that_an_application_starts_waits_for_its_customer() -> None:
    result = given().when(start_by_application()).then(*NOTIFIED).sends()
    result.answers(MessageReply(NOTICE, 2)).then_state(status="waiting_for_customer", expected=None)


def test_the_bot_of_the_channel_owns_the_answer() -> None:
    result = given().when(start_by_application(bot="greeter", suggests=True)).sends()
    result.then_state(status="with_bot", bot="greeter", suggests=True)


def test_the_customer_is_expected_to_answer_where_the_channel_has_a_limit() -> None:
    given().when(start_by_application(inactivity_seconds=100.0)).then(*WITH_LIMIT)


def test_a_repeated_start_answers_as_the_first_did() -> None:
    result = given(*NOTIFIED, SAID).when(start_by_application()).nothing()
    result.answers(MessageReply(NOTICE, 2, replayed=True))


def test_another_start_with_the_same_id_is_refused() -> None:
    other = start_by_application(request_digest="other")
    given(*NOTIFIED).when(other).refuses(RefusalCode.ID_CONFLICT)
    given(STARTED).when(other).refuses(RefusalCode.ID_CONFLICT)


def test_the_answer_goes_into_the_line() -> None:
    result = given(*NOTIFIED).when(post(line=LINE)).then(posted(), IN_LINE).sends(ENQUEUED)
    result.answers(MessageReply(MESSAGE, 3)).then_state(status="waiting_for_agent", expected=None)


def test_a_repeated_answer_does_not_go_into_the_line_again() -> None:
    result = given(*NOTIFIED, posted(), IN_LINE).when(post(line=LINE)).nothing()
    result.answers(MessageReply(MESSAGE, 3, replayed=True))


def test_the_answer_of_a_conversation_with_a_bot_goes_to_the_bot() -> None:
    started = msgspec.structs.replace(NOTIFIED[0], bot="greeter")
    given(started, NOTIFIED[1]).when(post(line=LINE)).then(posted()).sends()


def test_a_customer_who_comes_back_goes_into_the_line_with_the_first_word() -> None:
    returned = CustomerReturned(returned_at=later(1))
    silent = ReturnCustomer(at=later(1), message_id=MESSAGE, line=LINE)
    given(*NOTIFIED).when(silent).then(returned).sends().then_state(status="waiting_for_customer")
    speaking = ReturnCustomer(at=later(1), message_id=MESSAGE, text="Hello", line=LINE)
    result = given(*NOTIFIED).when(speaking).then(returned, posted(), IN_LINE).sends(ENQUEUED)
    assert isinstance(NOTIFIED[0], ConversationStarted)
    start = StartReply(NOTIFIED[0].conversation_id, "waiting_for_agent", 4, "2026-11-22T10:00:00.000000Z")
    result.answers(start)


def test_the_customer_may_ask_for_an_agent_without_a_word() -> None:
    asked = ask_for_agent(requested_by=CUSTOMER)
    given(*NOTIFIED).when(asked).then_state(status="waiting_for_agent")


def test_an_application_writes_into_any_open_conversation() -> None:
    for before in ((STARTED,), (STARTED, requested()), (STARTED, requested(), joined())):
        result = given(*before).when(application_post()).then(SAID).sends()
        result.answers(MessageReply(MESSAGE, len(before) + 1))


def test_a_message_is_posted_once() -> None:
    given(STARTED, SAID).when(application_post()).nothing().answers(MessageReply(MESSAGE, 2, replayed=True))
    given(STARTED, SAID).when(application_post("Other")).refuses(RefusalCode.ID_CONFLICT)
    given(STARTED, posted(ALICE)).when(application_post()).refuses(RefusalCode.ID_CONFLICT)


def test_no_application_writes_into_a_conversation_that_has_ended() -> None:
    given(*over()).when(application_post()).refuses(RefusalCode.CONVERSATION_ENDED)


def test_an_application_does_not_answer_in_place_of_the_agent() -> None:
    waiting = (STARTED, requested(LIMITED), joined(expected=expects("agent", 0)))
    given(*waiting).when(application_post()).then_state(expected=expects("agent", 0))


def test_another_message_gives_the_customer_the_whole_time_again() -> None:
    result = given(*WITH_LIMIT).when(application_post(seconds=60))
    result.then_state(expected=expects("customer", 60))
