"""The return of a customer to a conversation, as the conversation decides it."""

from actors.conversation import CONVERSATION
from schemas.commands import ReturnCustomer
from schemas.content import Sender, TextContent
from schemas.events import ConversationEnded, ConversationStarted, Customer, CustomerReturned, MessagePosted
from schemas.instants import format_instant
from schemas.replies import RefusalCode, StartReply
from tests.actors.scenario import scenario
from tests.examples import NOW, identifier, later

ID = identifier(1)
MESSAGE = identifier(2)
CUSTOMER = Sender("customer", "c-7", "Ada")

given = scenario(CONVERSATION, ID)

STARTED = ConversationStarted(
    conversation_id=ID,
    channel="sms",
    customer=Customer(id="c-7", name="Ada"),
    queue="support",
    mrd="chat",
    bot="greeter",
    language=None,
    attributes={},
    started_at=NOW,
    opened_at_version=1,
    request_digest="digest",
)
ENDED = ConversationEnded(reason="customer_left", ended_by=CUSTOMER, wrap_up=False)
POSTED = MessagePosted(message_id=MESSAGE, sender=CUSTOMER, content=TextContent("Hello"))


def back(text: str | None = "Hello") -> ReturnCustomer:
    return ReturnCustomer(at=later(60), message_id=MESSAGE, text=text)


def reply(version: int, replayed: bool = False) -> StartReply:
    return StartReply(ID, "with_bot", version, format_instant(NOW), replayed)


def test_posts_the_customers_text() -> None:
    result = given(STARTED).when(back()).then(CustomerReturned(returned_at=later(60)), POSTED)
    result.answers(reply(3))


def test_without_a_text_is_recorded() -> None:
    given(STARTED).when(back(None)).then(CustomerReturned(returned_at=later(60))).answers(reply(2))


def test_again_answers_as_before() -> None:
    given(STARTED).when(back(), back()).nothing().answers(reply(3, replayed=True))


def test_again_answers_as_before_after_the_end_too() -> None:
    result = given(STARTED, CustomerReturned(returned_at=NOW), POSTED, ENDED).when(back()).nothing()
    result.answers(StartReply(ID, "ended", 3, format_instant(NOW), replayed=True))


def test_with_another_text_under_the_same_id_is_refused() -> None:
    for text in ("Bye", None):
        given(STARTED).when(back(), back(text)).then().refuses(RefusalCode.ID_CONFLICT)


def test_returning_after_the_end_is_refused() -> None:
    given(STARTED, ENDED).when(back()).then().refuses(RefusalCode.CONVERSATION_ENDED)
