"""A conversation of Ada with the bot greeter, with Alice and Bob, and with Sue who supervises."""

from dataclasses import dataclass
from typing import Any

import msgspec

from actors.conversation import CONVERSATION
from schemas.commands import (
    AddNote,
    AssignBot,
    AssignTaskDirectly,
    AssistConversation,
    CancelTask,
    CloseTask,
    CompleteWrapUp,
    EndConversation,
    EnqueueTask,
    FinishTask,
    JoinAgent,
    LeaveConversation,
    Line,
    PostAgentMessage,
    PostApplicationMessage,
    PostBotMessage,
    PostCustomerMessage,
    PostSuggestion,
    PostSystemMessage,
    RaiseHand,
    ReleaseAgent,
    ReportBotFailure,
    ReportBotSilence,
    RequestAgent,
    StartApplicationConversation,
    StartConversation,
    StartOutboundConversation,
    SuperviseConversation,
    TransferConversation,
    Whisper,
)
from schemas.content import Sender, TextContent
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentRoleChanged,
    AssistEnded,
    AssistRequested,
    BotAssigned,
    ConversationEnded,
    ConversationStarted,
    Customer,
    Event,
    ExpectedAnswer,
    MessagePosted,
    Role,
)
from schemas.queues import QueueSettings
from schemas.records import agent_stream, router_stream
from schemas.tasks import CloseReason, Direction
from tests.actors.scenario import scenario
from tests.examples import NOW, SALES, SUPPORT, identifier, later

__all__ = [
    "ALICE",
    "BOB",
    "BOT",
    "CUSTOMER",
    "ID",
    "JOINED",
    "LIMITED",
    "LINE",
    "MESSAGE",
    "NEXT_TASK",
    "NOTICE",
    "NOTIFIED",
    "POSTED",
    "START",
    "STARTED",
    "STARTED_DIRECT",
    "SYSTEM",
    "TASK",
    "TASK_OF",
    "Stage",
    "add_note",
    "agent_post",
    "application_post",
    "ask_for_agent",
    "assign_bot",
    "assign_directly",
    "assigned_bot",
    "assist",
    "assist_ended",
    "assist_requested",
    "barged_in",
    "bot_failure",
    "bot_post",
    "bot_silence",
    "cancel",
    "close",
    "conference",
    "consulting",
    "end",
    "ended",
    "enqueue",
    "expects",
    "finish",
    "given",
    "in_wrap_up",
    "join",
    "joined",
    "leave",
    "left",
    "monitored",
    "over",
    "post",
    "posted",
    "raise_hand",
    "release",
    "requested",
    "role_changed",
    "start_by_application",
    "start_outbound",
    "suggest",
    "supervise",
    "system_post",
    "transfer",
    "waiting",
    "whisper",
    "with_alice",
    "with_bot",
    "with_sales",
    "wrap_up",
]

ID = identifier(1)
TASK = identifier(2)
NEXT_TASK = identifier(3)
MESSAGE = identifier(4)
TASK_OF = {"alice": TASK, "bob": identifier(5), "sue": identifier(6)}
CUSTOMER = Sender("customer", "c-7", "Ada")
BOT = Sender("bot", "greeter")
ALICE = Sender("agent", "alice", "Alice")
BOB = Sender("agent", "bob", "Bob")
SYSTEM = Sender("system")
NOTICE = identifier(8)
"""The message of an application by which a conversation starts."""
LINE = Line(SALES, TASK)
"""The line into which the customer's answer puts such a conversation."""
LIMITED = QueueSettings(name="support", mrd="chat", response_seconds=100.0)
"""An agent who does not answer for 100 seconds loses the conversation."""

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

NOTIFIED: tuple[Event, ...] = (
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
        opened_at_version=2,
        request_digest="digest",
        direction="outbound",
    ),
    MessagePosted(message_id=NOTICE, sender=Sender("application", "shop"), content=TextContent("Your parcel is here")),
)
"""The shop has written to Ada, who has not answered."""


