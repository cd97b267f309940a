"""The Extern API's endpoints of conversations: messages into them, reading and marking them, and following all that
happens."""

from gateways.api.extern import conversations, events, messages
from gateways.api.path_parameters import CONVERSATION_ID
from gateways.api.zone_parameter import ZONE
from gateways.http.endpoints import FEED_QUERY, Endpoint, Feed, QueryParameter
from schemas.api.inspection import EventPage
from schemas.events import REGISTRY

__all__ = ["CONVERSATION_ENDPOINTS"]

_BASE = "/extern/v1"
_CONVERSATIONS = f"{_BASE}/conversations"
_CONVERSATION = f"{_CONVERSATIONS}/{{id}}"
_STATUSES = ("with_bot", "waiting_for_customer", "waiting_for_agent", "with_agent", "wrap_up", "ended")

CONVERSATION_ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="POST",
        path=f"{_BASE}/messages",
        handler=messages.write_message,
        summary="Write into a conversation or to a customer",
        access="extern",
        status=201,
        replays=True,
        errors=("not_found", "id_conflict", "conversation_ended", "conversation_full", "attachments_unavailable"),
    ),
    Endpoint(
        method="GET",
        path=_CONVERSATIONS,
        handler=conversations.all_conversations,
        summary="List all conversations, newest first",
        access="extern",
        query=(
            QueryParameter("status", "Only those with this status.", values=_STATUSES),
            QueryParameter("channel", "Only those of this channel.", names="channels"),
            QueryParameter("queue", "Only those of this queue.", names="queues"),
            QueryParameter("team", "Only those in which an agent of this team takes or took part.", names="teams"),
            QueryParameter("label", "Only those with this label."),
            QueryParameter(
                "q",
                "Only those with these words, or words that begin so, in a message, a note or the customer's details.",
            ),
            QueryParameter("after", "The id of the conversation after which the page begins."),
            QueryParameter("limit", "The maximum number of conversations in the answer.", "integer", minimum=1),
        ),
        errors=("report_behind", "reports_unavailable"),
    ),
    Endpoint(
        method="GET",
        path=_CONVERSATION,
        path_parameters=(CONVERSATION_ID,),
        handler=conversations.one_conversation,
        summary="Read any conversation with its events",
        access="extern",
    ),
    Endpoint(
        method="GET",
        path=f"{_CONVERSATION}/transcript",
        path_parameters=(CONVERSATION_ID,),
        handler=conversations.conversation_transcript,
        summary="Read the transcript of any conversation",
        access="extern",
        query=(
            QueryParameter("format", "The form of the transcript.", values=("json", "text", "html")),
            ZONE,
        ),
        media=("application/json", "text/plain; charset=utf-8", "text/html; charset=utf-8"),
    ),
    Endpoint(
        method="POST",
        path=f"{_CONVERSATION}/labels",
        path_parameters=(CONVERSATION_ID,),
        handler=conversations.change_conversation_labels,
        summary="Add and remove labels of any conversation",
        access="extern",
        replays=True,
        errors=("conversation_full", "too_many_labels"),
    ),
    Endpoint(
        method="POST",
        path=f"{_CONVERSATION}/attributes",
        path_parameters=(CONVERSATION_ID,),
        handler=conversations.change_conversation_attributes,
        summary="Change attributes of any conversation",
        access="extern",
        replays=True,
        errors=("conversation_full",),
    ),
    Feed(
        path=f"{_BASE}/events",
        handler=events.events,
        summary="Follow what happens in the whole contact centre",
        access="extern",
        query=(
            *FEED_QUERY,
            QueryParameter("type", "Only events of these types.", values=tuple(sorted(REGISTRY.types)), listed=True),
            QueryParameter("channel", "Only those of these channels.", names="channels", listed=True),
            QueryParameter("queue", "Only those of these queues.", names="queues", listed=True),
            QueryParameter("team", "Only those of these teams.", names="teams", listed=True),
        ),
        page=EventPage,
    ),
)
