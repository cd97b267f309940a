"""Commands to a conversation."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from schemas.commands.command import Command
from schemas.content import Content, Sender
from schemas.events.conversation import Customer, CustomerActivity, EndReason, RecordedReceiptStatus
from schemas.queues import QueueSettings
from schemas.tasks import CloseReason, Direction

__all__ = [
    "AddNote",
    "AssignBot",
    "AssistConversation",
    "ChangeAttributes",
    "ChangeLabels",
    "CompleteWrapUp",
    "ConversationCommand",
    "EndConversation",
    "ExpireAnswer",
    "GiveUpTask",
    "JoinAgent",
    "LeaveConversation",
    "Line",
    "MoveTask",
    "NoticeCustomerActivity",
    "PostAgentMessage",
    "PostApplicationMessage",
    "PostBotMessage",
    "PostCustomerMessage",
    "PostSuggestion",
    "PostSystemMessage",
    "RaiseHand",
    "RateConversation",
    "RecordReceipt",
    "ReleaseAgent",
    "RemindOfAnswer",
    "ReportBotFailure",
    "ReportBotSilence",
    "RequestAgent",
    "ReturnCustomer",
    "StartApplicationConversation",
    "StartConversation",
    "StartOutboundConversation",
    "SuperviseConversation",
    "TransferConversation",
    "Whisper",
]


class StartConversation(Command, frozen=True, kw_only=True):
    """Starts a conversation with ``bot`` if there is one, otherwise directly in the queue as ``task_id``. A bot that
    ``suggests`` remains when an agent takes over. ``preferred_agent`` served the customer last. No agent gets the
    task before ``not_before``. A customer who has waited elsewhere ``waiting_since`` then keeps that place in the line.
    ``same_customer_as`` is the first conversation of a customer who has no proven id."""

    conversation_id: str
    channel: str
    customer: Customer
    queue: QueueSettings
    task_id: str
    message_id: str
    request_digest: str
    bot: str | None = None
    suggests: bool = False
    language: str | None = None
    attributes: dict[str, Any] = {}
    text: str | None = None
    inactivity_seconds: float | None = None
    preferred_agent: str | None = None
    not_before: datetime | None = None
    waiting_since: datetime | None = None
    priority: int = 5
    direction: Direction = "inbound"
    same_customer_as: str | None = None


class StartOutboundConversation(Command, frozen=True, kw_only=True):
    """Starts a conversation with the message ``content`` of the agent, who has the task ``task_id`` for it already and
    owns the answer from the start."""

    conversation_id: str
    channel: str
    customer: Customer
    queue: QueueSettings
    task_id: str
    message_id: str
    request_digest: str
    agent_id: str
    agent_name: str
    content: Content
    language: str | None = None
    attributes: dict[str, Any] = {}
    inactivity_seconds: float | None = None


class StartApplicationConversation(Command, frozen=True, kw_only=True):
    """Starts a conversation with the message ``content`` of the application. It waits for the customer, whose answer
    goes to ``bot`` if there is one, otherwise into a line."""

    conversation_id: str
    channel: str
    customer: Customer
    queue: QueueSettings
    message_id: str
    request_digest: str
    application: str
    content: Content
    bot: str | None = None
    suggests: bool = False
    language: str | None = None
    attributes: dict[str, Any] = {}
    inactivity_seconds: float | None = None


class Line(msgspec.Struct, frozen=True):
    """The line into which a customer comes who answers an application, as ``task_id``. ``preferred_agent`` served the
    customer last."""

    queue: QueueSettings
    task_id: str
    preferred_agent: str | None = None


class ReturnCustomer(Command, frozen=True, kw_only=True):
    """The same customer starts again while the conversation is open; ``text`` is what the customer says. ``line`` is
    needed while the conversation waits for its customer."""

    message_id: str
    text: str | None = None
    line: Line | None = None


class PostCustomerMessage(Command, frozen=True, kw_only=True):
    """``line`` is needed while the conversation waits for its customer."""

    message_id: str
    content: Content
    line: Line | None = None


class PostAgentMessage(Command, frozen=True, kw_only=True):
    message_id: str
    agent_id: str
    content: Content


class PostBotMessage(Command, frozen=True, kw_only=True):
    message_id: str
    bot: str
    content: Content


class PostApplicationMessage(Command, frozen=True, kw_only=True):
    message_id: str
    application: str
    content: Content


class PostSystemMessage(Command, frozen=True, kw_only=True):
    """The system itself speaks to the customer, as long as ``bot`` owns the answer."""

    message_id: str
    bot: str
    content: Content


class PostSuggestion(Command, frozen=True, kw_only=True):
    message_id: str
    bot: str
    content: Content


class AddNote(Command, frozen=True, kw_only=True):
    note_id: str
    agent_id: str
    text: str


class Whisper(Command, frozen=True, kw_only=True):
    message_id: str
    agent_id: str
    text: str


class RequestAgent(Command, frozen=True, kw_only=True):
    task_id: str
    queue: QueueSettings
    requested_by: Sender
    reason: str | None = None
    preferred_agent: str | None = None


class TransferConversation(Command, frozen=True, kw_only=True):
    """The primary agent hands over as ``task_id``: to an agent that the queue finds, or ``to_agent`` first."""

    agent_id: str
    task_id: str
    queue: QueueSettings
    to_agent: str | None = None
    note: str | None = None


class AssignBot(Command, frozen=True, kw_only=True):
    """The primary agent hands the conversation to a bot."""

    agent_id: str
    bot: str
    suggests: bool
    note: str | None = None


class AssistConversation(Command, frozen=True, kw_only=True):
    """The primary agent wants another agent in, as ``task_id``. An agent who is consulted already and is wanted in a
    conference becomes part of it."""

    agent_id: str
    task_id: str
    direction: Literal["consult", "conference"]
    queue: QueueSettings
    to_agent: str | None = None
    note: str | None = None


class SuperviseConversation(Command, frozen=True, kw_only=True):
    """A supervisor comes in: silently, with a voice, or instead of the primary agent."""

    agent_id: str
    agent_name: str
    task_id: str
    mode: Literal["monitor", "barge_in", "take_over"]
    queue: QueueSettings


class LeaveConversation(Command, frozen=True, kw_only=True):
    agent_id: str


class RaiseHand(Command, frozen=True, kw_only=True):
    agent_id: str
    raised: bool
    reason: str | None = None


class ChangeLabels(Command, frozen=True, kw_only=True):
    changed_by: Sender
    add: list[str] = []
    remove: list[str] = []


class ChangeAttributes(Command, frozen=True, kw_only=True):
    """Changes attributes; None removes one."""

    changed_by: Sender
    attributes: dict[str, Any]


class NoticeCustomerActivity(Command, frozen=True, kw_only=True):
    activity: CustomerActivity


class RecordReceipt(Command, frozen=True, kw_only=True):
    message_id: str
    status: RecordedReceiptStatus
    by: Sender
    code: str | None = None
    detail: str | None = None


class ReportBotFailure(Command, frozen=True, kw_only=True):
    """The bot did not answer after all tries; an agent takes over as ``task_id``."""

    bot: str
    attempts: int
    error: str
    task_id: str
    queue: QueueSettings


class ReportBotSilence(Command, frozen=True, kw_only=True):
    """The bot answered the customer's message ``message_id`` with nothing; after ``max_turns`` such answers an agent
    takes over as ``task_id``."""

    bot: str
    message_id: str
    max_turns: int
    task_id: str
    queue: QueueSettings


class EndConversation(Command, frozen=True, kw_only=True):
    """Ends the conversation. A supervisor, who need not take part, ends it ``forced``."""

    ended_by: Sender
    reason: EndReason
    forced: bool = False


class JoinAgent(Command, frozen=True, kw_only=True):
    agent_id: str
    agent_name: str
    task_id: str


class ReleaseAgent(Command, frozen=True, kw_only=True):
    """Releases an agent who is gone. A conversation that the agent owned goes back to the line at its old place as
    ``task_id``, ``ahead`` of all others where the agent was lost, or ends."""

    agent_id: str
    task_id: str
    reason: Literal["agent_logout", "connection_lost"] = "agent_logout"
    end: bool = False


class GiveUpTask(Command, frozen=True, kw_only=True):
    """Gives up a task that no agent took."""

    task_id: str
    reason: CloseReason


class MoveTask(Command, frozen=True, kw_only=True):
    """Reports that the task waits in another queue now."""

    task_id: str
    queue: QueueSettings
    reason: str


class RemindOfAnswer(Command, frozen=True, kw_only=True):
    """Fires the conversation's deadline by which a part of the time to answer is over."""


