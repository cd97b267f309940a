"""The Extern API's bodies."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from schemas.api.agent import MrdState, Task
from schemas.api.attributes import Attributes, RoutedQueue, attributes_without
from schemas.api.customer import ClaimedCustomer, Language
from schemas.content import Url
from schemas.identifiers import ChannelName, Id
from schemas.instants import Instant
from schemas.personal import Personal, PersonalText
from schemas.posting import ApplicationContent, PostedLine
from schemas.queues import Priority

__all__ = [
    "AgentStanding",
    "AgentStandings",
    "ApplicationMessageRequest",
    "OutsideTask",
    "OutsideTaskRequest",
    "WrittenCustomer",
    "WrittenMessage",
]

_TO_A_CUSTOMER: dict[str, Any] = {
    "required": ["channel", "customer"],
    "properties": {"channel": {"type": "string"}, "customer": {"type": "object"}},
}


def _means_a_customer(name: str, kind: str) -> dict[str, Any]:
    """The rule that this field, when it is filled in, stands beside a channel and a customer."""
    filled = {"type": kind, "minProperties": 1} if kind == "object" else {"type": kind}
    return {"if": {"required": [name], "properties": {name: filled}}, "then": _TO_A_CUSTOMER}


class WrittenCustomer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The customer to whom an application writes. What is left out is as in the customer's last conversation on the
    channel."""

    id: Annotated[
        str,
        Personal,
        msgspec.Meta(
            min_length=1,
            max_length=256,
            description="As the channel's connector knows the customer; on a channel of kind web, as the site has "
            "signed it, and the customer has an earlier conversation there.",
        ),
    ]
    name: PersonalText | None = None
    email: PersonalText | None = None
    phone: PersonalText | None = None
    attributes: Attributes = {}


class ApplicationMessageRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An application writes into a conversation, ``conversation_id``, or to a ``customer`` of a ``channel``. ``id`` is
    that of the message. ``queue``, which is the channel's own when it is left out, ``language``, a BCP 47 tag, and
    ``attributes`` are those of the conversation that starts when the customer has no open one."""

    EXACTLY_ONE: ClassVar = ("conversation_id", "channel")
    CONDITIONS: ClassVar = (
        _means_a_customer("channel", "string"),
        _means_a_customer("customer", "object"),
        _means_a_customer("queue", "string"),
        _means_a_customer("language", "string"),
        _means_a_customer("attributes", "object"),
    )

    content: ApplicationContent
    id: Id | None = None
    conversation_id: Id | None = None
    channel: ChannelName | None = None
    customer: WrittenCustomer | None = None
    queue: RoutedQueue | None = None
    language: Language | None = None
    attributes: Attributes = {}

    def __post_init__(self) -> None:
        if (self.conversation_id is None) == (self.channel is None):
            raise ValueError("give either conversation_id or channel")
        if (self.channel is None) != (self.customer is None):
            raise ValueError("give channel and customer together")
        if self.channel is None and (self.queue or self.language or self.attributes):
            raise ValueError("queue, language and attributes are for a conversation that starts: give channel too")


class WrittenMessage(msgspec.Struct, frozen=True):
    """The message, and the conversation in which it stands; ``version`` is the conversation's after it."""

    conversation_id: str
    message_id: str
    version: int


class OutsideTaskRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work of another application. Agents see ``subject``, ``url`` and ``attributes``; no agent gets the task before
    ``wanted_at``. ``priority`` runs from 1 to 10, 10 first. ``channel`` may be left out when there is one for tasks.
    ``override`` admits a queue for which no agent works."""

    queue: RoutedQueue
    subject: PostedLine
    id: Id | None = None
    channel: ChannelName | None = None
    priority: Priority = 5
    attributes: Annotated[Attributes, attributes_without("subject", "url", "wanted_at")] = {}
    customer: ClaimedCustomer = ClaimedCustomer()
    wanted_at: Annotated[Instant, msgspec.Meta(description="It lies ahead, by at most 365 days.")] | None = None
    url: Url | None = None
    override: bool = False


class OutsideTask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``agent`` is the agent who has the task, or had it last. ``wanted_at`` is given until that time has come,
    ``position`` and the estimated wait afterwards while the task is in the line."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["queued", "reserved", "active", "wrap_up", "closed"]
    agent: str | None = None
    close_reason: str | None = None
    wanted_at: datetime | None = None
    position: int | None = None
    estimated_wait_seconds: float | None = None


class AgentStanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``since`` is the time of the last change of one of the agent's states."""

    agent_id: str
    name: Annotated[str, Personal]
    state: str
    mrds: list[MrdState]
    tasks: list[Task]
    reason: str | None = None
    since: datetime | None = None


class AgentStandings(msgspec.Struct, frozen=True):
    agents: list[AgentStanding]
