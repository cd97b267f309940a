"""Bringing somebody else in: instead of the agent, or beside."""

from typing import Literal

from gateways.api.agent.configured import bot_suggests, queue_of, require_agent
from gateways.conversations.channels import queue_named
from gateways.conversations.reading import find_conversation
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem, invalid_input
from gateways.services.asking import ask
from projections import ConversationView, WantedAgent
from schemas.api.agent import HandedOver, HandOverRequest, Target
from schemas.commands import AssignBot, AssistConversation, Command, TransferConversation
from schemas.identifiers import new_id
from schemas.queues import QueueSettings
from schemas.replies import Done

__all__ = ["conference", "consult", "transfer"]

_KINDS = ("queue", "agent", "bot")


async def transfer(call: Call) -> Answer:
    """The agent leaves, and the customer waits before those whom nobody has talked to. An agent who is named is
    waited for a while, then whoever the queue finds takes over; one who takes part already takes over at once."""
    body: HandOverRequest = call.body
    view = await find_conversation(call.services, call.identifier("id"))
    _check_target(body.to, _KINDS)
    if body.to.bot is not None:
        return await _assign_bot(call, view, body, body.to.bot)
    queue = _queue(call, view, body, "transfer_direct")
    command = TransferConversation(
        at=call.services.clock(),
        agent_id=call.principal.subject,
        task_id=body.id or new_id(),
        queue=queue,
        to_agent=body.to.agent,
        note=body.note,
    )
    return await _ask(call, view, command, command.task_id)


async def consult(call: Call) -> Answer:
    """Another agent comes in whom the customer neither sees nor hears."""
    return await _assist(call, "consult")


async def conference(call: Call) -> Answer:
    """Another agent comes in whom the customer sees. One who is consulted already becomes part of it."""
    return await _assist(call, "conference")


async def _assist(call: Call, direction: Literal["consult", "conference"]) -> Answer:
    body: HandOverRequest = call.body
    view = await find_conversation(call.services, call.identifier("id"))
    _check_target(body.to, ("queue", "agent"))
    command = AssistConversation(
        at=call.services.clock(),
        agent_id=call.principal.subject,
        task_id=body.id or new_id(),
        direction=direction,
        queue=_queue(call, view, body, direction),
        to_agent=body.to.agent,
        note=body.note,
    )
    return await _ask(call, view, command, command.task_id)


def _check_target(to: Target, kinds: tuple[str, ...]) -> None:
    named = [kind for kind in _KINDS if getattr(to, kind) is not None]
    if len(named) != 1 or named[0] not in kinds:
        raise invalid_input("to", f"must name exactly one of {', '.join(kinds)}")


def _queue(call: Call, view: ConversationView, body: HandOverRequest, direction: str) -> QueueSettings:
    """The queue in which an agent is looked for; a named agent is, in that of the conversation."""
    to = body.to
    queue = queue_of(call, view) if to.queue is None else queue_named(call, to.queue, "to.queue")
    if to.agent is not None:
        require_agent(call, "to.agent", to.agent)
    if body.id is not None and call.services.conversations.of_task(body.id) is not None:
        _check_repeated(view, body.id, WantedAgent(direction, queue.name, to.agent, body.note))
    elif to.agent is not None:
        _require_available(call, to.agent, queue.mrd)
    return queue


def _check_repeated(view: ConversationView, task_id: str, wanted: WantedAgent) -> None:
    if view.tasks.get(task_id) != wanted:
        raise Problem(409, "id_conflict", "this id belongs to another task, or was used with other content")


def _require_available(call: Call, agent_id: str, mrd: str) -> None:
    agent = call.services.agents.get(agent_id)
    if agent is None or agent.state == "logged_out":
        raise Problem(409, "agent_unavailable", f"{agent_id} is logged out")
    if mrd not in agent.mrds or agent.mrds[mrd].leaving:
        raise Problem(409, "agent_unavailable", f"{agent_id} does not work in the media routing domain {mrd}")


async def _assign_bot(call: Call, view: ConversationView, body: HandOverRequest, bot: str) -> Answer:
    command = AssignBot(
        at=call.services.clock(),
        agent_id=call.principal.subject,
        bot=bot,
        suggests=bot_suggests(call, "to.bot", bot),
        note=body.note,
    )
    return await _ask(call, view, command, None)


async def _ask(call: Call, view: ConversationView, command: Command, task_id: str | None) -> Answer:
    stream, actor = f"conversation-{view.conversation_id}", f"agent:{call.principal.subject}"
    reply = await ask(call.services, stream, command, actor, Done, view.conversation_id)
    return Answer(HandedOver(reply.version, task_id), replayed=reply.replayed)
