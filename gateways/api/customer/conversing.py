"""What a customer does in a conversation."""

from starlette.types import Receive, Send

from gateways.attachments.posting import content_to_record, keep_for_good
from gateways.conversations.channels import queue_named
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.reading import find_conversation, read_customer_records
from gateways.conversations.signals import signal_typing
from gateways.conversations.transcript import as_html, as_text, make_transcript
from gateways.feeds import ConversationSource, serve_feed
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem, invalid_input
from gateways.services.asking import ask
from schemas.api.customer import (
    Acknowledged,
    AgentRequest,
    ConversationState,
    PostedMessage,
    PostMessage,
    Rating,
    Receipt,
    Typing,
)
from schemas.commands import (
    Command,
    EndConversation,
    PostCustomerMessage,
    RateConversation,
    RecordReceipt,
    RequestAgent,
)
from schemas.content import Sender
from schemas.identifiers import new_id
from schemas.replies import Done, MessageReply

__all__ = [
    "conversation_events",
    "conversation_state",
    "end_conversation",
    "own_conversation",
    "post_message",
    "rate",
    "record_receipt",
    "request_agent",
    "set_typing",
    "transcript",
]

_CUSTOMER = "customer"
_UNSEEN = ("consultant", "monitor", "coach")
"""The roles of agents of whom the customer does not know."""


async def post_message(call: Call) -> Answer:
    conversation_id = own_conversation(call)
    body: PostMessage = call.body
    services = call.services
    content = await content_to_record(services, conversation_id, body.content)
    command = PostCustomerMessage(at=services.clock(), message_id=body.id or new_id(), content=content)
    reply = await ask(services, f"conversation-{conversation_id}", command, _CUSTOMER, MessageReply, conversation_id)
    await keep_for_good(services, conversation_id, content)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def conversation_state(call: Call) -> Answer:
    view = await find_conversation(call.services, own_conversation(call))
    queues = call.services.queues
    waiting = view.status == "waiting_for_agent" and view.task_id is not None
    position = queues.position(view.mrd, view.task_id or "") if waiting else None
    state = ConversationState(
        conversation_id=view.conversation_id,
        status="ended" if view.status == "wrap_up" else view.status,
        participants=[participant for participant in view.participants() if participant.role not in _UNSEEN],
        queue=view.queue,
        version=view.version,
        position=position,
        estimated_wait_seconds=queues.estimated_wait(view.mrd, view.queue, position) if position else None,
    )
    return Answer(state)


async def conversation_events(call: Call, receive: Receive, send: Send) -> None:
    conversation_id = own_conversation(call)
    await serve_feed(call, receive, send, ConversationSource(conversation_id), f"customer:{conversation_id}")


async def set_typing(call: Call) -> Answer:
    conversation_id = own_conversation(call)
    body: Typing = call.body
    view = await find_conversation(call.services, conversation_id)
    if view.status in ("wrap_up", "ended"):
        raise Problem(409, "conversation_ended", "the conversation has ended; start a new one")
    sender = Sender("customer", view.customer.id, view.customer.name)
    signal_typing(call.services, conversation_id, sender, body.active, f"customer:{conversation_id}")
    return Answer(b"", 204)


async def request_agent(call: Call) -> Answer:
    conversation_id = own_conversation(call)
    body: AgentRequest = call.body
    view = await find_conversation(call.services, conversation_id)
    queue = (
        call.services.configuration.queue_settings_of(view.queue, view.mrd, view.channel)
        if body.queue is None
        else queue_named(call, body.queue)
    )
    closed = out_of_hours(call.services, queue.name)
    if closed is not None and view.status == "with_bot":
        raise closed
    command = RequestAgent(
        at=call.services.clock(),
        task_id=new_id(),
        queue=queue,
        requested_by=Sender("customer", view.customer.id, view.customer.name),
        reason=body.reason,
        preferred_agent=view.served_by or view.preferred_agent,
    )
    return await _ask(call, conversation_id, command)


async def record_receipt(call: Call) -> Answer:
    """What became of a message: a receipt that tells less than the one before changes nothing."""
    conversation_id = own_conversation(call)
    body: Receipt = call.body
    command = RecordReceipt(
        at=call.services.clock(), message_id=body.message_id, status=body.status, by=Sender("customer")
    )
    return await _ask(call, conversation_id, command)


async def rate(call: Call) -> Answer:
    """Once, after the end."""
    conversation_id = own_conversation(call)
    body: Rating = call.body
    command = RateConversation(at=call.services.clock(), score=body.score, comment=body.comment)
    return await _ask(call, conversation_id, command)


async def end_conversation(call: Call) -> Answer:
    """To end a callback before anybody has called is to cancel it."""
    view = await find_conversation(call.services, own_conversation(call))
    channel = call.services.configuration.channels.get(view.channel)
    cancelled = channel is not None and channel.kind == "callback" and view.served_by is None
    command = EndConversation(
        at=call.services.clock(),
        ended_by=Sender("customer"),
        reason="cancelled" if cancelled else "customer_left",
    )
    return await _ask(call, view.conversation_id, command)


async def transcript(call: Call) -> Answer:
    conversation_id = own_conversation(call)
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
    raise invalid_input("format", message)


async def _ask(call: Call, conversation_id: str, command: Command) -> Answer:
    stream = f"conversation-{conversation_id}"
    reply = await ask(call.services, stream, command, _CUSTOMER, Done, conversation_id)
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


def own_conversation(call: Call) -> str:
    """The token opens one conversation only."""
    conversation_id = call.parameter("id")
    if conversation_id != call.principal.subject:
        raise Problem(403, "foreign_token", "the token is of another conversation")
    return conversation_id
