"""Events of a conversation, in stream ``conversation-<id>``."""

from typing import Annotated, Any, Literal

import msgspec

from schemas.content import Content, MessageText, Sender
from schemas.events.event import Event
from schemas.instants import Instant
from schemas.personal import Personal, PersonalText
from schemas.queues import QueueSettings
from schemas.tasks import Direction

__all__ = [
    "AgentJoined",
    "AgentLeft",
    "AgentReminded",
    "AgentRequested",
    "AgentRoleChanged",
    "AssistEnded",
    "AssistRequested",
    "AttributesChanged",
    "BotAssigned",
    "BotFailed",
    "BotReplyDropped",
    "BotSaidNothing",
    "ConversationEnded",
    "ConversationEvent",
    "ConversationRated",
    "ConversationStarted",
    "Customer",
    "CustomerActivity",
    "CustomerActivityNoticed",
    "CustomerReminded",
    "CustomerReturned",
    "EndReason",
    "ExpectedAnswer",
    "HandLowered",
    "HandRaised",
    "LabelsChanged",
    "LeaveReason",
    "MessagePosted",
    "NoteAdded",
    "QueueChanged",
    "ReceiptRecorded",
    "ReceiptStatus",
    "RecordedReceiptStatus",
    "Role",
    "SuggestionPosted",
    "WhisperPosted",
    "WrapUpCompleted",
]

EndReason = Literal[
    "customer_left",
    "agent_ended",
    "bot_ended",
    "customer_inactive",
    "no_agent_available",
    "agent_logout",
    "force_closed",
    "cancelled",
    "callback_requested",
]

Role = Literal["primary", "assistant", "consultant", "monitor", "coach"]
"""A ``consultant`` is an assistant whom the customer does not see."""

LeaveReason = Literal[
    "conversation_ended", "agent_logout", "connection_lost", "transferred", "left", "taken_over", "response_timeout"
]

CustomerActivity = Literal["typing", "upload"]
ReceiptStatus = Literal["delivered", "read", "failed"]
RecordedReceiptStatus = Literal["delivered", "read", "failed", "unknown"]
"""``unknown``: the channel's provider gave no answer, so that nobody knows whether the message has gone out."""


class Customer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """``verified`` is true when the customer is proven to have this ``id``, which is only a claim otherwise. A
    connector or an application vouches for the ids that it gives; on a web channel the site signs them."""

    id: PersonalText | None = None
    name: PersonalText | None = None
    email: PersonalText | None = None
    phone: PersonalText | None = None
    attributes: Annotated[dict[str, Any], Personal] = {}
    verified: bool = False


class ExpectedAnswer(msgspec.Struct, frozen=True):
    """The party that has to write next, since when, and until when at the latest."""

    of: Literal["customer", "agent"]
    since: Instant
    until: Instant


class ConversationStarted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A customer has started the conversation, or an application or an agent has for one. ``opened_at_version`` is the
    stream's version when the start was complete. ``request_digest`` distinguishes a repeated start from another one
    with the same id. A customer who is silent for ``inactivity_seconds`` while an answer is expected loses the
    conversation. ``same_customer_as`` is the first conversation of a customer who has no proven id and presented the
    token of a conversation before."""

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
    request_digest: Annotated[str, Personal]
    suggests: bool = False
    inactivity_seconds: float | None = None
    expects: ExpectedAnswer | None = None
    direction: Direction = "inbound"
    same_customer_as: str | None = None


class CustomerReturned(Event, frozen=True, kw_only=True):
    """The same customer came back to the open conversation instead of starting another."""

    returned_at: Instant


class MessagePosted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A customer, an agent, the bot, an application or the system has written to the conversation, where the customer
    sees it."""

    message_id: str
    sender: Sender
    content: Content
    expects: ExpectedAnswer | None = None


class NoteAdded(Event, frozen=True, kw_only=True):
    """A note among agents; the customer never sees it."""

    note_id: str
    agent_id: str
    agent_name: Annotated[str, Personal]
    text: MessageText


class WhisperPosted(Event, frozen=True, kw_only=True):
    """A supervisor's word to the agents; the customer never sees it."""

    message_id: str
    agent_id: str
    agent_name: Annotated[str, Personal]
    text: MessageText


class SuggestionPosted(Event, frozen=True, kw_only=True):
    """The answer that the bot suggests; only agents see it."""

    message_id: str
    bot: str
    content: Content


class BotReplyDropped(Event, frozen=True, kw_only=True):
    """The bot answered after it had lost the conversation. ``reason`` is ``stale`` or ``ended``."""

    message_id: str
    bot: str
    reason: Literal["stale", "ended"]


class BotFailed(Event, frozen=True, kw_only=True):
    """The bot could not be reached, or did not answer as it should, ``attempts`` times; the conversation goes to the
    agents."""

    bot: str
    attempts: int
    error: Annotated[str, Personal]


class BotSaidNothing(Event, frozen=True, kw_only=True):
    """The bot answered the customer's message with nothing, and did not say that it meant to. ``turns`` counts such
    answers since the customer heard something last."""

    bot: str
    message_id: str
    turns: int


