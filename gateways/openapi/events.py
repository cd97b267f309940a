"""The types of events by the streams that hold them, the signals, and the ends of feeds, for readers of the
description."""

from typing import NamedTuple, get_args

from gateways.feeds.closings import CLOSINGS
from gateways.openapi.feeds import ALL_SIGNALS, SEEN, SIGNALS
from gateways.openapi.json_object import JsonObject
from gateways.openapi.schemas import reference
from schemas.events import (
    HIDDEN_FROM_CUSTOMER,
    REGISTRY,
    AgentEvent,
    ConfigurationEvent,
    ConversationEvent,
    RouterEvent,
)

__all__ = ["STREAMS", "DescribedStream", "describe_events", "feeds_of", "seen_by"]


class DescribedStream(NamedTuple):
    """The streams of one kind of entity: which these are, and the types of the events in them."""

    description: str
    types: tuple[str, ...]


def _stream(description: str, events: object) -> DescribedStream:
    return DescribedStream(description, tuple(event.__name__ for event in get_args(events)))


STREAMS: dict[str, DescribedStream] = {
    "conversation": _stream("Events of a conversation, in the stream `conversation-<id>`.", ConversationEvent),
    "agent": _stream("Events of an agent, in the stream `agent-<id>`.", AgentEvent),
    "router": _stream(
        "Events of the router of an MRD (media routing domain), in the stream `router-<mrd>`.", RouterEvent
    ),
    "configuration": _stream("Events of the configuration, in the stream `configuration-centre`.", ConfigurationEvent),
}
_AUDIENCES = {"customer": "customers", "agent": "agents"}


def seen_by(type_: str) -> list[str]:
    """The readers who get events of this type. Inspection and other applications get every event."""
    seen = ["the customer"] if type_ in SEEN["customer"] else []
    if type_ in SEEN["agent"]:
        seen.append("the agents in the conversation" if type_ in STREAMS["conversation"].types else "the agent")
    return [*seen, "inspection"]


def feeds_of(signal: str) -> list[str]:
    """The people on whose live feeds the signal is."""
    return [
        people
        for audience, people in _AUDIENCES.items()
        if signal in [carried.__name__ for carried in SIGNALS[audience]]
    ]


def describe_events() -> JsonObject:
    """The part ``x-events`` of the description. The fields stand among the components."""
    return {
        "streams": [_describe_stream(name, stream) for name, stream in STREAMS.items()],
        "signals": [_describe_signal(signal.__name__) for signal in ALL_SIGNALS],
        "closings": [
            {"code": closing.code, "meaning": closing.meaning, "remedy": closing.remedy} for closing in CLOSINGS
        ],
    }


def _describe_stream(name: str, stream: DescribedStream) -> JsonObject:
    return {
        "name": name,
        "description": stream.description,
        "events": [_describe_event(type_) for type_ in stream.types],
    }


def _describe_event(type_: str) -> JsonObject:
    return {
        "type": type_,
        "version": REGISTRY.types[type_].VERSION,
        "seen_by": seen_by(type_),
        "hidden_from_customer": list(HIDDEN_FROM_CUSTOMER.get(type_, ())),
        "data": reference(type_),
    }


def _describe_signal(type_: str) -> JsonObject:
    return {"type": type_, "feeds_of": feeds_of(type_), "data": reference(type_)}
