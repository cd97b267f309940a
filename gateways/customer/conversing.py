"""What a customer does in a conversation."""

from starlette.types import Receive, Send

from gateways.conversation_reader import find_conversation, read_customer_records
from gateways.customer.starting import queue_named
from gateways.feeds import ConversationSource, serve_feed
from gateways.http.asking import ask
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from gateways.signals import signal_typing
from gateways.transcript import as_html, as_text, make_transcript
from schemas.api.customer import Acknowledged, AgentRequest, ConversationState, PostedMessage, PostMessage, Typing
from schemas.api.problem import FieldError
from schemas.commands import EndConversation, PostCustomerMessage, RequestAgent
from schemas.content import Sender
from schemas.identifiers import new_id
from schemas.replies import Done, MessageReply

__all__ = [
    "conversation_events",
    "conversation_state",
    "end_conversation",
    "post_message",
    "request_agent",
    "set_typing",
    "transcript",
]

_CUSTOMER = "customer"


async def post_message(call: Call) -> Answer:
    conversation_id = _own_conversation(call)
    body: PostMessage = call.body
    services = call.services
    command = PostCustomerMessage(at=services.clock(), message_id=body.id or new_id(), content=body.content)
    reply = await ask(services, f"conversation-{conversation_id}", command, _CUSTOMER, MessageReply, conversation_id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def conversation_state(call: Call) -> Answer:
    view = await find_conversation(call.services, _own_conversation(call))
    waiting = view.status == "waiting_for_agent" and view.task_id is not None
    state = ConversationState(
        conversation_id=view.conversation_id,
        status="ended" if view.status == "wrap_up" else view.status,
        participants=view.participants(),
        queue=view.queue,
        version=view.version,
        position=call.services.queues.position(view.mrd, view.task_id or "") if waiting else None,
    )
    return Answer(state)


async def conversation_events(call: Call, receive: Receive, send: Send) -> None:
    conversation_id = _own_conversation(call)
    await serve_feed(call, receive, send, ConversationSource(conversation_id), f"customer:{conversation_id}")


async def set_typing(call: Call) -> Answer:
    conversation_id = _own_conversation(call)
    body: Typing = call.body
    view = await find_conversation(call.services, conversation_id)
    if view.status in ("wrap_up", "ended"):
        raise Problem(409, "conversation_ended", "the conversation has ended; start a new one")
    sender = Sender("customer", view.customer.id, view.customer.name)
    signal_typing(call.services, conversation_id, sender, body.active, f"customer:{conversation_id}")
    return Answer(b"", 204)


async def request_agent(call: Call) -> Answer:
    conversation_id = _own_conversation(call)
    body: AgentRequest = call.body
    view = await find_conversation(call.services, conversation_id)
    command = RequestAgent(
        at=call.services.clock(),
        task_id=new_id(),
        queue=queue_named(call, body.queue or view.queue),
        requested_by=Sender("customer", view.customer.id, view.customer.name),
        reason=body.reason,
    )
    stream = f"conversation-{conversation_id}"
    reply = await ask(call.services, stream, command, _CUSTOMER, Done, conversation_id)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def end_conversation(call: Call) -> Answer:
    conversation_id = _own_conversation(call)
    command = EndConversation(at=call.services.clock(), ended_by=Sender("customer"), reason="customer_left")
    stream = f"conversation-{conversation_id}"
    reply = await ask(call.services, stream, command, _CUSTOMER, Done, conversation_id)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


async def transcript(call: Call) -> Answer:
    conversation_id = _own_conversation(call)
    wanted = call.query.get("format", "json")
    view = await find_conversation(call.services, conversation_id)
    made = make_transcript(view, await read_customer_records(call.services, conversation_id))
    match wanted:
        case "json":
            return Answer(made)
        case "text":
            return Answer(as_text(made).encode(), media="text/plain; charset=utf-8")
        case "html":
            return Answer(as_html(made).encode(), media="text/html; charset=utf-8")
    message = "must be json, text or html"
    raise Problem(422, "invalid_input", f"format: {message}", [FieldError("format", message)])


def _own_conversation(call: Call) -> str:
    """The token opens one conversation only."""
    conversation_id = call.parameter("id")
    if conversation_id != call.principal.subject:
        raise Problem(403, "foreign_token", "the token is of another conversation")
    return conversation_id