class ExpireAnswer(Command, frozen=True, kw_only=True):
    """Fires the conversation's deadline by which the time to answer is over."""


class CompleteWrapUp(Command, frozen=True, kw_only=True):
    agent_id: str
    codes: list[str] = []
    note: str | None = None
    reason: Literal["submitted", "timeout", "agent_logout"] = "submitted"


class RateConversation(Command, frozen=True, kw_only=True):
    score: int
    comment: str | None = None


ConversationCommand = (
    StartConversation
    | StartOutboundConversation
    | StartApplicationConversation
    | ReturnCustomer
    | PostCustomerMessage
    | PostAgentMessage
    | PostBotMessage
    | PostApplicationMessage
    | PostSystemMessage
    | PostSuggestion
    | AddNote
    | Whisper
    | RequestAgent
    | TransferConversation
    | AssignBot
    | AssistConversation
    | SuperviseConversation
    | LeaveConversation
    | RaiseHand
    | ChangeLabels
    | ChangeAttributes
    | NoticeCustomerActivity
    | RecordReceipt
    | ReportBotFailure
    | ReportBotSilence
    | EndConversation
    | JoinAgent
    | ReleaseAgent
    | GiveUpTask
    | MoveTask
    | RemindOfAnswer
    | ExpireAnswer
    | CompleteWrapUp
    | RateConversation
)