def expects(of: Any, since: float, seconds: float = 100) -> ExpectedAnswer:
    return ExpectedAnswer(of, later(since), later(since + seconds))


def posted(sender: Sender = CUSTOMER, expected: ExpectedAnswer | None = None, text: str = "Hello") -> MessagePosted:
    return MessagePosted(message_id=MESSAGE, sender=sender, content=TextContent(text), expects=expected)


POSTED = posted()


def joined(
    agent_id: str = "alice",
    role: Role = "primary",
    direction: Direction = "inbound",
    *,
    task_id: str | None = None,
    expected: ExpectedAnswer | None = None,
) -> AgentJoined:
    return AgentJoined(
        agent_id=agent_id,
        agent_name=agent_id.title(),
        role=role,
        task_id=task_id or TASK_OF[agent_id],
        direction=direction,
        expects=expected,
    )


JOINED = joined()


def left(agent_id: str = "alice", reason: Any = "conversation_ended") -> AgentLeft:
    return AgentLeft(agent_id=agent_id, reason=reason)


def role_changed(
    agent_id: str,
    role: Role,
    direction: Direction,
    expected: ExpectedAnswer | None = None,
    request_id: str | None = None,
) -> AgentRoleChanged:
    return AgentRoleChanged(agent_id=agent_id, role=role, direction=direction, expects=expected, request_id=request_id)


def requested(
    queue: QueueSettings = SUPPORT,
    task_id: str = TASK,
    requested_by: Sender = CUSTOMER,
    reason: str | None = None,
    **more: Any,
) -> AgentRequested:
    fields = {"queued_at": NOW, **more}
    return AgentRequested(task_id=task_id, queue=queue, reason=reason, requested_by=requested_by, **fields)


def enqueue(
    queue: QueueSettings = SUPPORT, task_id: str = TASK, seconds: float = 0, **more: Any
) -> tuple[str, EnqueueTask]:
    fields = {"queued_at": NOW, **more}
    command = EnqueueTask(at=later(seconds), task_id=task_id, conversation_id=ID, queue=queue, **fields)
    return router_stream(queue.mrd), command


def assist_requested(
    agent_id: str | None = "bob", direction: Any = "consult", task_id: str | None = None, **more: Any
) -> AssistRequested:
    fields = {"note": None, **more}
    return AssistRequested(
        task_id=task_id or TASK_OF[agent_id or "bob"],
        agent_id="alice",
        direction=direction,
        queue=SUPPORT,
        to_agent=agent_id,
        **fields,
    )


def assist_ended(agent_id: str = "bob", reason: str = "cancelled") -> AssistEnded:
    return AssistEnded(task_id=TASK_OF[agent_id], reason=reason)


def assigned_bot(suggests: bool = False, expected: ExpectedAnswer | None = None) -> BotAssigned:
    return BotAssigned(bot="greeter", suggests=suggests, assigned_by=ALICE, note=None, expects=expected)


def ended(wrap_up: bool = False, ended_by: Sender = CUSTOMER, reason: Any = None) -> ConversationEnded:
    reasons: dict[str, Any] = {"customer": "customer_left", "agent": "agent_ended", "bot": "bot_ended"}
    return ConversationEnded(reason=reason or reasons[ended_by.type], ended_by=ended_by, wrap_up=wrap_up)


def end(ended_by: Sender = CUSTOMER, seconds: float = 60, **more: Any) -> EndConversation:
    fields = more or {"reason": ended(ended_by=ended_by).reason}
    return EndConversation(at=later(seconds), ended_by=ended_by, **fields)


def post(
    text: str = "Hello", message_id: str = MESSAGE, seconds: float = 1, line: Line | None = None
) -> PostCustomerMessage:
    return PostCustomerMessage(at=later(seconds), message_id=message_id, content=TextContent(text), line=line)


