"""What an agent does in a conversation."""

from typing import TypeVar

from gateways.api.agent.codes import check_wrap_up_codes
from gateways.api.agent.configured import name_of_agent
from gateways.api.agent.rights import require_leader, require_supervised_conversation
from gateways.attachments.posting import content_to_record, keep_for_good
from gateways.conversations.reading import find_conversation
from gateways.conversations.signals import signal_typing
from gateways.http.call import Answer, Call
from gateways.http.nesting import MOST_LEVELS, nests_too_deeply
from gateways.http.problems import Problem, invalid_input
from gateways.services.asking import ask
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
    AddNote,
    ChangeAttributes,
    ChangeLabels,
    Command,
    CompleteWrapUp,
    EndConversation,
    LeaveConversation,
    PostAgentMessage,
    RaiseHand,
    RecordReceipt,
)
from schemas.content import Sender
from schemas.events import HEARD
from schemas.identifiers import new_id
from schemas.replies import Done, MessageReply, Reply

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

R = TypeVar("R", bound=Reply)


async def post_message(call: Call) -> Answer:
    body: MessageRequest = call.body
    conversation_id = call.identifier("id")
    content = await content_to_record(call.services, conversation_id, body.content)
    command = PostAgentMessage(
        at=call.services.clock(),
        message_id=body.id or new_id(),
        agent_id=call.principal.subject,
        content=content,
    )
    reply = await _ask(call, command, MessageReply)
    await keep_for_good(call.services, conversation_id, content)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def add_note(call: Call) -> Answer:
    body: NoteRequest = call.body
    command = AddNote(
        at=call.services.clock(), note_id=body.id or new_id(), agent_id=call.principal.subject, text=body.text
    )
    reply = await _ask(call, command, MessageReply)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def set_typing(call: Call) -> Answer:
    body: Typing = call.body
    agent_id = call.principal.subject
    view = await find_conversation(call.services, call.identifier("id"))
    participant = view.agents.get(agent_id)
    if view.status in ("wrap_up", "ended"):
        raise Problem(409, "conversation_ended", "the conversation has ended")
    if participant is None:
        raise Problem(403, "not_participant", "you take no part in this conversation")
    if participant.role not in HEARD:
        raise Problem(403, "not_participant", "the customer does not see you")
    sender = Sender("agent", agent_id, participant.name)
    signal_typing(call.services, view.conversation_id, sender, body.active, f"agent:{agent_id}")
    return Answer(b"", 204)


async def end_conversation(call: Call) -> Answer:
    """By the agent who owns it; with ``force`` by a supervisor, who need not take part."""
    body: EndRequest = call.body
    if body.force:
        require_leader(call)
        require_supervised_conversation(call, await find_conversation(call.services, call.identifier("id")))
    command = EndConversation(
        at=call.services.clock(),
        ended_by=Sender("agent", call.principal.subject),
        reason="force_closed" if body.force else "agent_ended",
        forced=body.force,
    )
    return await _change(call, command)


async def leave(call: Call) -> Answer:
    """The owner of the conversation may leave only when an assistant is there to go on."""
    return await _change(call, LeaveConversation(at=call.services.clock(), agent_id=call.principal.subject))


async def change_labels(call: Call) -> Answer:
    body: LabelsRequest = call.body
    return await _change(
        call,
        ChangeLabels(at=call.services.clock(), changed_by=_sender(call), add=body.add, remove=body.remove),
    )


async def change_attributes(call: Call) -> Answer:
    body: AttributesRequest = call.body
    if nests_too_deeply(body.attributes):
        raise invalid_input("attributes", f"must not nest deeper than {MOST_LEVELS} levels")
    return await _change(
        call, ChangeAttributes(at=call.services.clock(), changed_by=_sender(call), attributes=body.attributes)
    )


async def raise_hand(call: Call) -> Answer:
    """Asks for a supervisor, or takes that back."""
    body: RaiseHandRequest = call.body
    return await _change(
        call,
        RaiseHand(at=call.services.clock(), agent_id=call.principal.subject, raised=body.raised, reason=body.reason),
    )


async def record_receipt(call: Call) -> Answer:
    body: ReceiptRequest = call.body
    return await _change(
        call,
        RecordReceipt(at=call.services.clock(), message_id=body.message_id, status=body.status, by=_sender(call)),
    )


async def complete_wrap_up(call: Call) -> Answer:
    body: WrapUpRequest = call.body
    check_wrap_up_codes(call, body.codes)
    command = CompleteWrapUp(
        at=call.services.clock(), agent_id=call.principal.subject, codes=body.codes, note=body.note
    )
    return await _change(call, command)


async def _change(call: Call, command: Command) -> Answer:
    reply = await _ask(call, command, Done)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


def _sender(call: Call) -> Sender:
    agent_id = call.principal.subject
    return Sender("agent", agent_id, name_of_agent(call, agent_id))


async def _ask(call: Call, command: Command, answer: type[R]) -> R:
    conversation_id = call.identifier("id")
    actor = f"agent:{call.principal.subject}"
    return await ask(call.services, f"conversation-{conversation_id}", command, actor, answer, conversation_id)
