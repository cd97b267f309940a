"""What supervisors and administrators may call of the Agent API."""

from gateways.api.agent import supervising
from gateways.api.agent.paths import BASE, CONVERSATION, ENDED, LEADERS
from gateways.api.path_parameters import AGENT_ID, CONVERSATION_ID, QUEUE_NAME
from gateways.http.endpoints import Endpoint

__all__ = ["SUPERVISOR_ENDPOINTS"]

_SUPERVISED = (*LEADERS, "agent_logged_out", "conversation_ended")

SUPERVISOR_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/monitor",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.monitor,
        summary="Follow a conversation in silence",
        access="agent",
        replays=True,
        errors=_SUPERVISED,
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/whisper",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.whisper,
        summary="Whisper to the agents",
        access="agent",
        status=201,
        replays=True,
        errors=("role_missing", *ENDED, "id_conflict"),
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/barge-in",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.barge_in,
        summary="Come in openly",
        access="agent",
        replays=True,
        errors=_SUPERVISED,
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/take-over",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.take_over,
        summary="Take over",
        access="agent",
        replays=True,
        errors=_SUPERVISED,
    ),
    Endpoint(
        method="PUT",
        path=f"{BASE}/agents/{{id}}/state",
        path_parameters=(AGENT_ID,),
        handler=supervising.set_agent_state,
        summary="Change an agent's state, or log the agent out",
        access="agent",
        errors=(*LEADERS, "agent_logged_out"),
    ),
    Endpoint(
        method="POST",
        path=f"{BASE}/announcements",
        handler=supervising.announce,
        summary="Tell all agents who are logged in something",
        access="agent",
        status=201,
        replays=True,
        errors=("role_missing", "id_conflict"),
    ),
    Endpoint(
        method="POST",
        path=f"{BASE}/queues/{{queue}}/flush",
        path_parameters=(QUEUE_NAME,),
        handler=supervising.flush_queue,
        summary="Empty a queue",
        access="agent",
        empty_body=True,
        replays=True,
        errors=("role_missing", "not_found"),
    ),
)
