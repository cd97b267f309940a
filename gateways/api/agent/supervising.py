"""What supervisors do: in conversations, with agents, with queues."""

import asyncio
from typing import Literal

from gateways.api.agent.codes import check_reason
from gateways.api.agent.configured import in_team, mrd_of_queue, name_of_agent, queue_of
from gateways.api.agent.rights import may_supervise, require_leader, require_supervised, require_supervised_conversation
from gateways.conversations.channels import queue_named
from gateways.conversations.reading import find_conversation
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem, invalid_input
from gateways.services.asking import ask
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
from schemas.commands import Announce, FlushQueue, LogOut, SetState, SuperviseConversation, Whisper
from schemas.identifiers import new_id
from schemas.replies import Done, Flushed, MessageReply, StateReply

__all__ = ["announce", "barge_in", "flush_queue", "monitor", "set_agent_state", "take_over", "whisper"]


async def monitor(call: Call) -> Answer:
    """The supervisor follows the conversation; the customer does not learn of it."""
    return await _supervise(call, "monitor")


async def barge_in(call: Call) -> Answer:
    """The supervisor takes part, seen and heard by the customer, beside the agent."""
    return await _supervise(call, "barge_in")


async def take_over(call: Call) -> Answer:
    """The supervisor owns the conversation from now on: instead of its agent, its bot, or the wait for one."""
    return await _supervise(call, "take_over")


async def _supervise(call: Call, mode: Literal["monitor", "barge_in", "take_over"]) -> Answer:
    require_leader(call)
    services, agent_id = call.services, call.principal.subject
    view = await find_conversation(services, call.identifier("id"))
    require_supervised_conversation(call, view)
    _require_login(call)
    command = SuperviseConversation(
        at=services.clock(),
        agent_id=agent_id,
        agent_name=name_of_agent(call, agent_id),
        task_id=new_id(),
        mode=mode,
        queue=queue_of(call, view),
    )
    stream = f"conversation-{view.conversation_id}"
    reply = await ask(services, stream, command, f"agent:{agent_id}", Done, view.conversation_id)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


def _require_login(call: Call) -> None:
    agent = call.services.agents.get(call.principal.subject)
    if agent is None or agent.state == "logged_out":
        raise Problem(409, "agent_logged_out", "log in before you come into a conversation")


async def whisper(call: Call) -> Answer:
    """Words that the agents in the conversation see and the customer does not. Monitor it first."""
    require_leader(call)
    body: WhisperRequest = call.body
    agent_id, conversation_id = call.principal.subject, call.identifier("id")
    command = Whisper(at=call.services.clock(), message_id=body.id or new_id(), agent_id=agent_id, text=body.text)
    stream = f"conversation-{conversation_id}"
    reply = await ask(call.services, stream, command, f"agent:{agent_id}", MessageReply, conversation_id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def set_agent_state(call: Call) -> Answer:
    """Logging out ends the agent's sessions and feeds; tasks go back to the line."""
    require_leader(call)
    body: SetAgentStateRequest = call.body
    agent_id = call.parameter("id")
    name_of_agent(call, agent_id)
    require_supervised(call, agent_id)
    check_reason(call, body.reason, "logout" if body.state == "logged_out" else "not_ready")
    at, actor = call.services.clock(), f"agent:{call.principal.subject}"
    if body.state == "logged_out":
        out = LogOut(at=at, reason=body.reason or "supervisor")
        await ask(call.services, f"agent-{agent_id}", out, actor, StateReply)
    else:
        change = SetState(at=at, state=body.state, reason=body.reason)
        await ask(call.services, f"agent-{agent_id}", change, actor, StateReply)
    view = call.services.agents.view(agent_id)
    return Answer(States(view.state, view.mrds, view.reason))


async def announce(call: Call) -> Answer:
    """Agents who log in later do not see it. Repeated, it reaches those whom it has not reached yet."""
    require_leader(call)
    body: AnnouncementRequest = call.body
    services, announced_by = call.services, call.principal.subject
    announcement_id = body.id or new_id()
    before = services.agents.announcement(announcement_id)
    if before is not None and (before.announced_by, before.text) != (announced_by, body.text):
        raise Problem(409, "id_conflict", "this id belongs to another announcement")
    reached = before.agents if before is not None else set()
    recipients = [agent_id for agent_id in _logged_in(call, body.team) if agent_id not in reached]
    command = Announce(at=services.clock(), announcement_id=announcement_id, announced_by=announced_by, text=body.text)
    actor = f"agent:{announced_by}"
    told = (ask(services, f"agent-{agent_id}", command, actor, Done, announcement_id) for agent_id in recipients)
    await asyncio.gather(*told)
    agents = len(reached | set(recipients))
    return Answer(Announced(announcement_id, agents), 201, before is not None and not recipients)


def _logged_in(call: Call, team: str | None) -> list[str]:
    """Of those whom the caller supervises, and the caller."""
    return [
        agent_id
        for agent_id in call.services.agents
        if in_team(call, team, agent_id)
        and call.services.agents.view(agent_id).state != "logged_out"
        and (agent_id == call.principal.subject or may_supervise(call, agent_id))
    ]


async def flush_queue(call: Call) -> Answer:
    """Empties the queue: the tasks wait in another one by their old age, or are closed and their conversations end.
    What is offered to an agent at the time stays."""
    require_leader(call)
    body: FlushRequest = call.body
    queue = call.parameter("queue")
    mrd = mrd_of_queue(call, queue)
    if body.to is not None:
        _check_destination(call, queue, mrd, body.to)
    tasks, remaining = 0, 1
    while remaining:
        command = FlushQueue(at=call.services.clock(), queue=queue, to=body.to)
        reply = await ask(call.services, f"router-{mrd}", command, f"agent:{call.principal.subject}", Flushed)
        tasks, remaining = tasks + reply.tasks, reply.remaining
    return Answer(FlushedQueue(tasks))


def _check_destination(call: Call, queue: str, mrd: str, to: str) -> None:
    if to == queue:
        raise invalid_input("to", "must be another queue than the one that is flushed")
    if queue_named(call, to, "to").mrd != mrd:
        raise invalid_input("to", f"must be a queue of the media routing domain {mrd}")