def agent_post(
    agent_id: str = "alice", text: str = "Hello", message_id: str = MESSAGE, seconds: float = 1
) -> PostAgentMessage:
    return PostAgentMessage(at=later(seconds), message_id=message_id, agent_id=agent_id, content=TextContent(text))


def bot_post(bot: str = "greeter", text: str = "Hello", seconds: float = 1) -> PostBotMessage:
    return PostBotMessage(at=later(seconds), message_id=MESSAGE, bot=bot, content=TextContent(text))


def application_post(text: str = "Hello", message_id: str = MESSAGE, seconds: float = 1) -> PostApplicationMessage:
    return PostApplicationMessage(
        at=later(seconds), message_id=message_id, application="shop", content=TextContent(text)
    )


def system_post(bot: str = "greeter", text: str = "Hello", seconds: float = 1) -> PostSystemMessage:
    return PostSystemMessage(at=later(seconds), message_id=MESSAGE, bot=bot, content=TextContent(text))


def suggest(bot: str = "greeter", text: str = "Hello") -> PostSuggestion:
    return PostSuggestion(at=later(1), message_id=MESSAGE, bot=bot, content=TextContent(text))


def add_note(agent_id: str = "alice", text: str = "Hello") -> AddNote:
    return AddNote(at=later(1), note_id=MESSAGE, agent_id=agent_id, text=text)


def whisper(agent_id: str = "sue", text: str = "Hello") -> Whisper:
    return Whisper(at=later(1), message_id=MESSAGE, agent_id=agent_id, text=text)


def ask_for_agent(requested_by: Sender = CUSTOMER, reason: str | None = None, **more: Any) -> RequestAgent:
    return RequestAgent(at=NOW, task_id=TASK, queue=SUPPORT, requested_by=requested_by, reason=reason, **more)


def bot_failure(bot: str = "greeter") -> ReportBotFailure:
    return ReportBotFailure(at=NOW, bot=bot, attempts=3, error="timeout", task_id=TASK, queue=SUPPORT)


def bot_silence(message_id: str = MESSAGE, bot: str = "greeter", max_turns: int = 2) -> ReportBotSilence:
    return ReportBotSilence(at=NOW, bot=bot, message_id=message_id, max_turns=max_turns, task_id=TASK, queue=SUPPORT)


def transfer(
    to_agent: str | None = None, agent_id: str = "alice", queue: QueueSettings = SALES
) -> TransferConversation:
    return TransferConversation(
        at=later(60), agent_id=agent_id, task_id=NEXT_TASK, queue=queue, to_agent=to_agent, note="wants two"
    )


def assign_bot(agent_id: str = "alice") -> AssignBot:
    return AssignBot(at=later(60), agent_id=agent_id, bot="greeter", suggests=False)


def assist(
    to_agent: str | None = "bob", direction: Any = "consult", *, agent_id: str = "alice", task_id: str | None = None
) -> AssistConversation:
    return AssistConversation(
        at=later(60),
        agent_id=agent_id,
        task_id=task_id or TASK_OF["bob"],
        direction=direction,
        queue=SUPPORT,
        to_agent=to_agent,
    )


def supervise(
    mode: Any, agent_id: str = "sue", seconds: float = 60, queue: QueueSettings = SALES
) -> SuperviseConversation:
    return SuperviseConversation(
        at=later(seconds),
        agent_id=agent_id,
        agent_name=agent_id.title(),
        task_id=TASK_OF["sue"],
        mode=mode,
        queue=queue,
    )


def leave(agent_id: str = "alice") -> LeaveConversation:
    return LeaveConversation(at=later(60), agent_id=agent_id)


def raise_hand(raised: bool = True, agent_id: str = "alice") -> RaiseHand:
    return RaiseHand(at=NOW, agent_id=agent_id, raised=raised)


