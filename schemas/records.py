"""An event as the journal keeps it: readable strings around a JSON body."""

from typing import Literal

import msgspec

__all__ = [
    "CENTRE",
    "Category",
    "NewRecord",
    "Record",
    "agent_stream",
    "category_of",
    "conversation_stream",
    "entity_id_of",
    "is_agent_stream",
    "is_conversation_stream",
    "is_router_stream",
    "router_stream",
]

CENTRE = "configuration-centre"
"""The stream of the only configuration."""

Category = Literal["conversation", "agent", "router", "configuration"]


class NewRecord(msgspec.Struct, gc=False):
    """An event about to be appended.

    ``version`` counts from 1 within the stream and is the version check: the append succeeds only when the
    stream stands at ``version - 1``. ``at`` is RFC 3339 UTC; ``data`` is the event's JSON.
    """

    stream: str
    version: int
    event_id: str
    type: str
    at: str
    schema_version: int
    correlation_id: str
    causation_id: str
    actor: str
    data: bytes


class Record(NewRecord, gc=False):
    """An event that is durable. ``position`` counts from 1 over the whole journal, in commit order."""

    position: int


def conversation_stream(conversation_id: str) -> str:
    return f"conversation-{conversation_id}"


def agent_stream(agent_id: str) -> str:
    return f"agent-{agent_id}"


def router_stream(mrd: str) -> str:
    return f"router-{mrd}"


def is_conversation_stream(stream: str) -> bool:
    """True for a conversation's stream. The live views ask this of every event: ``category_of`` takes twice as long."""
    return stream.startswith("conversation-")


def is_agent_stream(stream: str) -> bool:
    return stream.startswith("agent-")


def is_router_stream(stream: str) -> bool:
    return stream.startswith("router-")


def category_of(stream: str) -> str:
    return stream.partition("-")[0]


def entity_id_of(stream: str) -> str:
    return stream.partition("-")[2]
