"""The Extern API's endpoints."""

from gateways.api.extern import agents, tasks
from gateways.http.endpoints import Endpoint, QueryParameter
from schemas.api.extern import AgentStandings, OutsideTask, OutsideTaskRequest

__all__ = ["ENDPOINTS"]

_TASK = "/extern/v1/tasks/{task_id}"

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/extern/v1/tasks",
        tasks.route_task,
        "Route a task",
        "extern",
        OutsideTask,
        201,
        OutsideTaskRequest,
        errors=("409 id_conflict",),
    ),
    Endpoint("GET", _TASK, tasks.task, "Read how a task stands", "extern", OutsideTask),
    Endpoint("DELETE", _TASK, tasks.cancel_task, "Cancel a task", "extern", None, 204),
    Endpoint(
        "GET",
        "/extern/v1/agents/states",
        agents.agent_states,
        "Read the agents' states",
        "extern",
        AgentStandings,
        query=(QueryParameter("mrd", "Only agents of this media routing domain, and their states in it."),),
    ),
)
