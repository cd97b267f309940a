"""Describes a feed as an OpenAPI operation with its three forms, and the events of each audience."""

from typing import get_args

import msgspec

from gateways.agents.feed_signals import Heartbeat
from gateways.conversations.signals import TypingChanged
from gateways.conversations.wait_signals import WaitChanged
from gateways.feeds.closings import CLOSINGS
from gateways.feeds.delivery import SUBPROTOCOL
from gateways.feeds.primary_places import PrimaryChanged
from gateways.http.endpoints import Feed
from gateways.openapi.examples import EVENTS
from gateways.openapi.json_object import JsonObject
from gateways.openapi.operations import heading, parameters
from gateways.openapi.problems import describe_problems
from gateways.openapi.schemas import Schemas, reference
from gateways.openapi.security import security_of
from schemas.events import AGENT_SEES, CUSTOMER_SEES, HIDDEN_FROM_CUSTOMER, INSIDE, AgentEvent

__all__ = ["ALL_SIGNALS", "SEEN", "SIGNALS", "add_feed_schemas", "describe_feed"]

SEEN: dict[str, frozenset[str]] = {
    "customer": CUSTOMER_SEES,
    "agent": AGENT_SEES | {event.__name__ for event in get_args(AgentEvent)} - INSIDE,
}
"""The events on the feeds of each audience that does not see all."""
SIGNALS: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "customer": (TypingChanged, WaitChanged),
    "agent": (TypingChanged, Heartbeat, PrimaryChanged),
}
"""The signals on the live feeds of each audience."""
ALL_SIGNALS = tuple(dict.fromkeys(signal for signals in SIGNALS.values() for signal in signals))
"""Each signal once, whatever feeds carry it."""
_CURSORS = {
    "customer": "The cursor is the event's `version`, which counts within the conversation. Events that the "
    "customer does not see leave gaps in the numbers.",
    "inspector": "The cursor is the event's `version` on the feed of a stream, its `position` on that of the journal.",
    "extern": "The cursor is the event's `position`, which counts over the whole journal.",
    "agent": "The cursor is the event's `position`, which counts over the whole journal. Events that do not concern "
    "the agent leave gaps in the numbers. `GET /agent/v1/me` returns the cursor to begin at.",
}
_FORMS = f"""\
The history beyond the cursor and then live events, with no gap and no duplicate. The same feed comes in three forms:

- **JSON page**: the events beyond `after`, at most `limit` of them, and in `next` the cursor to go on from.
- **Event stream**: with `Accept: text/event-stream`. Each event's `id` is its cursor, and `Last-Event-ID` resumes.
- **WebSocket**: with an upgrade; one event a text frame. Offer the subprotocol `{SUBPROTOCOL}`. A browser, which \
cannot set headers, sends its token as one more subprotocol, `bearer.<token>`.\
"""
_CLOSE_CODES = {str(closing.code): f"{closing.meaning} {closing.remedy}" for closing in CLOSINGS}
_LAST_EVENT_ID = {
    "name": "Last-Event-ID",
    "in": "header",
    "description": "The cursor to go on from. Clients of event streams send it by themselves. It takes precedence over "
    "`after`.",
    "schema": {"type": "integer", "minimum": 0},
}


def add_feed_schemas(schemas: Schemas) -> None:
    """Replaces the general event and page with those of each audience, which name the events that the audience sees."""
    event, page = schemas.components.pop("FeedEvent"), schemas.components.pop("FeedPage")
    for type_, hidden in HIDDEN_FROM_CUSTOMER.items():
        schemas.components[_for_customer(type_)] = _without(schemas.components[type_], type_, hidden)
    for audience, seen in SEEN.items():
        name = audience.capitalize()
        shapes = [_for_customer(type_) if audience == "customer" else type_ for type_ in sorted(seen)]
        signals = [signal.__name__ for signal in SIGNALS[audience]]
        schemas.components[f"{name}FeedEvent"] = _event_schema(
            f"{name}FeedEvent", event, [*sorted(seen), *signals], [*shapes, *signals]
        )
        schemas.components[f"{name}FeedPage"] = _page_schema(f"{name}FeedPage", page, f"{name}FeedEvent")


def describe_feed(feed: Feed, schemas: Schemas) -> JsonObject:
    event = EVENTS[feed.access]
    headed = heading(feed, "follow")
    signals = [_words_on_signals(feed.access)] if feed.access in SIGNALS else []
    description = [headed.get("description"), _FORMS, *signals, _CURSORS[feed.access]]
    return {
        **headed,
        "description": "\n\n".join(part for part in description if part),
        "security": security_of(feed),
        "parameters": [*parameters(feed), _LAST_EVENT_ID],
        "responses": {
            "101": {"description": _switching()},
            "200": {"description": "OK", "content": _content(feed, event, schemas)},
            **describe_problems(feed),
        },
        "x-websocket": {
            "subprotocols": [SUBPROTOCOL, "bearer.<token>"],
            "frame": reference("InspectedEvent" if feed.page else f"{feed.access.capitalize()}FeedEvent"),
            "close_codes": _CLOSE_CODES,
        },
    }


def _words_on_signals(audience: str) -> str:
    *others, last = (f"`{signal.__name__}`" for signal in SIGNALS[audience])
    return f"The two live forms also carry {', '.join(others)} and {last}: not kept, and without a cursor."


def _for_customer(type_: str) -> str:
    """The component that describes the event as the customer sees it."""
    return f"{type_}ForCustomer" if type_ in HIDDEN_FROM_CUSTOMER else type_


def _without(schema: JsonObject, type_: str, hidden: tuple[str, ...]) -> JsonObject:
    properties = {name: value for name, value in schema["properties"].items() if name not in hidden}
    required = [name for name in schema["required"] if name not in hidden]
    return {"title": _for_customer(type_), "type": "object", "properties": properties, "required": required}


def _event_schema(title: str, general: JsonObject, names: list[str], shapes: list[str]) -> JsonObject:
    data = {
        "description": "The fields of the event that `type` names.",
        "anyOf": [reference(name) for name in shapes],
    }
    properties = {**general["properties"], "type": {"type": "string", "enum": names}, "data": data}
    return {**general, "title": title, "properties": properties}


def _page_schema(title: str, general: JsonObject, event: str) -> JsonObject:
    events = {"type": "array", "items": reference(event)}
    return {**general, "title": title, "properties": {**general["properties"], "events": events}}


def _content(feed: Feed, event: JsonObject, schemas: Schemas) -> JsonObject:
    cursor = event.get("position", event["version"])
    page = reference(f"{feed.access.capitalize()}FeedPage")
    of_audience = {"schema": page, "example": {"events": [event], "next": cursor}}
    chunk = f"id: {cursor}\nevent: {event['type']}\ndata: {msgspec.json.encode(event).decode()}\n\n"
    return {
        "application/json": schemas.media_type(feed.page) if feed.page else of_audience,
        "text/event-stream": {"schema": {"type": "string"}, "example": chunk},
    }


def _switching() -> str:
    codes = [f"- `{code}`: {meaning}" for code, meaning in _CLOSE_CODES.items()]
    return "\n".join(["Switching Protocols. The server closes the WebSocket with:", "", *codes])
