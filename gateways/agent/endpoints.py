"""The Agent API's endpoints."""

from typing import Any, Literal

from gateways.agent import (
    attachments,
    codes,
    conversing,
    directories,
    handing_over,
    openid,
    sessions,
    states,
    supervising,
    tasks,
)
from gateways.http.endpoints import UPLOAD_ERRORS, Endpoint, Feed, Handler, QueryParameter
from schemas.api.agent import (
    AcceptedTask,
    Agents,
    Announced,
    AnnouncementRequest,
    AttributesRequest,
    CannedMessages,
    Codes,
    ConversationDetail,
    Conversations,
    DeclineRequest,
    EndRequest,
    FlushedQueue,
    FlushRequest,
    HandedOver,
    HandOverRequest,
    LabelsRequest,
    LoginOptions,
    LoginRequest,
    LogoutRequest,
    Me,
    MessageRequest,
    NoteRequest,
    OpenIdSessionRequest,
    Queues,
    RaiseHandRequest,
    ReceiptRequest,
    RefreshRequest,
    Session,
    SetAgentStateRequest,
    SetStateRequest,
    States,
    TaskExplanation,
    WaitingTasks,
    WhisperRequest,
    WrapUpRequest,
)
from schemas.api.attachments import Upload, UploadedAttachment
from schemas.api.customer import Acknowledged, PostedMessage, Typing

__all__ = ["ENDPOINTS"]

_BASE = "/agent/v1"
_CONVERSATION = f"{_BASE}/conversations/{{id}}"
_PROVIDER = ("404 openid_off", "502 openid_provider_failed", "503 openid_unavailable")
_ENDED = ("409 conversation_ended", "403 not_participant")
_OWNED = (
    *_ENDED,
    "403 not_primary",
    "409 agent_unavailable",
    "409 already_takes_part",
    "409 id_conflict",
)
_LEADERS = ("403 role_missing", "403 not_supervised")
_SUPERVISED = (*_LEADERS, "409 agent_logged_out", "409 conversation_ended")


def _post(
    path: str, handler: Handler, summary: str, request: Any, response: Any, *errors: str, **options: Any
) -> Endpoint:
    return Endpoint("POST", path, handler, summary, "agent", response, request=request, errors=errors, **options)


def _get(path: str, handler: Handler, summary: str, response: Any, *query: QueryParameter, **options: Any) -> Endpoint:
    return Endpoint("GET", path, handler, summary, "agent", response, query=query, **options)


def _put(path: str, handler: Handler, summary: str, request: Any, response: Any, *errors: str) -> Endpoint:
    return Endpoint("PUT", path, handler, summary, "agent", response, request=request, errors=errors)


