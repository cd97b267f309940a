"""Answering offers, picking tasks, and explaining how a task was routed."""

import msgspec

from gateways.agents.offered import find_offer
from gateways.agents.offers import WaitingTask, accept_task, decline_task, list_waiting_tasks
from gateways.api.bodies import conversation_body, offer_body
from gateways.api.call import Call
from gateways.api.zone_parameter import zone_of
from gateways.conversations import explaining
from gateways.http.answer import Answer
from schemas.api import agent as api
from schemas.api.agent import AcceptedTask, DeclineRequest, Offer, TaskExplanation, WaitingTasks

__all__ = ["accept", "decline", "explain_task", "offer", "waiting_tasks"]


async def accept(call: Call) -> Answer[AcceptedTask]:
    """The agent accepts a task that is offered, or picks one that waits in a queue from which agents pick."""
    reply = await accept_task(call.services, call.principal.subject, call.identifier("task_id"))
    return Answer(AcceptedTask(reply.conversation_id), replayed=reply.replayed)


async def offer(call: Call) -> Answer[Offer]:
    """What the agent needs to know before answering: the customer, the last lines, and why the task is offered to this
    agent. `GET /agent/v1/me` has the same for all offers; a desktop reads it when `TaskReserved` arrives."""
    agent_id = call.principal.subject
    return Answer(offer_body(await find_offer(call.services, agent_id, call.identifier("task_id")), agent_id))


async def decline(call: Call, body: DeclineRequest) -> Answer[AcceptedTask]:
    reply = await decline_task(call.services, call.principal.subject, call.identifier("task_id"), body.reason)
    return Answer(AcceptedTask(reply.conversation_id), replayed=reply.replayed)


async def waiting_tasks(call: Call) -> Answer[WaitingTasks]:
    """Lists the tasks in queues from which agents pick that the agent may take now, first in line first. An agent picks
    a task by accepting it."""
    limit = call.number("limit", 100, 500)
    found = list_waiting_tasks(call.services, call.principal.subject, call.query.get("queue"), limit)
    return Answer(WaitingTasks([_described(waiting, call.principal.subject) for waiting in found]))


async def explain_task(call: Call) -> Answer[TaskExplanation]:
    """Lists every decision of the router about the task: the event, the agents who were considered, those who were not
    and why, and the rule, each as recorded and in a sentence. Instants in sentences are by the clock of ``zone``."""
    explanation = await explaining.explain_task(
        call.services, call.principal, call.identifier("task_id"), zone_of(call)
    )
    return Answer(msgspec.convert(explanation, TaskExplanation, from_attributes=True))


def _described(waiting: WaitingTask, agent_id: str) -> api.WaitingTask:
    task = waiting.task
    return api.WaitingTask(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        mrd=task.mrd,
        queue=task.queue,
        state="queued",
        queued_at=task.queued_at,
        direction=task.direction,
        note=waiting.note,
        position=task.position,
        conversation=conversation_body(waiting.conversation, agent_id),
    )
