"""Tasks that are offered to agents, and tasks that agents pick from a line."""

from typing import NamedTuple

from gateways.conversations.channels import queue_named
from gateways.exceptions import RefusedError
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView, PickableTask
from schemas.actors import agent_actor
from schemas.commands import AcceptTask, DeclineTask, PickTask
from schemas.records import agent_stream, router_stream
from schemas.replies import RefusalCode, TaskReply

__all__ = ["WaitingTask", "accept_task", "decline_task", "list_waiting_tasks", "note_of_task"]


class WaitingTask(NamedTuple):
    """A task that an agent may pick, and its conversation."""

    task: PickableTask
    conversation: ConversationView
    note: str | None


async def accept_task(services: Services, agent_id: str, task_id: str) -> TaskReply:
    """The agent accepts a task that is offered, or picks one that waits in a queue from which agents pick. Raises
    RefusedError."""
    mrd = None if _holds(services, agent_id, task_id) else services.queues.mrd_of(task_id)
    if mrd is not None and services.queues.is_pulled(mrd, task_id):
        return await _pick(services, agent_id, mrd, task_id)
    return await _answer(services, agent_id, AcceptTask(at=services.clock(), task_id=task_id))


async def decline_task(services: Services, agent_id: str, task_id: str, reason: str | None = None) -> TaskReply:
    """Raises RefusedError."""
    return await _answer(services, agent_id, DeclineTask(at=services.clock(), task_id=task_id, reason=reason))


def list_waiting_tasks(services: Services, agent_id: str, queue: str | None, limit: int) -> list[WaitingTask]:
    """The tasks in queues from which agents pick that the agent may take now, first in line first. Raises RefusedError
    for a queue that is not configured."""
    if queue is not None:
        queue_named(services.configuration, queue)
    found: list[WaitingTask] = []
    for task in services.queues.pickable(agent_id, queue):
        view = services.conversations.get(task.conversation_id)
        if view is not None:
            found.append(WaitingTask(task, view, note_of_task(services, task.conversation_id, task.task_id)))
    return found[:limit]


def note_of_task(services: Services, conversation_id: str, task_id: str) -> str | None:
    """The note of the agent who asks for another agent by this task."""
    view = services.conversations.get(conversation_id)
    wanted = view.tasks.get(task_id) if view is not None else None
    return wanted.note if wanted is not None else None


def _holds(services: Services, agent_id: str, task_id: str) -> bool:
    agent = services.agents.get(agent_id)
    return agent is not None and task_id in agent.tasks


async def _pick(services: Services, agent_id: str, mrd: str, task_id: str) -> TaskReply:
    command = PickTask(at=services.clock(), task_id=task_id, agent_id=agent_id)
    view = services.conversations.of_task(task_id)
    correlation_id = view.conversation_id if view else None
    reply = await ask(services, router_stream(mrd), command, agent_actor(agent_id), TaskReply, correlation_id)
    if not _holds(services, agent_id, task_id):
        raise RefusedError(RefusalCode.AGENT_UNAVAILABLE, "go ready, or finish a task first")
    return reply


async def _answer(services: Services, agent_id: str, command: AcceptTask | DeclineTask) -> TaskReply:
    offered = next((task for task in services.agents.held(agent_id) if task.task_id == command.task_id), None)
    correlation_id = offered.conversation_id if offered else None
    return await ask(services, agent_stream(agent_id), command, agent_actor(agent_id), TaskReply, correlation_id)
