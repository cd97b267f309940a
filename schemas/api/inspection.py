"""The inspection API's answers. Where ``masked`` is true, personal data stand as ``•••`` in them."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from schemas.personal import Personal, PersonalOfCustomers

__all__ = [
    "ConversationHead",
    "ConversationStatus",
    "Edge",
    "EventPage",
    "EventWithCauses",
    "Finding",
    "Findings",
    "Floor",
    "FloorAgent",
    "FloorConversation",
    "FloorMrd",
    "FloorParticipant",
    "FloorQueue",
    "FloorTask",
    "FloorWaiting",
    "InspectedEvent",
    "StateAt",
    "StreamHead",
    "StreamPage",
    "Streams",
    "Trace",
    "TracedEvent",
]


class InspectedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with everything that is recorded of it. ``summary`` describes it in one line. ``data`` is in the newest
    version of its type; ``schema_version`` is the version in which it was recorded."""

    position: int
    stream: str
    version: int
    event_id: str
    type: str
    at: str
    schema_version: int
    correlation_id: str
    causation_id: str
    actor: str
    summary: str
    data: Any


class TracedEvent(InspectedEvent, frozen=True, kw_only=True):
    """``lane`` groups the events for drawing: ``customer``, ``bot:greeter``, ``router:chat``, ``agent:alice``, …"""

    lane: str


ConversationStatus = Literal["with_bot", "waiting_for_customer", "waiting_for_agent", "with_agent", "wrap_up", "ended"]


class ConversationHead(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in short: ``status`` is the one now, ``customer`` the name or else the id, ``agents`` all who took
    part."""

    channel: str
    status: str
    customer: Annotated[str, Personal] | None
    agents: list[str]


class StreamHead(msgspec.Struct, frozen=True, kw_only=True):
    """A stream in short: the number of its events, the times of the first and the last, and the type of the last. Only
    that of a conversation has ``conversation``."""

    stream: str
    category: str
    entity_id: str
    events: int
    first_at: str
    last_at: str
    last_type: str
    conversation: ConversationHead | None = None


class Streams(msgspec.Struct, frozen=True, kw_only=True):
    """``next`` is the cursor to go on from; null at the end."""

    streams: list[StreamHead]
    next: str | None
    masked: bool


class StreamPage(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one stream. ``version`` is that of the stream's last event, ``next`` the cursor to go on from."""

    stream: str
    events: list[InspectedEvent]
    next: int
    version: int
    masked: bool


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """Events of the whole journal. With ``where`` an answer may hold fewer than ``limit`` although more follow:
    go on from ``next`` until it has come to ``last_position``, the journal's end."""

    events: list[InspectedEvent]
    next: int
    last_position: int
    masked: bool


class EventWithCauses(msgspec.Struct, frozen=True, kw_only=True):
    """``cause`` is the event that caused this one, null where a command from outside caused it; ``effects`` are the
    events that this one caused."""

    event: InspectedEvent
    cause: InspectedEvent | None
    effects: list[InspectedEvent]
    masked: bool


class StateAt(msgspec.Struct, frozen=True, kw_only=True):
    """The state after ``event``. ``changes`` lead to it from the state at ``previous_version``, as JSON Patch
    (RFC 6902); ``last_version`` is that of the stream's last event."""

    stream: str
    version: int
    at: str
    event: InspectedEvent
    state: Any
    previous_version: int | None
    changes: list[dict[str, Any]]
    last_version: int
    masked: bool


class Edge(msgspec.Struct, frozen=True, rename={"cause": "from", "effect": "to"}):
    """A line from the event id of a cause to that of its effect."""

    cause: str
    effect: str


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """All events that belong together, over all streams, with their causes. ``next`` is the position to go on from;
    null at the end."""

    id: str
    events: list[TracedEvent]
    edges: list[Edge]
    next: int | None
    masked: bool


class Finding(msgspec.Struct, frozen=True):
    """``kind`` says how to read it: the event of this id, the stream of this name, or the correlation of this id."""

    kind: Literal["event", "stream", "correlation"]
    id: str
    description: str


class Findings(msgspec.Struct, frozen=True):
    """Everything that the text may mean, the likeliest first."""

    found: list[Finding]


class FloorMrd(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``tasks`` counts those that take capacity, offers among them; ``free_slots`` is how many more may be offered now.
    They and ``max_tasks`` are known of the floor now, and left out of an earlier one."""

    mrd: str
    state: str
    since: datetime
    tasks: int | None = None
    max_tasks: int | None = None
    free_slots: int | None = None


class FloorTask(msgspec.Struct, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["reserved", "active", "wrap_up"]
    since: datetime


class FloorAgent(msgspec.Struct, frozen=True, kw_only=True):
    agent_id: str
    name: Annotated[str, Personal]
    state: str
    reason: str | None
    since: datetime
    mrds: list[FloorMrd]
    tasks: list[FloorTask]


class FloorWaiting(msgspec.Struct, frozen=True, kw_only=True):
    task_id: str
    conversation_id: str
    since: datetime
    waited_seconds: float
    offered_to: str | None


class FloorQueue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Now, every configured queue is on the floor: of the agents who may ever be offered its tasks, ``agents_ready``
    have room for one, and for ``free_slots`` in all. At an earlier instant only the queues are known in which somebody
    waited, and how they stood otherwise is left out."""

    queue: str
    mrd: str
    waiting: list[FloorWaiting]
    open: bool | None = None
    agents_logged_in: int | None = None
    agents_ready: int | None = None
    free_slots: int | None = None


class FloorParticipant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A customer who is not ``verified`` only claims to have the ``id``."""

    type: str
    id: Annotated[str, PersonalOfCustomers] | None
    name: Annotated[str, Personal] | None
    role: str
    since: datetime
    verified: bool = False


class FloorConversation(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: str
    channel: str
    status: str
    since: datetime
    queue: str | None
    participants: list[FloorParticipant]


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The agents' states, the waiting tasks and the ongoing conversations after the event at ``position``."""

    at: datetime
    position: int
    agents: list[FloorAgent]
    queues: list[FloorQueue]
    conversations: list[FloorConversation]
    masked: bool
