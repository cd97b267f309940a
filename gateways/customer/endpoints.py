"""The Customer API's endpoints."""

from gateways.customer import conversing, starting
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.api.customer import (
    Acknowledged,
    AgentRequest,
    ConversationState,
    Ended,
    PostedMessage,
    PostMessage,
    StartConversationRequest,
    StartedConversation,
    Transcript,
    Typing,
)

__all__ = ["ENDPOINTS"]

_CONVERSATION = "/customer/v1/conversations/{id}"

ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        "POST",
        f"{_CONVERSATION}/messages",
        conversing.post_message,
        "Post a message as the customer",
        "customer",
        PostedMessage,
        201,
        PostMessage,
        errors=("409 conversation_ended", "409 id_conflict"),
    ),
    Endpoint(
        "POST",
        "/customer/v1/conversations",
        starting.start_conversation,
        "Start a conversation",
        "anyone",
        StartedConversation,
        201,
        StartConversationRequest,
        takes_key=True,
        errors=("403 origin_not_allowed", "409 id_conflict"),
    ),
    Endpoint(
        "GET",
        _CONVERSATION,
        conversing.conversation_state,
        "Read a conversation's state",
        "customer",
        ConversationState,
    ),
    Feed(
        f"{_CONVERSATION}/events",
        conversing.conversation_events,
        "Follow a conversation as its customer sees it",
        "customer",
    ),
    Endpoint(
        "POST",
        f"{_CONVERSATION}/typing",
        conversing.set_typing,
        "Tell that the customer is typing",
        "customer",
        None,
        204,
        Typing,
        errors=("409 conversation_ended",),
    ),
    Endpoint(
        "POST",
        f"{_CONVERSATION}/agent-request",
        conversing.request_agent,
        "Ask for a human agent",
        "customer",
        Acknowledged,
        request=AgentRequest,
        empty_body=True,
        errors=("409 conversation_ended",),
    ),
    Endpoint(
        "POST",
        f"{_CONVERSATION}/end",
        conversing.end_conversation,
        "End the conversation",
        "customer",
        Acknowledged,
        request=Ended,
        empty_body=True,
    ),
    Endpoint(
        "GET",
        f"{_CONVERSATION}/transcript",
        conversing.transcript,
        "Read the transcript",
        "customer",
        Transcript,
        query=(QueryParameter("format", "json, text or html"),),
        media=("application/json", "text/plain", "text/html"),
    ),
)
