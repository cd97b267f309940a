"""The inspection API's endpoints."""

from actors.entities import DECIDERS
from gateways.api.deliveries import DELIVERIES_QUERY
from gateways.api.inspection import correlations, deliveries, finding, floor, states, streams, timelines
from gateways.api.path_parameters import CORRELATION_ID, DELIVERY_ID, EVENT_ID, STREAM_NAME, TARGET_NAME
from gateways.api.zone_parameter import ZONE
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.api.inspection import EventPage, StreamPage

__all__ = ["ENDPOINTS"]

_BASE = "/inspect/v1"
_AFTER = QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer")
_LIMIT = QueryParameter("limit", "The maximum number of events in a JSON page.", "integer", minimum=1)

_PROJECTED = ("reports_unavailable", "not_built", "report_behind", "journal_unavailable")
"""The problems of answers that come from a projection, which may not be built or caught up yet."""
_OUTBOX = ("deliveries_unavailable",)
_DELIVERY, _TARGET = f"{_BASE}/deliveries/{{delivery_id}}", f"{_BASE}/targets/{{target}}"

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
    Endpoint(
        method="GET",
        path=f"{_BASE}/targets",
        handler=deliveries.targets,
        summary="List the targets of deliveries",
        access="inspector",
        errors=_OUTBOX,
    ),
    Endpoint(
        method="POST",
        path=f"{_TARGET}/retry",
        path_parameters=(TARGET_NAME,),
        handler=deliveries.retry_target,
        summary="Try all parked deliveries of a target again",
        access="administrator",
        audited="target_retried",
        errors=("not_found", *_OUTBOX),
    ),
    Endpoint(
        method="POST",
        path=f"{_TARGET}/resume",
        path_parameters=(TARGET_NAME,),
        handler=deliveries.resume_target,
        summary="Resume a target that is stopped",
        access="administrator",
        status=204,
        audited="target_resumed",
        errors=("not_found", *_OUTBOX),
    ),
    Endpoint(
        method="POST",
        path=f"{_TARGET}/rewind",
        path_parameters=(TARGET_NAME,),
        handler=deliveries.rewind_target,
        summary="Send a target events again",
        access="administrator",
        audited="target_rewound",
        errors=("not_found", *_OUTBOX),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/deliveries",
        handler=deliveries.deliveries,
        summary="List the deliveries",
        access="inspector",
        query=(
            QueryParameter("target", "Only deliveries to this target, such as `webhook:<name>`."),
            *DELIVERIES_QUERY,
        ),
        errors=_OUTBOX,
    ),
    Endpoint(
        method="GET",
        path=_DELIVERY,
        path_parameters=(DELIVERY_ID,),
        handler=deliveries.delivery,
        summary="Read a delivery and find its event",
        access="inspector",
        errors=_OUTBOX,
    ),
    Endpoint(
        method="POST",
        path=f"{_DELIVERY}/retry",
        path_parameters=(DELIVERY_ID,),
        handler=deliveries.retry_delivery,
        summary="Try a delivery again",
        access="administrator",
        audited="delivery_retried",
        errors=("delivery_state", *_OUTBOX),
    ),
    Endpoint(
        method="DELETE",
        path=_DELIVERY,
        path_parameters=(DELIVERY_ID,),
        handler=deliveries.drop_delivery,
        summary="Drop a delivery",
        access="administrator",
        status=204,
        audited="delivery_dropped",
        errors=("delivery_state", *_OUTBOX),
    ),
)
