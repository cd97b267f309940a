"""What supervisors and administrators may call of the Agent API."""

from gateways.api.agent import supervising
from gateways.api.agent.declaring import BASE, CONVERSATION, ENDED, LEADERS, post, put
from gateways.http.endpoints import Endpoint
from schemas.api.agent import (
    Announced,
    AnnouncementRequest,
    FlushedQueue,
    FlushRequest,
    SetAgentStateRequest,
    States,
    WhisperRequest,
)
from schemas.api.customer import Acknowledged, PostedMessage

__all__ = ["SUPERVISOR_ENDPOINTS"]

_SUPERVISED = (*LEADERS, "409 agent_logged_out", "409 conversation_ended")

SUPERVISOR_ENDPOINTS: tuple[Endpoint, ...] = (
    post(
        f"{CONVERSATION}/monitor",
        supervising.monitor,
        "Follow a conversation in silence",
        None,
        Acknowledged,
        *_SUPERVISED,
    ),
    post(
        f"{CONVERSATION}/whisper",
        supervising.whisper,
        "Whisper to the agents",
        WhisperRequest,
        PostedMessage,
        "403 role_missing",
        *ENDED,
        "409 id_conflict",
        status=201,
    ),
    post(f"{CONVERSATION}/barge-in", supervising.barge_in, "Come in openly", None, Acknowledged, *_SUPERVISED),
    post(f"{CONVERSATION}/take-over", supervising.take_over, "Take over", None, Acknowledged, *_SUPERVISED),
    put(
        f"{BASE}/agents/{{id}}/state",
        supervising.set_agent_state,
        "Change an agent's state, or log the agent out",
        SetAgentStateRequest,
        States,
        *LEADERS,
        "409 agent_logged_out",
    ),
    post(
        f"{BASE}/announcements",
        supervising.announce,
        "Tell all agents who are logged in something",
        AnnouncementRequest,
        Announced,
        "403 role_missing",
        "409 id_conflict",
        status=201,
    ),
    post(
        f"{BASE}/queues/{{queue}}/flush",
        supervising.flush_queue,
        "Empty a queue",
        FlushRequest,
        FlushedQueue,
        "403 role_missing",
        "404 not_found",
        empty_body=True,
    ),
)
