"""The actions of supervisors in conversations, with agents and with queues."""

from typing import Literal

from gateways.agents import announcements
from gateways.agents.states import set_supervised_state
from gateways.api.agent.states import describe_states
from gateways.api.call import Call
from gateways.conversations import flushing, posting
from gateways.conversations.rights import require_leader
from gateways.conversations.supervising import supervise
from gateways.http.answer import Answer
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

__all__ = ["announce", "barge_in", "flush_queue", "monitor", "set_agent_state", "supervised_id", "take_over", "whisper"]


async def monitor(call: Call) -> Answer[Acknowledged]:
    """The supervisor sees the conversation as it goes on; the customer does not learn of it."""
    return await _supervise(call, "monitor")


async def barge_in(call: Call) -> Answer[Acknowledged]:
    """The supervisor takes part beside the agent; the customer sees and hears the supervisor."""
    return await _supervise(call, "barge_in")


async def take_over(call: Call) -> Answer[Acknowledged]:
    """The supervisor owns the conversation from now on, instead of its agent or its bot, or instead of the wait for an
    agent."""
    return await _supervise(call, "take_over")


async def _supervise(call: Call, mode: Literal["monitor", "barge_in", "take_over"]) -> Answer[Acknowledged]:
    reply = await supervise(call.services, call.principal, supervised_id(call), mode)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def whisper(call: Call, body: WhisperRequest) -> Answer[PostedMessage]:
    """The agents in the conversation see the words, the customer does not. Supervisors have to monitor the conversation
    first."""
    reply = await posting.whisper(call.services, call.principal, supervised_id(call), body.text, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


def supervised_id(call: Call) -> str:
    """The id of the conversation in the path. The role is checked first, so that others do not learn which ids
    exist."""
    require_leader(call.principal)
    return call.identifier("id")


async def set_agent_state(call: Call, body: SetAgentStateRequest) -> Answer[States]:
    """Logging out ends the agent's sessions and feeds; tasks go back to the line."""
    agent_id = call.parameter("id")
    await set_supervised_state(call.services, call.principal, agent_id, body.state, body.reason)
    return describe_states(call.services, agent_id)


async def announce(call: Call, body: AnnouncementRequest) -> Answer[Announced]:
    """The announcement goes to the agents whom the supervisor may supervise and who are logged in. Agents who log in
    later do not see it. A repetition reaches those whom it has not reached yet."""
    made = await announcements.announce(call.services, call.principal, body.text, body.team, body.id)
    return Answer(Announced(made.announcement_id, made.agents), 201, made.replayed)


async def flush_queue(call: Call, body: FlushRequest) -> Answer[FlushedQueue]:
    """The queue's tasks wait in another queue by their old age, or they are closed and their conversations end. Tasks
    that are offered to an agent at the time stay."""
    queue = call.parameter("queue")
    flushed = await flushing.flush_queue(call.services, call.principal, queue, body.to, override=body.override)
    return Answer(FlushedQueue(flushed))