def join(agent_id: str = "alice", task_id: str | None = None, seconds: float = 5) -> JoinAgent:
    return JoinAgent(
        at=later(seconds), agent_id=agent_id, agent_name=agent_id.title(), task_id=task_id or TASK_OF[agent_id]
    )


def release(agent_id: str = "alice", reason: Any = "agent_logout", *, end: bool = False) -> ReleaseAgent:
    return ReleaseAgent(at=later(60), agent_id=agent_id, task_id=NEXT_TASK, reason=reason, end=end)


def wrap_up(agent_id: str = "alice", **more: Any) -> CompleteWrapUp:
    fields = {"codes": ["sale"], "note": "Sold one", **more}
    return CompleteWrapUp(at=later(70), agent_id=agent_id, **fields)


def close(
    agent_id: str = "alice", reason: CloseReason = "done", seconds: float = 60, task_id: str | None = None
) -> tuple[str, CloseTask]:
    command = CloseTask(at=later(seconds), task_id=task_id or TASK_OF[agent_id], reason=reason)
    return agent_stream(agent_id), command


def finish(agent_id: str = "alice", wrap_up_seconds: float = 0.0, seconds: float = 60) -> tuple[str, FinishTask]:
    command = FinishTask(at=later(seconds), task_id=TASK_OF[agent_id], wrap_up_seconds=wrap_up_seconds)
    return agent_stream(agent_id), command


def cancel(reason: str, task_id: str = TASK, seconds: float = 60) -> tuple[str, CancelTask]:
    return "router-chat", CancelTask(at=later(seconds), task_id=task_id, reason=reason)


def start_outbound(task_id: str = TASK, **more: Any) -> StartOutboundConversation:
    fields = {"language": "en", "attributes": {"order": "4711"}, **more}
    return StartOutboundConversation(
        at=NOW,
        conversation_id=ID,
        channel="sms",
        customer=Customer(id="c-7", name="Ada", verified=True),
        queue=SALES,
        task_id=task_id,
        message_id=MESSAGE,
        request_digest="digest",
        agent_id="alice",
        agent_name="Alice",
        content=TextContent("Your parcel is here"),
        **fields,
    )


def start_by_application(text: str = "Your parcel is here", **more: Any) -> StartApplicationConversation:
    fields = {"request_digest": "digest", "language": "en", "attributes": {"order": "4711"}, **more}
    return StartApplicationConversation(
        at=NOW,
        conversation_id=ID,
        channel="sms",
        customer=Customer(id="c-7", name="Ada", verified=True),
        queue=SALES,
        message_id=NOTICE,
        application="shop",
        content=TextContent(text),
        **fields,
    )


def assign_directly(
    agent_id: str, direction: Direction, queue: QueueSettings = SALES, seconds: float = 60
) -> tuple[str, AssignTaskDirectly]:
    command = AssignTaskDirectly(
        at=later(seconds),
        task_id=TASK_OF[agent_id],
        conversation_id=ID,
        mrd=queue.mrd,
        queue=queue.name,
        direction=direction,
    )
    return agent_stream(agent_id), command


@dataclass(frozen=True)
class Stage:
    """A point in a conversation's life, by the events that lead there."""

    events: tuple[Event, ...]

    def __call__(self, *more: Event) -> tuple[Event, ...]:
        return self.events + more


with_bot = Stage((STARTED,))
waiting = Stage((STARTED, requested()))
with_alice = Stage((STARTED, requested(), JOINED))
with_sales = Stage((STARTED, requested(SALES), JOINED))
consulting = Stage(with_alice(assist_requested(), joined("bob", "consultant", "consult")))
conference = Stage(with_alice(assist_requested(direction="conference"), joined("bob", "assistant", "conference")))
monitored = Stage(with_alice(joined("sue", "monitor", "monitor")))
barged_in = Stage(with_alice(joined("sue", "assistant", "barge_in")))
in_wrap_up = Stage(with_sales(ended(wrap_up=True)))
over = Stage((STARTED, ended()))
