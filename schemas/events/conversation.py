"""Events of a conversation, in stream ``conversation-<id>``."""

from typing import Annotated, Any, Literal

import msgspec

from schemas.content import Content, MessageText, Sender
from schemas.events.event import Event
from schemas.instants import Instant
from schemas.personal import Personal, PersonalText
from schemas.queues import QueueSettings

__all__ = [
    "AgentJoined",
    "AgentLeft",
    "AgentRequested",
    "BotFailed",
    "BotReplyDropped",
    "ConversationEnded",
    "ConversationEvent",
    "ConversationStarted",
    "Customer",
    "EndReason",
    "MessagePosted",
    "NoteAdded",
    "WrapUpCompleted",
]

EndReason = Literal["customer_left", "agent_ended", "bot_ended"]


class Customer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    id: PersonalText | None = None
    name: PersonalText | None = None
    email: PersonalText | None = None
    phone: PersonalText | None = None
    attributes: Annotated[dict[str, Any], Personal] = {}


class ConversationStarted(Event, frozen=True, kw_only=True):
    """``opened_at_version`` is the stream's version when the start was complete; ``request_digest`` tells a
    repeated start from another one with the same id."""

    conversation_id: str
    channel: str
    customer: Customer
    queue: str
    mrd: str
    bot: str | None
    language: str | None
    attributes: Annotated[dict[str, Any], Personal]
    started_at: Instant
    opened_at_version: int
    request_digest: str


class MessagePosted(Event, frozen=True, kw_only=True):
    message_id: str
    sender: Sender
    content: Content


class NoteAdded(Event, frozen=True, kw_only=True):
    """A note among agents; the customer never sees it."""

    note_id: str
    agent_id: str
    agent_name: Annotated[str, Personal]
    text: MessageText


class BotReplyDropped(Event, frozen=True, kw_only=True):
    """The bot answered after it had lost the conversation. ``reason`` is ``stale`` or ``ended``."""

    message_id: str
    bot: str
    reason: Literal["stale", "ended"]


class BotFailed(Event, frozen=True, kw_only=True):
    bot: str
    attempts: int
    error: str


class AgentRequested(Event, frozen=True, kw_only=True):
    """``queued_at`` may lie before the event: a task that comes back keeps its place."""

    task_id: str
    queue: QueueSettings
    reason: Annotated[str, Personal] | None
    requested_by: Sender
    queued_at: Instant


class AgentJoined(Event, frozen=True, kw_only=True):
    agent_id: str
    agent_name: Annotated[str, Personal]
    role: Literal["primary"]
    task_id: str


class AgentLeft(Event, frozen=True, kw_only=True):
    agent_id: str
    reason: Literal["conversation_ended", "agent_logout"]


class ConversationEnded(Event, frozen=True, kw_only=True):
    reason: EndReason
    ended_by: Sender
    wrap_up: bool


class WrapUpCompleted(Event, frozen=True, kw_only=True):
    agent_id: str
    codes: list[str]
    note: Annotated[str, Personal] | None
    reason: Literal["submitted", "timeout"]


ConversationEvent = (
    ConversationStarted
    | MessagePosted
    | NoteAdded
    | BotReplyDropped
    | BotFailed
    | AgentRequested
    | AgentJoined
    | AgentLeft
    | ConversationEnded
    | WrapUpCompleted
)
