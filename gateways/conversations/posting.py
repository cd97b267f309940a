"""Posting into a conversation: messages of customers and agents, notes and whispers."""

from gateways.conversations.answering import line_after_answer
from gateways.conversations.contents import content_to_record, keep_for_good
from gateways.conversations.rights import require_leader
from gateways.conversations.size import check_room
from gateways.http.principal import Principal
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import CUSTOMER, agent_actor
from schemas.commands import AddNote, Command, PostAgentMessage, PostCustomerMessage, Whisper
from schemas.identifiers import new_id
from schemas.posting import AgentContent, CustomerContent
from schemas.records import conversation_stream
from schemas.replies import MessageReply

__all__ = ["add_note", "post_agent_message", "post_customer_message", "whisper"]


async def post_customer_message(
    services: Services, conversation_id: str, content: CustomerContent, message_id: str | None = None
) -> MessageReply:
    """``message_id`` is the idempotency key, if the caller chooses one. Raises RefusedError."""
    recorded = await content_to_record(services, conversation_id, content)
    command = PostCustomerMessage(
        at=services.clock(),
        message_id=message_id or new_id(),
        content=recorded,
        line=line_after_answer(services, conversation_id),
    )
    reply = await _post(services, conversation_id, command, CUSTOMER)
    await keep_for_good(services, conversation_id, recorded)
    return reply


async def post_agent_message(
    services: Services, conversation_id: str, agent_id: str, content: AgentContent, message_id: str | None = None
) -> MessageReply:
    """Raises RefusedError."""
    recorded = await content_to_record(services, conversation_id, content)
    command = PostAgentMessage(
        at=services.clock(), message_id=message_id or new_id(), agent_id=agent_id, content=recorded
    )
    reply = await _post(services, conversation_id, command, agent_actor(agent_id))
    await keep_for_good(services, conversation_id, recorded)
    return reply


async def add_note(
    services: Services, conversation_id: str, agent_id: str, text: str, note_id: str | None = None
) -> MessageReply:
    """Raises RefusedError."""
    command = AddNote(at=services.clock(), note_id=note_id or new_id(), agent_id=agent_id, text=text)
    return await _post(services, conversation_id, command, agent_actor(agent_id))


async def whisper(
    services: Services, principal: Principal, conversation_id: str, text: str, message_id: str | None = None
) -> MessageReply:
    """The agents in the conversation see the words, the customer does not. Raises RefusedError, also unless the
    supervisor monitors the conversation."""
    require_leader(principal)
    agent_id = principal.subject
    command = Whisper(at=services.clock(), message_id=message_id or new_id(), agent_id=agent_id, text=text)
    return await _post(services, conversation_id, command, agent_actor(agent_id))


async def _post(services: Services, conversation_id: str, command: Command, actor: str) -> MessageReply:
    check_room(services, conversation_id)
    return await ask(services, conversation_stream(conversation_id), command, actor, MessageReply, conversation_id)
