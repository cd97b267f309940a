"""Answering offers, picking tasks, and why a task went where it went."""

import asyncio

from gateways.api.bodies import conversation_body
from gateways.conversations.channels import queue_named
from gateways.conversations.reading import find_conversation
from gateways.conversations.rights import require_visible
from gateways.exceptions import RefusedError
from gateways.http.answer import Answer
from gateways.inspection.explanations import Words, conversation_of_task, explain
from gateways.services import Call
from gateways.services.asking import ask
from projections import PickableTask
from schemas.actors import agent_actor
from schemas.api.agent import AcceptedTask, DeclineRequest, TaskExplanation, WaitingTask, WaitingTasks
from schemas.commands import AcceptTask, DeclineTask, PickTask
from schemas.records import agent_stream, router_stream
from schemas.replies import RefusalCode, TaskReply

__all__ = ["accept", "decline", "explain_task", "waiting_tasks"]

_MAX_SEARCHED = 20_000
"""Among so many records a task is looked for that is not at hand."""


async def accept(call: Call) -> Answer[AcceptedTask]:
    """A task that is offered, or one that waits in a queue of which agents pick."""
    task_id, agent_id = call.identifier("task_id"), call.principal.subject
    mrd = None if _holds(call, task_id) else call.services.queues.mrd_of(task_id)
    if mrd is not None and call.services.queues.is_pulled(mrd, task_id):
        return await _pick(call, mrd, task_id, agent_id)
    return await _answer(call, AcceptTask(at=call.services.clock(), task_id=task_id))


async def decline(call: Call, body: DeclineRequest) -> Answer[AcceptedTask]:
    command = DeclineTask(at=call.services.clock(), task_id=call.identifier("task_id"), reason=body.reason)
    return await _answer(call, command)


async def waiting_tasks(call: Call) -> Answer[WaitingTasks]:
    """What waits in queues of which agents pick, and the agent may take now, first in line first. Accept it to pick
    it."""
    queue = call.query.get("queue")
    if queue is not None:
        queue_named(call.services.configuration, queue)
    limit = call.number("limit", 100, 1, 500)
    pickable = call.services.queues.pickable(call.principal.subject, queue)
    shown = (_shown(call, task) for task in pickable)
    return Answer(WaitingTasks([task for task in shown if task is not None][:limit]))


async def explain_task(call: Call) -> Answer[TaskExplanation]:
    """Every decision of the router about the task: what happened, which agents were considered, who was not and why,
    by which rule; as recorded and in a sentence each. Times in sentences are in UTC."""
    task_id, services = call.identifier("task_id"), call.services
    view = services.conversations.of_task(task_id)
    if view is None:
        found = await asyncio.to_thread(conversation_of_task, services.journal, task_id, _MAX_SEARCHED)
        if found is None:
            raise RefusedError(RefusalCode.NOT_FOUND, "no such task")
        view = await find_conversation(services, found)
    require_visible(services, call.principal, view)
    words = Words(lambda agent_id: services.agents.view(agent_id).name, services.queues.steps)
    explanation = await asyncio.to_thread(explain, services.journal, view.conversation_id, task_id, words)
    if explanation is None:
        raise RefusedError(RefusalCode.NOT_FOUND, "no such task")
    return Answer(explanation)


def _holds(call: Call, task_id: str) -> bool:
    agent = call.services.agents.get(call.principal.subject)
    return agent is not None and task_id in agent.tasks


def _shown(call: Call, task: PickableTask) -> WaitingTask | None:
    view = call.services.conversations.get(task.conversation_id)
    if view is None:
        return None
    wanted = view.tasks.get(task.task_id)
    return WaitingTask(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        mrd=task.mrd,
        queue=task.queue,
        state="queued",
        queued_at=task.queued_at,
        direction=task.direction,
        note=wanted.note if wanted else None,
        position=task.position,
        conversation=conversation_body(view),
    )


async def _pick(call: Call, mrd: str, task_id: str, agent_id: str) -> Answer[AcceptedTask]:
    services = call.services
    command = PickTask(at=services.clock(), task_id=task_id, agent_id=agent_id)
    view = services.conversations.of_task(task_id)
    correlation_id = view.conversation_id if view else None
    reply = await ask(services, router_stream(mrd), command, agent_actor(agent_id), TaskReply, correlation_id)
    if not _holds(call, task_id):
        raise RefusedError(RefusalCode.AGENT_UNAVAILABLE, "go ready, or finish a task first")
    return Answer(AcceptedTask(reply.conversation_id))


async def _answer(call: Call, command: AcceptTask | DeclineTask) -> Answer[AcceptedTask]:
    agent_id = call.principal.subject
    offered = next((task for task in call.services.agents.held(agent_id) if task.task_id == command.task_id), None)
    correlation_id = offered.conversation_id if offered else None
    reply = await ask(call.services, agent_stream(agent_id), command, agent_actor(agent_id), TaskReply, correlation_id)
    return Answer(AcceptedTask(reply.conversation_id), replayed=reply.replayed)
