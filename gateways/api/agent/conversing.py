"""The actions of an agent in a conversation."""

import msgspec

from gateways.api.agent.supervising import supervised_id
from gateways.api.call import Call
from gateways.conversations import leaving, marking, posting, reaching_out, receipts
from gateways.conversations.request_digest import digest_of
from gateways.conversations.senders import agent_sender
from gateways.conversations.signals import signal_agent_typing
from gateways.http.answer import Answer
from schemas.actors import agent_actor
from schemas.api.agent import (
    AttributesRequest,
    EndRequest,
    LabelsRequest,
    MessageRequest,
    NoteRequest,
    OutboundRequest,
    OutboundStarted,
    RaiseHandRequest,
    ReceiptRequest,
    WrapUpRequest,
)
from schemas.api.customer import Acknowledged, PostedMessage, Typing
from schemas.events import Customer
from schemas.replies import Done

__all__ = [
    "add_note",
    "change_attributes",
    "change_labels",
    "complete_wrap_up",
    "end_conversation",
    "leave",
    "post_message",
    "raise_hand",
    "record_receipt",
    "set_typing",
    "start_outbound",
]


async def post_message(call: Call, body: MessageRequest) -> Answer[PostedMessage]:
    agent_id = call.principal.subject
    reply = await posting.post_agent_message(call.services, call.identifier("id"), agent_id, body.content, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def start_outbound(call: Call, body: OutboundRequest) -> Answer[OutboundStarted]:
    """The agent writes to a customer first, and owns the conversation at once, without an offer. A connector's channel
    reaches any customer whom the connector knows by the `id`; a web channel only those who were there before with an
    identity that the site has signed. The agent must be at work, need not be ready, and needs room for one more
    task."""
    agent_id = call.principal.subject
    wish = reaching_out.Outbound(
        channel=body.channel,
        customer=Customer(**msgspec.structs.asdict(body.customer)),
        content=body.content,
        request_digest=digest_of(body, agent_actor(agent_id)),
        id=body.id,
        queue=body.queue,
        language=body.language,
        attributes=body.attributes,
    )
    reached = await reaching_out.reach_out(call.services, agent_id, wish)
    started = OutboundStarted(reached.conversation_id, reached.message_id, reached.version)
    return Answer(started, 201, reached.replayed)


async def add_note(call: Call, body: NoteRequest) -> Answer[PostedMessage]:
    agent_id = call.principal.subject
    reply = await posting.add_note(call.services, call.identifier("id"), agent_id, body.text, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def set_typing(call: Call, body: Typing) -> Answer[None]:
    await signal_agent_typing(call.services, call.identifier("id"), call.principal.subject, body.active)
    return Answer(None, 204)


async def end_conversation(call: Call, body: EndRequest) -> Answer[Acknowledged]:
    """Only the agent who owns the conversation may end it. With ``force`` a supervisor ends it and need not take
    part."""
    if body.force:
        return _acknowledged(await leaving.end_by_force(call.services, call.principal, supervised_id(call)))
    return _acknowledged(await leaving.end_by_agent(call.services, call.identifier("id"), call.principal.subject))


async def leave(call: Call) -> Answer[Acknowledged]:
    """The owner of the conversation may leave only when an assistant is there to go on."""
    return _acknowledged(await leaving.leave(call.services, call.identifier("id"), call.principal.subject))


async def change_labels(call: Call, body: LabelsRequest) -> Answer[Acknowledged]:
    changed_by = agent_sender(call.services, call.principal.subject)
    done = await marking.change_labels(call.services, call.identifier("id"), changed_by, body.add, body.remove)
    return _acknowledged(done)


async def change_attributes(call: Call, body: AttributesRequest) -> Answer[Acknowledged]:
    changed_by = agent_sender(call.services, call.principal.subject)
    return _acknowledged(
        await marking.change_attributes(call.services, call.identifier("id"), changed_by, body.attributes)
    )


async def raise_hand(call: Call, body: RaiseHandRequest) -> Answer[Acknowledged]:
    """The agent asks for a supervisor, or takes that back."""
    agent_id = call.principal.subject
    done = await marking.raise_hand(call.services, call.identifier("id"), agent_id, body.raised, body.reason)
    return _acknowledged(done)


async def record_receipt(call: Call, body: ReceiptRequest) -> Answer[Acknowledged]:
    agent_id = call.principal.subject
    done = await receipts.record_agent_receipt(
        call.services, call.identifier("id"), agent_id, body.message_id, body.status
    )
    return _acknowledged(done)


async def complete_wrap_up(call: Call, body: WrapUpRequest) -> Answer[Acknowledged]:
    agent_id = call.principal.subject
    done = await leaving.complete_wrap_up(call.services, call.identifier("id"), agent_id, body.codes, body.note)
    return _acknowledged(done)


def _acknowledged(done: Done) -> Answer[Acknowledged]:
    return Answer(Acknowledged(done.version), replayed=done.replayed)
