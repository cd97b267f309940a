"""The inspection API's endpoints."""

from actors.entities import DECIDERS
from gateways.api.inspection import correlations, finding, floor, states, streams, timelines
from gateways.api.path_parameters import CORRELATION_ID, EVENT_ID, STREAM_NAME
from gateways.api.zone_parameter import ZONE
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.api.inspection import EventPage, StreamPage

__all__ = ["ENDPOINTS"]

_BASE = "/inspect/v1"
_AFTER = QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer")
_LIMIT = QueryParameter("limit", "The maximum number of events in a JSON page.", "integer", minimum=1)

_PROJECTED = ("reports_unavailable", "not_built", "report_behind", "journal_unavailable")
"""The problems of answers that come from a projection, which may not be built or caught up yet."""

ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="GET",
        path=f"{_BASE}/streams",
        handler=streams.streams,
        summary="List the streams",
        access="inspector",
        query=(
            QueryParameter("category", "Only streams of this kind.", values=tuple(sorted(DECIDERS))),
            QueryParameter("q", "Only streams with this in their names."),
            QueryParameter("channel", "Only conversations of this channel."),
            QueryParameter("status", "Only conversations that have this status now, such as waiting_for_agent."),
            QueryParameter("customer", "Only conversations of customers with this in their names, or of this id."),
            QueryParameter("agent", "Only conversations in which this agent took part."),
            QueryParameter("cursor", "The next of the answer before.", "integer", minimum=1),
            QueryParameter("limit", "The maximum number of streams in the answer.", "integer", minimum=1),
        ),
        errors=_PROJECTED,
    ),
    Feed(
        path=f"{_BASE}/streams/{{stream}}",
        path_parameters=(STREAM_NAME,),
        handler=timelines.stream_events,
        summary="Follow a stream",
        access="inspector",
        query=(
            _AFTER,
            _LIMIT,
            ZONE,
            QueryParameter(
                "before", "The last events before this version instead.", "integer", minimum=1, excludes="after"
            ),
        ),
        page=StreamPage,
        errors=("not_found",),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/streams/{{stream}}/state",
        path_parameters=(STREAM_NAME,),
        handler=states.state,
        summary="Read the state at a version or instant",
        access="inspector",
        query=(
            QueryParameter("version", "The state after this version; the newest unless given.", "integer", minimum=1),
            QueryParameter("at", "The state at this instant, such as 2026-11-22T10:00:00Z.", excludes="version"),
            ZONE,
        ),
        errors=("not_found", "unfoldable_stream", "journal_unavailable"),
    ),
    Feed(
        path=f"{_BASE}/events",
        handler=timelines.journal_events,
        summary="Follow the whole journal",
        access="inspector",
        query=(_AFTER, _LIMIT, ZONE, QueryParameter("where", "A condition on the event, in JMESPath.")),
        page=EventPage,
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/events/{{event_id}}",
        path_parameters=(EVENT_ID,),
        handler=timelines.event,
        summary="Read an event, its cause and its effects",
        access="inspector",
        query=(ZONE,),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/correlations/{{id}}",
        path_parameters=(CORRELATION_ID,),
        handler=correlations.correlation,
        summary="Trace a conversation or correlation",
        access="inspector",
        query=(
            QueryParameter("after", "The position to go on from.", "integer"),
            QueryParameter("limit", "The maximum number of events in the answer.", "integer", minimum=1),
            ZONE,
        ),
        errors=_PROJECTED,
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/find",
        handler=finding.findings,
        summary="Find what an id, the end of one, a name or a position means",
        access="inspector",
        query=(QueryParameter("q", "What to find, such as alice, support, 4711 or 6d5c07.", required=True),),
        errors=_PROJECTED,
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/floor",
        handler=floor.floor,
        summary="Read the floor at an instant",
        access="inspector",
        query=(QueryParameter("at", "The instant, such as 2026-11-22T10:00:00Z; now without one."),),
        errors=_PROJECTED,
    ),
)