class BotAssigned(Event, frozen=True, kw_only=True):
    """The bot owns the answer again: an agent has handed the conversation over."""

    bot: str
    suggests: bool
    assigned_by: Sender
    note: Annotated[str, Personal] | None
    expects: ExpectedAnswer | None = None


class AgentRequested(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The conversation waits for an agent: the customer, the bot, an agent or the system has asked for one.
    ``queued_at`` may lie before the event: a task that comes back keeps its place, by its ``priority`` too.
    ``to_agent`` is wanted first. The ``note`` is for the agent who takes over."""

    task_id: str
    queue: QueueSettings
    reason: Annotated[str, Personal] | None
    requested_by: Sender
    queued_at: Instant
    direction: Direction = "inbound"
    to_agent: str | None = None
    note: Annotated[str, Personal] | None = None
    priority: int = 5


class QueueChanged(Event, frozen=True, kw_only=True):
    """The task waits in another queue: it overflowed, or its queue was flushed."""

    task_id: str
    queue: QueueSettings
    reason: str


class AssistRequested(Event, frozen=True, kw_only=True):
    """The agent wants another agent in: ``consult`` without the customer's knowledge, ``conference`` with it."""

    task_id: str
    agent_id: str
    direction: Literal["consult", "conference"]
    queue: QueueSettings
    to_agent: str | None
    note: Annotated[str, Personal] | None


class AssistEnded(Event, frozen=True, kw_only=True):
    """The request for help has ended: no agent came, or none is needed any more."""

    task_id: str
    reason: str


class AgentJoined(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The agent takes part in the conversation from now on, in this ``role``."""

    agent_id: str
    agent_name: Annotated[str, Personal]
    role: Role
    task_id: str
    direction: Direction = "inbound"
    expects: ExpectedAnswer | None = None


class AgentRoleChanged(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An agent who takes part already has another role from now on. ``request_id`` is the id of the transfer or
    conference by which an agent who was in already got the role."""

    agent_id: str
    role: Role
    direction: Direction
    request_id: str | None = None
    expects: ExpectedAnswer | None = None


class AgentLeft(Event, frozen=True, kw_only=True):
    """The agent takes part in the conversation no more."""

    agent_id: str
    reason: LeaveReason


class HandRaised(Event, frozen=True, kw_only=True):
    """The agent asks for a supervisor."""

    agent_id: str
    reason: Annotated[str, Personal] | None


class HandLowered(Event, frozen=True, kw_only=True):
    """The agent asks for a supervisor no more."""

    agent_id: str


class LabelsChanged(Event, frozen=True, kw_only=True):
    """An agent or an application has added or removed labels. ``labels`` are all that the conversation has now."""

    labels: list[str]
    changed_by: Sender


class AttributesChanged(Event, frozen=True, kw_only=True):
    """An agent or an application has set or removed attributes of the conversation. ``attributes`` are those that
    changed; None removes one."""

    attributes: Annotated[dict[str, Any], Personal]
    changed_by: Sender


class ReceiptRecorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The fate of a message on its way, as ``by`` reports it: its receiver, or the system about a message that a
    channel could not carry, with the provider's ``code`` and ``detail``."""

    message_id: str
    status: RecordedReceiptStatus
    by: Sender
    code: str | None = None
    detail: Annotated[str, Personal] | None = None


class CustomerActivityNoticed(Event, frozen=True, kw_only=True):
    """The customer whose answer is expected is about to give it, and has the whole time again."""

    activity: CustomerActivity
    expects: ExpectedAnswer


class CustomerReminded(Event, frozen=True, kw_only=True):
    """So much of the time to answer is over; the conversation ends at ``ends_at``."""

    percent: int
    ends_at: Instant


class AgentReminded(Event, frozen=True, kw_only=True):
    """So much of the time to answer is over; the conversation goes to another agent at ``ends_at``."""

    percent: int
    ends_at: Instant


class ConversationEnded(Event, frozen=True, kw_only=True):
    """The conversation is over for the customer. ``wrap_up`` is true when the agent still has time to wrap it up."""

    reason: EndReason
    ended_by: Sender
    wrap_up: bool


class WrapUpCompleted(Event, frozen=True, kw_only=True):
    """The agent has wrapped the conversation up, or the time for it is over."""

    agent_id: str
    codes: list[str]
    note: Annotated[str, Personal] | None
    reason: Literal["submitted", "timeout", "agent_logout"]


class ConversationRated(Event, frozen=True, kw_only=True):
    """The customer has rated the conversation after its end."""

    score: int
    comment: Annotated[str, Personal] | None


ConversationEvent = (
    ConversationStarted
    | CustomerReturned
    | MessagePosted
    | NoteAdded
    | WhisperPosted
    | SuggestionPosted
    | BotReplyDropped
    | BotFailed
    | BotSaidNothing
    | BotAssigned
    | AgentRequested
    | QueueChanged
    | AssistRequested
    | AssistEnded
    | AgentJoined
    | AgentRoleChanged
    | AgentLeft
    | HandRaised
    | HandLowered
    | LabelsChanged
    | AttributesChanged
    | ReceiptRecorded
    | CustomerActivityNoticed
    | CustomerReminded
    | AgentReminded
    | ConversationEnded
    | WrapUpCompleted
    | ConversationRated
)
