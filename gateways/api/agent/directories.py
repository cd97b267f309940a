"""The lists in which agents see the contact centre: of agents, of queues, of conversations."""

from gateways.api.bodies import agent_body, conversation_body, queue_body
from gateways.api.call import Call
from gateways.conversations.addressing import list_reaching_channels
from gateways.conversations.channel_limits import channel_limits
from gateways.conversations.listing import ConversationFilter, list_conversations, list_previous
from gateways.conversations.queue_standings import list_queues
from gateways.conversations.reading import read_events
from gateways.conversations.rights import find_visible_conversation
from gateways.http.answer import Answer
from projections import ConversationView
from schemas.api.agent import (
    Agents,
    ConversationDetail,
    Conversations,
    OutboundChannel,
    OutboundChannels,
    Queues,
)

__all__ = ["agents", "channels", "conversation", "conversations", "queues", "visible_conversation"]


async def agents(call: Call) -> Answer[Agents]:
    services = call.services
    views = [services.agents.view(agent_id, agent.name) for agent_id, agent in services.configuration.agents.items()]
    return Answer(Agents([agent_body(view) for view in views]))


async def queues(call: Call) -> Answer[Queues]:
    return Answer(Queues([queue_body(standing) for standing in list_queues(call.services)]))


async def channels(call: Call) -> Answer[OutboundChannels]:
    """The channels by which an agent can write to a customer first."""
    found = list_reaching_channels(call.services)
    return Answer(OutboundChannels([OutboundChannel(name, each.kind, each.queue) for name, each in found]))


async def conversations(call: Call) -> Answer[Conversations]:
    """Conversations are listed newest first. Agents see those in which they take or took part or that they were
    offered, and the others of the customers with whom they talk. Supervisors also see those of their teams' agents and
    those without agents, administrators all."""
    limit, agent_id = call.number("limit", 50, 500), call.principal.subject
    wanted = ConversationFilter(
        status=call.query.get("status"),
        agent=call.query.get("agent"),
        queue=call.query.get("queue"),
        customer=call.query.get("customer"),
        label=call.query.get("label"),
        hand_raised=_flag(call, "hand_raised"),
        text=call.query.get("q"),
    )
    page = await list_conversations(call.services, call.principal, wanted, call.query.get("after"), limit)
    return Answer(Conversations([conversation_body(view, agent_id) for view in page.conversations], page.next))


async def conversation(call: Call) -> Answer[ConversationDetail]:
    view = await visible_conversation(call)
    events = await read_events(call.services, view.conversation_id)
    agent_id = call.principal.subject
    earlier = [conversation_body(other, agent_id) for other in list_previous(call.services, view)]
    limits = await channel_limits(call.services, view)
    body = conversation_body(view, agent_id)
    return Answer(ConversationDetail(body, events, view.customer, view.attributes, earlier, *limits))


async def visible_conversation(call: Call) -> ConversationView:
    """The conversation of the path. Raises RefusedError unless the agent may see it."""
    return await find_visible_conversation(call.services, call.principal, call.identifier("id"))


def _flag(call: Call, name: str) -> bool | None:
    value = call.query.get(name)
    return None if value is None else value == "true"
