"""Handing a conversation over to somebody else, and bringing another agent in beside the first."""

import msgspec

from gateways.agents import targets as targeting
from gateways.agents.targets import list_targets
from gateways.api.bodies import agent_body
from gateways.api.call import Call
from gateways.conversations import handing_over
from gateways.http.answer import Answer
from schemas.api.agent import (
    AgentTarget,
    AssistRequest,
    BotTarget,
    HandedOver,
    HandOverRequest,
    Obstacles,
    QueueTarget,
    Targets,
)

__all__ = ["conference", "consult", "targets", "transfer"]


async def transfer(call: Call, body: HandOverRequest) -> Answer[HandedOver]:
    """The agent leaves, and the customer waits before customers with whom nobody has talked yet. The customer waits for
    an agent who is named for a limited time, then for any agent of the queue; a named agent who takes part already
    takes over at once."""
    done = await handing_over.transfer(call.services, call.identifier("id"), call.principal.subject, _wish(body))
    return _answer(done)


async def consult(call: Call, body: AssistRequest) -> Answer[HandedOver]:
    """Another agent comes in. The customer neither sees nor hears this agent."""
    agent_id = call.principal.subject
    return _answer(await handing_over.assist(call.services, call.identifier("id"), agent_id, "consult", _wish(body)))


async def conference(call: Call, body: AssistRequest) -> Answer[HandedOver]:
    """Another agent comes in, and the customer sees this agent. An agent who is consulted already joins the
    conference."""
    agent_id = call.principal.subject
    done = await handing_over.assist(call.services, call.identifier("id"), agent_id, "conference", _wish(body))
    return _answer(done)


async def targets(call: Call) -> Answer[Targets]:
    """Lists the queues, agents and bots that the conversation may be handed over to now, and the agents who may be
    brought in beside: what stands in the way of each, how long its line is, and who has room. Only the agent who owns
    the conversation may ask."""
    found = await list_targets(call.services, call.identifier("id"), call.principal.subject)
    return Answer(
        Targets(
            mrd=found.mrd,
            queues=[_queue_target(target) for target in found.queues],
            agents=[_agent_target(target) for target in found.agents],
            bots=[BotTarget(bot, suggests) for bot, suggests in found.bots.items()],
        )
    )


def _queue_target(target: targeting.QueueTarget) -> QueueTarget:
    return QueueTarget(**msgspec.structs.asdict(target.queue), obstacles=_obstacles(target.obstacles))


def _agent_target(target: targeting.AgentTarget) -> AgentTarget:
    agent = msgspec.structs.asdict(agent_body(target.agent))
    return AgentTarget(**agent, free_slots=target.free_slots, role=target.role, obstacles=_obstacles(target.obstacles))


def _obstacles(found: targeting.Obstacles) -> Obstacles:
    return Obstacles(*found)


def _wish(body: HandOverRequest) -> handing_over.HandOverWish:
    return handing_over.HandOverWish(body.to.queue, body.to.agent, body.to.bot, body.note, body.id, body.override)


def _answer(done: handing_over.HandedOver) -> Answer[HandedOver]:
    return Answer(HandedOver(done.version, done.task_id), replayed=done.replayed)