def _session(path: Literal["login", "refresh"], handler: Handler, summary: str, request: Any, refused: str) -> Endpoint:
    errors = (f"401 {refused}", "403 agent_removed")
    return Endpoint("POST", f"{_BASE}/{path}", handler, summary, "anyone", Session, request=request, errors=errors)


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    _post(
        f"{_CONVERSATION}/messages",
        conversing.post_message,
        "Post a message as the agent",
        MessageRequest,
        PostedMessage,
        *_ENDED,
        "409 id_conflict",
        "503 attachments_unavailable",
        status=201,
    ),
    _session("login", sessions.log_in, "Log in with username and password", LoginRequest, "invalid_credentials"),
    _session(
        "refresh", sessions.refresh, "Exchange a refresh token for new tokens", RefreshRequest, "invalid_refresh_token"
    ),
    Endpoint(
        "GET", f"{_BASE}/login-options", openid.login_options, "Read how agents can log in", "anyone", LoginOptions
    ),
    Endpoint(
        "GET",
        f"{_BASE}/openid/login",
        openid.openid_login,
        "Log in at the OpenID provider",
        "anyone",
        None,
        302,
        query=(
            QueryParameter("return_to", "The page to return to: a path of this server, or an address.", required=True),
            QueryParameter("code_challenge", "The SHA-256 of a verifier, in base64url.", required=True),
        ),
        errors=_PROVIDER,
    ),
    Endpoint(
        "GET",
        f"{_BASE}/openid/callback",
        openid.openid_callback,
        "Come back from the OpenID provider",
        "anyone",
        None,
        302,
        query=(
            QueryParameter("state", "Names the login.", required=True),
            QueryParameter("code", "What the provider knows the person by."),
            QueryParameter("error", "Why there is no code."),
            QueryParameter("iss", "The provider."),
        ),
        errors=(
            *_PROVIDER,
            "400 openid_state_invalid",
            "400 openid_code_refused",
            "403 openid_denied",
            "403 openid_email_unverified",
            "403 openid_agent_unknown",
        ),
    ),
    Endpoint(
        "POST",
        f"{_BASE}/openid/session",
        openid.openid_session,
        "Exchange the code of a login by OpenID for a session",
        "anyone",
        Session,
        request=OpenIdSessionRequest,
        errors=("404 openid_off", "401 openid_code_invalid", "403 agent_removed"),
    ),
    _post(f"{_BASE}/logout", sessions.log_out, "Log out", LogoutRequest, None, empty_body=True, status=204),
    _get(f"{_BASE}/me", states.me, "Read all that a desktop needs to draw itself", Me, errors=("403 agent_removed",)),
    _put(
        f"{_BASE}/me/state",
        states.set_state,
        "Go ready or not ready",
        SetStateRequest,
        States,
        "409 agent_logged_out",
    ),
    _put(
        f"{_BASE}/me/mrds/{{mrd}}/state",
        states.set_mrd_state,
        "Go ready or not ready in one media routing domain",
        SetStateRequest,
        States,
        "404 unknown_mrd",
        "409 agent_logged_out",
    ),
    _post(f"{_BASE}/me/activity", states.report_activity, "Show that somebody is there", None, None, status=204),
    _get(f"{_BASE}/codes", codes.codes, "List the reasons and wrap-up codes to choose from", Codes),
    _get(
        f"{_BASE}/canned-messages",
        codes.canned_messages,
        "List texts to send as they are",
        CannedMessages,
        QueryParameter("queue", "Those for everyone and those of this queue."),
        QueryParameter("language", "Only those in this language."),
    ),
    Feed(f"{_BASE}/events", states.agent_events, "Follow offers, states and the agent's conversations", "agent"),
    _get(
        f"{_BASE}/tasks",
        tasks.waiting_tasks,
        "List the tasks that the agent may pick",
        WaitingTasks,
        QueryParameter("queue", "Only those of this queue."),
        QueryParameter("limit", "The most tasks to answer.", "integer"),
    ),
    _post(
        f"{_BASE}/tasks/{{task_id}}/accept",
        tasks.accept,
        "Accept an offered task, or pick one that waits",
        None,
        AcceptedTask,
        "409 offer_gone",
        "409 agent_unavailable",
        "403 not_eligible",
        "409 not_pulled",
    ),
    _get(
        f"{_BASE}/tasks/{{task_id}}/explain",
        tasks.explain_task,
        "Explain why the task went where it went",
        TaskExplanation,
        errors=("403 not_participant",),
    ),
    _post(
        f"{_BASE}/tasks/{{task_id}}/decline",
        tasks.decline,
        "Decline an offered task",
        DeclineRequest,
        AcceptedTask,
        "409 offer_gone",
        empty_body=True,
    ),
    _post(
        f"{_CONVERSATION}/notes",
        conversing.add_note,
        "Add a note that only agents see",
        NoteRequest,
        PostedMessage,
        *_ENDED,
        "409 id_conflict",
        status=201,
    ),
    _post(
        f"{_CONVERSATION}/typing",
        conversing.set_typing,
        "Tell that the agent is typing",
        Typing,
        None,
        *_ENDED,
        status=204,
    ),
    _post(
        f"{_CONVERSATION}/end",
        conversing.end_conversation,
        "End the conversation",
        EndRequest,
        Acknowledged,
        "403 not_participant",
        "403 not_primary",
        *_LEADERS,
        empty_body=True,
    ),
    _post(
        f"{_CONVERSATION}/transfer",
        handing_over.transfer,
        "Hand the conversation over",
        HandOverRequest,
        HandedOver,
        *_OWNED,
    ),
    _post(
        f"{_CONVERSATION}/consult",
        handing_over.consult,
        "Consult another agent",
        HandOverRequest,
        HandedOver,
        *_OWNED,
    ),
    _post(
        f"{_CONVERSATION}/conference",
        handing_over.conference,
        "Bring another agent in",
        HandOverRequest,
        HandedOver,
        *_OWNED,
    ),
    _post(f"{_CONVERSATION}/leave", conversing.leave, "Leave", None, Acknowledged, *_ENDED, "409 last_agent"),
    _post(
        f"{_CONVERSATION}/labels",
        conversing.change_labels,
        "Add and remove labels",
        LabelsRequest,
        Acknowledged,
        *_ENDED,
        "409 too_many_labels",
    ),
    _post(
        f"{_CONVERSATION}/attributes",
        conversing.change_attributes,
        "Change attributes",
        AttributesRequest,
        Acknowledged,
        *_ENDED,
    ),
    _post(
        f"{_CONVERSATION}/raise-hand",
        conversing.raise_hand,
        "Ask for a supervisor",
        RaiseHandRequest,
        Acknowledged,
        *_ENDED,
    ),
    _post(
        f"{_CONVERSATION}/receipts",
        conversing.record_receipt,
        "Tell what became of a message",
        ReceiptRequest,
        Acknowledged,
        *_ENDED,
        "404 unknown_message",
    ),
    _post(
        f"{_CONVERSATION}/monitor",
        supervising.monitor,
        "Follow a conversation in silence",
        None,
        Acknowledged,
        *_SUPERVISED,
    ),
    _post(
        f"{_CONVERSATION}/whisper",
        supervising.whisper,
        "Whisper to the agents",
        WhisperRequest,
        PostedMessage,
        "403 role_missing",
        *_ENDED,
        "409 id_conflict",
        status=201,
    ),
    _post(f"{_CONVERSATION}/barge-in", supervising.barge_in, "Come in openly", None, Acknowledged, *_SUPERVISED),
    _post(f"{_CONVERSATION}/take-over", supervising.take_over, "Take over", None, Acknowledged, *_SUPERVISED),
    _post(
        f"{_CONVERSATION}/wrap-up",
        conversing.complete_wrap_up,
        "Complete the wrap-up of an ended conversation",
        WrapUpRequest,
        Acknowledged,
        "403 not_participant",
        "409 no_wrap_up",
        empty_body=True,
    ),
    _get(f"{_BASE}/agents", directories.agents, "List the agents and their states", Agents),
    _put(
        f"{_BASE}/agents/{{id}}/state",
        supervising.set_agent_state,
        "Change an agent's state, or log the agent out",
        SetAgentStateRequest,
        States,
        *_LEADERS,
        "409 agent_logged_out",
    ),
    _post(
        f"{_BASE}/announcements",
        supervising.announce,
        "Tell all agents who are logged in something",
        AnnouncementRequest,
        Announced,
        "403 role_missing",
        "409 id_conflict",
        status=201,
    ),
    _get(f"{_BASE}/queues", directories.queues, "List the queues", Queues),
    _post(
        f"{_BASE}/queues/{{queue}}/flush",
        supervising.flush_queue,
        "Empty a queue",
        FlushRequest,
        FlushedQueue,
        "403 role_missing",
        "404 not_found",
        empty_body=True,
    ),
    _get(
        f"{_BASE}/conversations",
        directories.conversations,
        "List conversations, newest first",
        Conversations,
        QueryParameter("status", "Only those with this status."),
        QueryParameter("agent", "Only those in which this agent takes part."),
        QueryParameter("queue", "Only those of this queue."),
        QueryParameter("customer", "Only those of the customer with this id."),
        QueryParameter("label", "Only those with this label."),
        QueryParameter("hand_raised", "Only those in which an agent asks for a supervisor: true or false."),
        QueryParameter("q", "Only those whose customer, id or last message contains this."),
        QueryParameter("after", "The conversation after which to go on."),
        QueryParameter("limit", "The most conversations to answer.", "integer"),
    ),
    _get(
        _CONVERSATION,
        directories.conversation,
        "Read a conversation with its events",
        ConversationDetail,
        errors=("403 not_participant",),
    ),
    _post(
        f"{_CONVERSATION}/attachments",
        attachments.upload_attachment,
        "Upload an attachment",
        Upload,
        UploadedAttachment,
        *_ENDED,
        *UPLOAD_ERRORS,
        status=201,
        streamed=True,
    ),
    _get(
        f"{_CONVERSATION}/attachments/{{attachment_id}}",
        attachments.read_attachment,
        "Read an attachment",
        bytes,
        errors=("403 not_participant", "503 attachments_unavailable"),
        media=("application/octet-stream",),
    ),
)
