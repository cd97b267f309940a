"""The Customer API's bodies."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from schemas.api.attributes import Attributes, RoutedQueue, attributes_without
from schemas.events.conversation import ReceiptStatus
from schemas.identifiers import ChannelName, Id
from schemas.instants import Instant
from schemas.personal import Personal, PersonalOfCustomers, PersonalText
from schemas.posting import CustomerContent, PostedComment, PostedLine, PostedWords

__all__ = [
    "Acknowledged",
    "AgentRequest",
    "Availability",
    "CallbackOptions",
    "CallbackRequest",
    "ClaimedCustomer",
    "ConversationState",
    "Ended",
    "Language",
    "OpeningSpan",
    "Participant",
    "PostMessage",
    "PostedMessage",
    "Rating",
    "Receipt",
    "RequestedCallback",
    "ReturnRequest",
    "StartConversationRequest",
    "StartedConversation",
    "Transcript",
    "TranscriptEntry",
    "Typing",
]

Language = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]

Identity = Annotated[
    str,
    Personal,
    msgspec.Meta(
        min_length=1,
        max_length=4096,
        description="A JSON Web Token, signed with a key that the channel is configured to check.",
    ),
]
PhoneNumber = Annotated[
    str,
    Personal,
    msgspec.Meta(min_length=1, max_length=64, description="A telephone number as its country has them."),
]


class ClaimedCustomer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A customer according to the caller. A connector or an application vouches for the ``id``; on a web channel it is
    only a claim, which agents see as such and which connects the conversation with no other."""

    id: PersonalText | None = None
    name: PersonalText | None = None
    email: PersonalText | None = None
    phone: PersonalText | None = None
    attributes: Attributes = {}


class StartConversationRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``language`` is a BCP 47 tag. ``text`` is the customer's first message. ``identity`` is a JSON Web Token in which
    the site has signed who the customer is."""

    channel: ChannelName
    id: Id | None = None
    customer: ClaimedCustomer = ClaimedCustomer()
    queue: RoutedQueue | None = None
    language: Language | None = None
    attributes: Attributes = {}
    text: PostedWords | None = None
    identity: Identity | None = None


class ReturnRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``identity`` is a JSON Web Token in which the site has signed who the customer is."""

    channel: ChannelName
    identity: Identity


class StartedConversation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``returned`` is true when this is the customer's earlier conversation, which goes on."""

    conversation_id: str
    token: str
    status: str
    version: int
    returned: bool = False


class Participant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A customer who is not ``verified`` only claims to have the ``id``."""

    type: str
    role: str
    id: Annotated[str, PersonalOfCustomers] | None = None
    name: Annotated[str, Personal] | None = None
    verified: bool = False


class ConversationState(msgspec.Struct, frozen=True, omit_defaults=True):
    """While the customer waits, ``position`` is the place in the line, from 1, and ``agents_logged_in`` counts the
    agents who may serve the customer. The estimated wait is left out while there is nothing to base it on."""

    conversation_id: str
    status: str
    participants: list[Participant]
    queue: str
    version: int
    position: int | None = None
    agents_logged_in: int | None = None
    estimated_wait_seconds: float | None = None


class PostMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: CustomerContent
    id: Id | None = None


class PostedMessage(msgspec.Struct, frozen=True):
    message_id: str
    version: int


class Typing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    active: bool


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fate of a message on its way to the customer."""

    message_id: Id
    status: ReceiptStatus


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    score: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: PostedComment | None = None


class AgentRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    queue: RoutedQueue | None = None
    reason: Annotated[str, Personal, msgspec.Meta(max_length=1024)] | None = None


class Availability(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``opens_at`` is given while the queue is closed, ``closes_at`` while it is open; neither if the time never comes.
    ``callback`` is the channel for callbacks. Of the ``agents_eligible``, who may ever serve the queue, some are logged
    in and some are ready for a customer now."""

    open: bool
    queue: str
    waiting: int
    agents_ready: int
    agents_logged_in: int
    agents_eligible: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    estimated_wait_seconds: float | None = None
    callback: str | None = None


class OpeningSpan(msgspec.Struct, frozen=True):
    """From ``start`` up to ``end``, which is not part of it."""

    start: datetime
    end: datetime


class CallbackOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``calling_codes`` are by country (ISO 3166-1), and a number without one is of ``country``. ``openings`` are those
    of the next 14 days, cut off where the days are over. ``opens_at`` is given while the queue is closed: customers who
    want a call as soon as possible get it then."""

    calling_codes: dict[str, str]
    openings: list[OpeningSpan]
    country: str | None = None
    opens_at: datetime | None = None


class CallbackRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``phone`` begins with its country code, unless it is of the country of the queue's calendar. Without
    ``wanted_at`` the customer is called as soon as possible. ``channel`` may be left out when there is one for
    callbacks."""

    name: PostedLine
    phone: PhoneNumber
    id: Id | None = None
    channel: ChannelName | None = None
    subject: PostedLine | None = None
    wanted_at: (
        Annotated[Instant, msgspec.Meta(description="It lies ahead, by at most 90 days, and when a queue opens again.")]
        | None
    ) = None
    attributes: Annotated[Attributes, attributes_without("subject", "wanted_at")] = {}


class RequestedCallback(msgspec.Struct, frozen=True):
    """The customer is called from ``wanted_at`` on; it was ``moved`` there, to when the queue opens."""

    conversation_id: str
    token: str
    status: str
    wanted_at: datetime
    moved: bool


class Ended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An empty object."""


class Acknowledged(msgspec.Struct, frozen=True):
    version: int


class TranscriptEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    at: str
    type: Literal["message", "note", "event"]
    sender: Participant
    text: str


class Transcript(msgspec.Struct, frozen=True):
    conversation_id: str
    channel: str
    started_at: datetime
    entries: list[TranscriptEntry]
