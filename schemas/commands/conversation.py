"""Commands to a conversation."""

from typing import Any, Literal

from schemas.commands.command import Command
from schemas.content import Content, Sender
from schemas.events.conversation import Customer, EndReason
from schemas.queues import QueueSettings

__all__ = [
    "AddNote",
    "CompleteWrapUp",
    "ConversationCommand",
    "EndConversation",
    "JoinAgent",
    "PostAgentMessage",
    "PostBotMessage",
    "PostCustomerMessage",
    "ReleaseAgent",
    "ReportBotFailure",
    "RequestAgent",
    "StartConversation",
]


class StartConversation(Command, frozen=True, kw_only=True):
    """Goes to ``bot`` if there is one, else straight to the queue as ``task_id``."""

    conversation_id: str
    channel: str
    customer: Customer
    queue: QueueSettings
    task_id: str
    message_id: str
    request_digest: str
    bot: str | None = None
    language: str | None = None
    attributes: dict[str, Any] = {}
    text: str | None = None


class PostCustomerMessage(Command, frozen=True, kw_only=True):
    message_id: str
    content: Content


class PostAgentMessage(Command, frozen=True, kw_only=True):
    message_id: str
    agent_id: str
    content: Content


class PostBotMessage(Command, frozen=True, kw_only=True):
    message_id: str
    bot: str
    content: Content


class AddNote(Command, frozen=True, kw_only=True):
    note_id: str
    agent_id: str
    text: str


class RequestAgent(Command, frozen=True, kw_only=True):
    task_id: str
    queue: QueueSettings
    requested_by: Sender
    reason: str | None = None


class ReportBotFailure(Command, frozen=True, kw_only=True):
    """The bot did not answer after all tries; an agent takes over as ``task_id``."""

    bot: str
    attempts: int
    error: str
    task_id: str
    queue: QueueSettings


class EndConversation(Command, frozen=True, kw_only=True):
    ended_by: Sender
    reason: EndReason


class JoinAgent(Command, frozen=True, kw_only=True):
    agent_id: str
    agent_name: str
    task_id: str


class ReleaseAgent(Command, frozen=True, kw_only=True):
    """The agent is gone; the conversation goes back to the line at its old place as ``task_id``."""

    agent_id: str
    task_id: str


class CompleteWrapUp(Command, frozen=True, kw_only=True):
    agent_id: str
    codes: list[str] = []
    note: str | None = None
    reason: Literal["submitted", "timeout"] = "submitted"


ConversationCommand = (
    StartConversation
    | PostCustomerMessage
    | PostAgentMessage
    | PostBotMessage
    | AddNote
    | RequestAgent
    | ReportBotFailure
    | EndConversation
    | JoinAgent
    | ReleaseAgent
    | CompleteWrapUp
)
