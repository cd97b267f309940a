"""Handing a conversation over to somebody else, and bringing another agent in beside the first."""

from gateways.api.call import Call
from gateways.conversations import handing_over
from gateways.http.answer import Answer
from schemas.api.agent import AssistRequest, HandedOver, HandOverRequest

__all__ = ["conference", "consult", "transfer"]


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


def _wish(body: HandOverRequest) -> handing_over.HandOverWish:
    return handing_over.HandOverWish(body.to.queue, body.to.agent, body.to.bot, body.note, body.id, body.override)


def _answer(done: handing_over.HandedOver) -> Answer[HandedOver]:
    return Answer(HandedOver(done.version, done.task_id), replayed=done.replayed)
