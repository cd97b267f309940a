"""Answering offers."""

from gateways.http.asking import ask
from gateways.http.call import Answer, Call
from schemas.api.agent import AcceptedTask, DeclineRequest
from schemas.commands import AcceptTask, DeclineTask
from schemas.replies import TaskReply

__all__ = ["accept", "decline"]


async def accept(call: Call) -> Answer:
    command = AcceptTask(at=call.services.clock(), task_id=call.identifier("task_id"))
    return await _answer(call, command)


async def decline(call: Call) -> Answer:
    body: DeclineRequest = call.body
    command = DeclineTask(at=call.services.clock(), task_id=call.identifier("task_id"), reason=body.reason)
    return await _answer(call, command)


async def _answer(call: Call, command: AcceptTask | DeclineTask) -> Answer:
    agent_id = call.principal.subject
    offered = next((task for task in call.services.agents.tasks(agent_id) if task.task_id == command.task_id), None)
    correlation_id = offered.conversation_id if offered else None
    reply = await ask(call.services, f"agent-{agent_id}", command, f"agent:{agent_id}", TaskReply, correlation_id)
    return Answer(AcceptedTask(reply.conversation_id), replayed=reply.replayed)
