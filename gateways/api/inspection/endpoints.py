"""The inspection API's endpoints."""

from gateways.api.inspection import correlations, floor, listing, states, timelines
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.api.inspection import EventPage, EventWithCauses, Floor, StateAt, StreamPage, Streams, Trace

__all__ = ["ENDPOINTS"]

_BASE = "/inspect/v1"
_AFTER = QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer")
_LIMIT = QueryParameter("limit", "The most events of a JSON answer.", "integer")

_PROJECTED = ("503 reports_unavailable", "503 not_built", "503 report_behind", "503 journal_unavailable")
"""What comes from a projection may not be there yet."""

ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        "GET",
        f"{_BASE}/streams",
        listing.streams,
        "List the streams",
        "inspector",
        Streams,
        query=(
            QueryParameter("category", "Only conversation, agent, router or configuration."),
            QueryParameter("q", "Only streams with this in their names."),
            QueryParameter("cursor", "The next of the answer before."),
            QueryParameter("limit", "The most streams to answer.", "integer"),
        ),
        errors=_PROJECTED,
    ),
    Feed(
        f"{_BASE}/streams/{{stream}}",
        timelines.stream_events,
        "Follow a stream",
        "inspector",
        query=(_AFTER, _LIMIT, QueryParameter("before", "The last events before this version instead.", "integer")),
        page=StreamPage,
        errors=("404 not_found",),
    ),
    Endpoint(
        "GET",
        f"{_BASE}/streams/{{stream}}/state",
        states.state,
        "Read the state at a version or instant",
        "inspector",
        StateAt,
        query=(
            QueryParameter("version", "The state after this version; the newest unless given.", "integer"),
            QueryParameter("at", "The state at this instant, such as 2026-11-22T10:00:00Z."),
        ),
        errors=("404 not_found", "500 unfoldable_stream", "503 journal_unavailable"),
    ),
    Feed(
        f"{_BASE}/events",
        timelines.journal_events,
        "Follow the whole journal",
        "inspector",
        query=(_AFTER, _LIMIT, QueryParameter("where", "A condition on the event, in JMESPath.")),
        page=EventPage,
    ),
    Endpoint(
        "GET",
        f"{_BASE}/events/{{event_id}}",
        timelines.event,
        "Read an event, its cause and its effects",
        "inspector",
        EventWithCauses,
    ),
    Endpoint(
        "GET",
        f"{_BASE}/correlations/{{id}}",
        correlations.correlation,
        "Trace a conversation or correlation",
        "inspector",
        Trace,
        query=(
            QueryParameter("after", "The position to go on from.", "integer"),
            QueryParameter("limit", "The most events to answer.", "integer"),
        ),
        errors=_PROJECTED,
    ),
    Endpoint(
        "GET",
        f"{_BASE}/floor",
        floor.floor,
        "Read the floor at an instant",
        "inspector",
        Floor,
        query=(QueryParameter("at", "The instant, such as 2026-11-22T10:00:00Z; now without one."),),
        errors=_PROJECTED,
    ),
)
