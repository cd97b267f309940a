"""The Extern API's endpoints."""

from gateways.api.extern import agents, tasks
from gateways.api.extern.conversation_endpoints import CONVERSATION_ENDPOINTS
from gateways.api.extern.webhook_endpoints import WEBHOOK_ENDPOINTS
from gateways.api.path_parameters import TASK_ID
from gateways.http.endpoints import Endpoint, Feed, QueryParameter

__all__ = ["ENDPOINTS"]

_TASK = "/extern/v1/tasks/{task_id}"

ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    *CONVERSATION_ENDPOINTS,
    Endpoint(
        method="POST",
        path="/extern/v1/tasks",
        handler=tasks.route_task,
        summary="Route a task",
        access="extern",
        status=201,
        replays=True,
        errors=("id_conflict", "nobody_eligible"),
    ),
    Endpoint(
        method="GET",
        path=_TASK,
        path_parameters=(TASK_ID,),
        handler=tasks.task,
        summary="Read how a task stands",
        access="extern",
    ),
    Endpoint(
        method="DELETE",
        path=_TASK,
        path_parameters=(TASK_ID,),
        handler=tasks.cancel_task,
        summary="Cancel a task",
        access="extern",
        status=204,
    ),
    Endpoint(
        method="GET",
        path="/extern/v1/agents/states",
        handler=agents.agent_states,
        summary="Read the agents' states",
        access="extern",
        query=(
            QueryParameter("mrd", "Only agents of this media routing domain, and their states in it.", names="mrds"),
        ),
    ),
    *WEBHOOK_ENDPOINTS,
)
