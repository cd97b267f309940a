"""What an agent does in a conversation."""

from gateways.api.agent.codes import check_wrap_up_codes
from gateways.api.agent.configured import name_of_agent
from gateways.conversations import posting
from gateways.conversations.attributes import check_nesting
from gateways.conversations.reading import find_conversation, find_participation
from gateways.conversations.rights import require_leader, require_supervised_conversation
from gateways.conversations.signals import signal_typing
from gateways.exceptions import RefusedError
from gateways.feeds.hub import feed_owner
from gateways.http.answer import Answer
from gateways.services import Call
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.api.agent import (
    AttributesRequest,
    EndRequest,
    LabelsRequest,
    MessageRequest,
    NoteRequest,
    RaiseHandRequest,
    ReceiptRequest,
    WrapUpRequest,
)
from schemas.api.customer import Acknowledged, PostedMessage, Typing
from schemas.commands import (
    ChangeAttributes,
    ChangeLabels,
    Command,
    CompleteWrapUp,
    EndConversation,
    LeaveConversation,
    RaiseHand,
    RecordReceipt,
)
from schemas.content import Sender
from schemas.events import HEARD
from schemas.records import conversation_stream
from schemas.replies import Done, RefusalCode

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
]


async def post_message(call: Call, body: MessageRequest) -> Answer[PostedMessage]:
    agent_id = call.principal.subject
    reply = await posting.post_agent_message(call.services, call.identifier("id"), agent_id, body.content, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def add_note(call: Call, body: NoteRequest) -> Answer[PostedMessage]:
    agent_id = call.principal.subject
    reply = await posting.add_note(call.services, call.identifier("id"), agent_id, body.text, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def set_typing(call: Call, body: Typing) -> Answer[None]:
    agent_id = call.principal.subject
    conversation_id = call.identifier("id")
    participant = await find_participation(call.services, conversation_id, agent_id)
    if participant.role not in HEARD:
        raise RefusedError(RefusalCode.NOT_PARTICIPANT, "the customer does not see you")
    sender = Sender("agent", agent_id, participant.name)
    signal_typing(call.services, conversation_id, sender, body.active, feed_owner(agent_id))
    return Answer(None, 204)


async def end_conversation(call: Call, body: EndRequest) -> Answer[Acknowledged]:
    """By the agent who owns it; with ``force`` by a supervisor, who need not take part."""
    if body.force:
        require_leader(call.principal)
        view = await find_conversation(call.services, call.identifier("id"))
        require_supervised_conversation(call.services, call.principal, view)
    command = EndConversation(
        at=call.services.clock(),
        ended_by=Sender("agent", call.principal.subject),
        reason="force_closed" if body.force else "agent_ended",
        forced=body.force,
    )
    return await _change(call, command)


async def leave(call: Call) -> Answer[Acknowledged]:
    """The owner of the conversation may leave only when an assistant is there to go on."""
    return await _change(call, LeaveConversation(at=call.services.clock(), agent_id=call.principal.subject))


async def change_labels(call: Call, body: LabelsRequest) -> Answer[Acknowledged]:
    return await _change(
        call,
        ChangeLabels(at=call.services.clock(), changed_by=_sender(call), add=body.add, remove=body.remove),
    )


async def change_attributes(call: Call, body: AttributesRequest) -> Answer[Acknowledged]:
    check_nesting({"attributes": body.attributes})
    return await _change(
        call, ChangeAttributes(at=call.services.clock(), changed_by=_sender(call), attributes=body.attributes)
    )


async def raise_hand(call: Call, body: RaiseHandRequest) -> Answer[Acknowledged]:
    """Asks for a supervisor, or takes that back."""
    return await _change(
        call,
        RaiseHand(at=call.services.clock(), agent_id=call.principal.subject, raised=body.raised, reason=body.reason),
    )


async def record_receipt(call: Call, body: ReceiptRequest) -> Answer[Acknowledged]:
    return await _change(
        call,
        RecordReceipt(at=call.services.clock(), message_id=body.message_id, status=body.status, by=_sender(call)),
    )


async def complete_wrap_up(call: Call, body: WrapUpRequest) -> Answer[Acknowledged]:
    check_wrap_up_codes(call, body.codes)
    command = CompleteWrapUp(
        at=call.services.clock(), agent_id=call.principal.subject, codes=body.codes, note=body.note
    )
    return await _change(call, command)


async def _change(call: Call, command: Command) -> Answer[Acknowledged]:
    conversation_id, actor = call.identifier("id"), agent_actor(call.principal.subject)
    reply = await ask(call.services, conversation_stream(conversation_id), command, actor, Done, conversation_id)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


def _sender(call: Call) -> Sender:
    agent_id = call.principal.subject
    return Sender("agent", agent_id, name_of_agent(call.services.configuration, agent_id))
