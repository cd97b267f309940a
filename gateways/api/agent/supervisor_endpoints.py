"""The endpoints of the Agent API for supervisors and administrators."""

from gateways.api.agent import floor, supervising
from gateways.api.agent.paths import BASE, CONVERSATION, ENDED, LEADERS
from gateways.api.path_parameters import AGENT_ID, CONVERSATION_ID, QUEUE_NAME
from gateways.http.endpoints import Endpoint

__all__ = ["SUPERVISOR_ENDPOINTS"]

_SUPERVISED = (*LEADERS, "agent_logged_out", "conversation_ended")

SUPERVISOR_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        method="GET",
        path=f"{BASE}/floor",
        handler=floor.live_floor,
        summary="The live floor",
        access="agent",
        media=("application/json", "text/event-stream"),
        errors=("role_missing",),
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/monitor",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.monitor,
        summary="Monitor a conversation",
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
        errors=("role_missing", *ENDED, "conversation_full", "id_conflict"),
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/barge-in",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.barge_in,
        summary="Take part in a conversation",
        access="agent",
        replays=True,
        errors=_SUPERVISED,
    ),
    Endpoint(
        method="POST",
        path=f"{CONVERSATION}/take-over",
        path_parameters=(CONVERSATION_ID,),
        handler=supervising.take_over,
        summary="Take a conversation over",
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
        summary="Make an announcement to the agents who are logged in",
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
        errors=(*LEADERS, "not_found", "out_of_hours", "nobody_eligible"),
    ),
)
