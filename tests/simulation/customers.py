"""The actions of customers, of their bots, and of applications that write to them."""

from datetime import timedelta

from actors.conversation import Conversation
from schemas.commands import (
    EndConversation,
    Line,
    NoticeCustomerActivity,
    PostApplicationMessage,
    PostBotMessage,
    PostCustomerMessage,
    PostSuggestion,
    RateConversation,
    RecordReceipt,
    ReportBotFailure,
    ReportBotSilence,
    RequestAgent,
    ReturnCustomer,
    StartApplicationConversation,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import Customer, CustomerActivity, ReceiptStatus
from schemas.records import conversation_stream
from tests.simulation.crowd import BOT_NAMES, TEXTS, Action, Crowd, Wish

__all__ = ["BOTS", "CUSTOMERS"]

CUSTOMER = Sender("customer", "c-7", "Ada")


def start(crowd: Crowd) -> Wish:
    world = crowd.world
    if len(world.open) >= crowd.most_open:
        return None
    conversation_id = world.new_id()
    crowd.over.append(conversation_id)
    bot = crowd.choose(["greeter", None])
    command = StartConversation(
        at=world.now,
        conversation_id=conversation_id,
        channel="web",
        customer=Customer(id="c-7", name="Ada"),
        queue=crowd.queue(),
        task_id=world.new_id(),
        message_id=world.new_id(),
        request_digest="digest",
        bot=bot,
        suggests=bot is not None,
        text=crowd.choose([None, *TEXTS]),
        inactivity_seconds=crowd.choose([None, 120.0]),
        preferred_agent=crowd.choose([None, *crowd.agents]),
        not_before=crowd.choose([None, None, None, world.now + timedelta(seconds=20)]) if bot is None else None,
        priority=crowd.choose([5, 5, 9]),
    )
    return crowd.to(conversation_stream(conversation_id), command)


def write(crowd: Crowd) -> Wish:
    content, line = TextContent(crowd.choose(TEXTS)), Line(crowd.queue(), crowd.world.new_id())
    return crowd.of_conversation(
        lambda _: PostCustomerMessage(at=crowd.world.now, message_id=crowd.world.new_id(), content=content, line=line)
    )


def write_too_late(crowd: Crowd) -> Wish:
    content = TextContent(crowd.choose(TEXTS))
    return crowd.of_past(
        lambda: PostCustomerMessage(at=crowd.world.now, message_id=crowd.world.new_id(), content=content)
    )


def write_nothing(crowd: Crowd) -> Wish:
    """Sends a command that no API should have let through: its event would not decode."""
    return crowd.of_conversation(
        lambda _: PostCustomerMessage(at=crowd.world.now, message_id=crowd.world.new_id(), content=TextContent(""))
    )


def come_back(crowd: Crowd) -> Wish:
    text = crowd.choose([None, *TEXTS])
    line = Line(crowd.queue(), crowd.world.new_id())
    return crowd.of_past(
        lambda: ReturnCustomer(at=crowd.world.now, message_id=crowd.world.new_id(), text=text, line=line)
    )


def ask_for_agent(crowd: Crowd) -> Wish:
    queue = crowd.queue()
    return crowd.of_conversation(
        lambda _: RequestAgent(at=crowd.world.now, task_id=crowd.world.new_id(), queue=queue, requested_by=CUSTOMER)
    )


def read(crowd: Crowd) -> Wish:
    def receipt(conversation: Conversation) -> RecordReceipt | None:
        if not conversation.posted:
            return None
        message_id = crowd.choose(list(conversation.posted))
        status: ReceiptStatus = crowd.choose(["delivered", "read", "failed"])
        return RecordReceipt(at=crowd.world.now, message_id=message_id, status=status, by=CUSTOMER)

    return crowd.of_conversation(receipt)


def type_on(crowd: Crowd) -> Wish:
    activity: CustomerActivity = crowd.choose(["typing", "upload"])
    return crowd.of_conversation(lambda _: NoticeCustomerActivity(at=crowd.world.now, activity=activity))


def leave(crowd: Crowd) -> Wish:
    return crowd.of_conversation(
        lambda _: EndConversation(at=crowd.world.now, ended_by=CUSTOMER, reason="customer_left")
    )


def rate(crowd: Crowd) -> Wish:
    score = crowd.choose([1, 5])
    return crowd.of_past(lambda: RateConversation(at=crowd.world.now, score=score))


def bot_answers(crowd: Crowd) -> Wish:
    bot, content = crowd.choose(BOT_NAMES), TextContent(crowd.choose(TEXTS))
    return crowd.of_conversation(
        lambda _: PostBotMessage(at=crowd.world.now, message_id=crowd.world.new_id(), bot=bot, content=content)
    )


def bot_suggests(crowd: Crowd) -> Wish:
    bot, content = crowd.choose(BOT_NAMES), TextContent(crowd.choose(TEXTS))
    return crowd.of_conversation(
        lambda _: PostSuggestion(at=crowd.world.now, message_id=crowd.world.new_id(), bot=bot, content=content)
    )


def bot_hands_over(crowd: Crowd) -> Wish:
    bot, queue = crowd.choose(BOT_NAMES), crowd.queue()
    return crowd.of_conversation(
        lambda _: RequestAgent(
            at=crowd.world.now, task_id=crowd.world.new_id(), queue=queue, requested_by=Sender("bot", bot)
        )
    )


def bot_fails(crowd: Crowd) -> Wish:
    bot, queue = crowd.choose(BOT_NAMES), crowd.queue()
    return crowd.of_conversation(
        lambda _: ReportBotFailure(
            at=crowd.world.now, bot=bot, attempts=3, error="timeout", task_id=crowd.world.new_id(), queue=queue
        )
    )


def bot_says_nothing(crowd: Crowd) -> Wish:
    bot, queue = crowd.choose(BOT_NAMES), crowd.queue()
    return crowd.of_conversation(
        lambda _: ReportBotSilence(
            at=crowd.world.now,
            bot=bot,
            message_id=crowd.world.new_id(),
            max_turns=2,
            task_id=crowd.world.new_id(),
            queue=queue,
        )
    )


def bot_ends(crowd: Crowd) -> Wish:
    ender = Sender("bot", crowd.choose(BOT_NAMES))
    return crowd.of_conversation(lambda _: EndConversation(at=crowd.world.now, ended_by=ender, reason="bot_ended"))


def application_writes_first(crowd: Crowd) -> Wish:
    world = crowd.world
    if len(world.open) >= crowd.most_open:
        return None
    conversation_id = world.new_id()
    crowd.over.append(conversation_id)
    command = StartApplicationConversation(
        at=world.now,
        conversation_id=conversation_id,
        channel="sms",
        customer=Customer(id="c-7", name="Ada", verified=True),
        queue=crowd.queue(),
        message_id=world.new_id(),
        request_digest="digest",
        application="shop",
        content=TextContent(crowd.choose(TEXTS)),
        bot=crowd.choose(["greeter", None]),
        inactivity_seconds=crowd.choose([None, 120.0]),
    )
    return crowd.to(conversation_stream(conversation_id), command)


def application_writes(crowd: Crowd) -> Wish:
    content = TextContent(crowd.choose(TEXTS))
    return crowd.of_conversation(
        lambda _: PostApplicationMessage(
            at=crowd.world.now, message_id=crowd.world.new_id(), application="shop", content=content
        )
    )


CUSTOMERS: dict[Action, float] = {
    start: 12,
    write: 14,
    write_too_late: 1,
    write_nothing: 1,
    come_back: 1,
    Crowd.repeat: 4,
    ask_for_agent: 3,
    read: 3,
    type_on: 3,
    leave: 2,
    rate: 1,
    application_writes_first: 2,
    application_writes: 1,
}
BOTS: dict[Action, float] = {
    bot_answers: 8,
    bot_suggests: 2,
    bot_hands_over: 5,
    bot_fails: 1,
    bot_says_nothing: 1,
    bot_ends: 1,
}
"""The actions of customers, each with its frequency relative to the others."""
