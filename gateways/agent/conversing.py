"""What an agent does in a conversation."""

from typing import TypeVar

from gateways.attachments.posting import content_to_record, keep_for_good
from gateways.conversation_reader import find_conversation
from gateways.http.asking import ask
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from gateways.signals import signal_typing
from schemas.api.agent import MessageRequest, NoteRequest, WrapUpRequest
from schemas.api.customer import Acknowledged, PostedMessage, Typing
from schemas.commands import AddNote, Command, CompleteWrapUp, EndConversation, PostAgentMessage
from schemas.content import Sender
from schemas.identifiers import new_id
from schemas.replies import Done, MessageReply, Reply

__all__ = ["add_note", "complete_wrap_up", "end_conversation", "post_message", "set_typing"]

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
    sender = Sender("agent", agent_id, participant.name)
    signal_typing(call.services, view.conversation_id, sender, body.active, f"agent:{agent_id}")
    return Answer(b"", 204)


async def end_conversation(call: Call) -> Answer:
    ender = Sender("agent", call.principal.subject)
    command = EndConversation(at=call.services.clock(), ended_by=ender, reason="agent_ended")
    reply = await _ask(call, command, Done)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def complete_wrap_up(call: Call) -> Answer:
    body: WrapUpRequest = call.body
    command = CompleteWrapUp(
        at=call.services.clock(), agent_id=call.principal.subject, codes=body.codes, note=body.note
    )
    reply = await _ask(call, command, Done)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def _ask(call: Call, command: Command, answer: type[R]) -> R:
    conversation_id = call.identifier("id")
    actor = f"agent:{call.principal.subject}"
    return await ask(call.services, f"conversation-{conversation_id}", command, actor, answer, conversation_id)
