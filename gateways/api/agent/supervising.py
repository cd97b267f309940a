"""What supervisors do: in conversations, with agents, with queues."""

import asyncio
from typing import Literal

from gateways.api.agent.codes import check_reason
from gateways.api.agent.configured import in_team, mrd_of_queue, name_of_agent
from gateways.api.bodies import mrd_body
from gateways.conversations import posting
from gateways.conversations.channels import queue_named
from gateways.conversations.rights import may_supervise, require_leader, require_supervised
from gateways.conversations.supervising import supervise
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.answer import Answer
from gateways.services import Call
from gateways.services.asking import ask
from schemas.actors import agent_actor
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
from schemas.commands import Announce, FlushQueue, LogOut, SetState
from schemas.identifiers import new_id
from schemas.records import agent_stream, router_stream
from schemas.replies import Done, Flushed, RefusalCode, StateReply

__all__ = ["announce", "barge_in", "flush_queue", "monitor", "set_agent_state", "take_over", "whisper"]


async def monitor(call: Call) -> Answer[Acknowledged]:
    """The supervisor follows the conversation; the customer does not learn of it."""
    return await _supervise(call, "monitor")


async def barge_in(call: Call) -> Answer[Acknowledged]:
    """The supervisor takes part, seen and heard by the customer, beside the agent."""
    return await _supervise(call, "barge_in")


async def take_over(call: Call) -> Answer[Acknowledged]:
    """The supervisor owns the conversation from now on: instead of its agent, its bot, or the wait for one."""
    return await _supervise(call, "take_over")


async def _supervise(call: Call, mode: Literal["monitor", "barge_in", "take_over"]) -> Answer[Acknowledged]:
    require_leader(call.principal)
    reply = await supervise(call.services, call.principal, call.identifier("id"), mode)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def whisper(call: Call, body: WhisperRequest) -> Answer[PostedMessage]:
    """Words that the agents in the conversation see and the customer does not. Monitor it first."""
    require_leader(call.principal)
    agent_id = call.principal.subject
    reply = await posting.whisper(call.services, call.identifier("id"), agent_id, body.text, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def set_agent_state(call: Call, body: SetAgentStateRequest) -> Answer[States]:
    """Logging out ends the agent's sessions and feeds; tasks go back to the line."""
    require_leader(call.principal)
    agent_id = call.parameter("id")
    name_of_agent(call.services.configuration, agent_id)
    require_supervised(call.services, call.principal, agent_id)
    check_reason(call, body.reason, "logout" if body.state == "logged_out" else "not_ready")
    at, actor = call.services.clock(), agent_actor(call.principal.subject)
    if body.state == "logged_out":
        out = LogOut(at=at, reason=body.reason or "supervisor")
        await ask(call.services, agent_stream(agent_id), out, actor, StateReply)
    else:
        change = SetState(at=at, state=body.state, reason=body.reason)
        await ask(call.services, agent_stream(agent_id), change, actor, StateReply)
    view = call.services.agents.view(agent_id)
    return Answer(States(view.state, [mrd_body(mrd) for mrd in view.mrds], view.reason))


async def announce(call: Call, body: AnnouncementRequest) -> Answer[Announced]:
    """Agents who log in later do not see it. Repeated, it reaches those whom it has not reached yet."""
    require_leader(call.principal)
    services, announced_by = call.services, call.principal.subject
    announcement_id = body.id or new_id()
    before = services.agents.announcement(announcement_id)
    if before is not None and (before.announced_by, before.text) != (announced_by, body.text):
        raise RefusedError(RefusalCode.ID_CONFLICT, "this id belongs to another announcement")
    reached = before.agents if before is not None else set()
    recipients = [agent_id for agent_id in _logged_in(call, body.team) if agent_id not in reached]
    command = Announce(at=services.clock(), announcement_id=announcement_id, announced_by=announced_by, text=body.text)
    actor = agent_actor(announced_by)
    told = (ask(services, agent_stream(agent_id), command, actor, Done, announcement_id) for agent_id in recipients)
    await asyncio.gather(*told)
    agents = len(reached | set(recipients))
    return Answer(Announced(announcement_id, agents), 201, before is not None and not recipients)


def _logged_in(call: Call, team: str | None) -> list[str]:
    """Of those whom the caller supervises, and the caller."""
    return [
        agent_id
        for agent_id in call.services.agents
        if in_team(call.services.configuration, team, agent_id)
        and call.services.agents.view(agent_id).state != "logged_out"
        and (agent_id == call.principal.subject or may_supervise(call.services, call.principal, agent_id))
    ]


async def flush_queue(call: Call, body: FlushRequest) -> Answer[FlushedQueue]:
    """Empties the queue: the tasks wait in another one by their old age, or are closed and their conversations end.
    What is offered to an agent at the time stays."""
    require_leader(call.principal)
    queue = call.parameter("queue")
    mrd = mrd_of_queue(call.services.configuration, queue)
    if body.to is not None:
        _check_destination(call, queue, mrd, body.to)
    tasks, remaining = 0, 1
    while remaining:
        command = FlushQueue(at=call.services.clock(), queue=queue, to=body.to)
        reply = await ask(call.services, router_stream(mrd), command, agent_actor(call.principal.subject), Flushed)
        tasks, remaining = tasks + reply.tasks, reply.remaining
    return Answer(FlushedQueue(tasks))


def _check_destination(call: Call, queue: str, mrd: str, to: str) -> None:
    if to == queue:
        raise invalid_field("to", "must be another queue than the one that is flushed")
    if queue_named(call.services.configuration, to, "to").mrd != mrd:
        raise invalid_field("to", f"must be a queue of the media routing domain {mrd}")
