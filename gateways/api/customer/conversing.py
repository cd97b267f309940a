"""What a customer does in a conversation."""

from gateways.api.bodies import participant_body
from gateways.api.customer.callers import own_conversation
from gateways.conversations import posting, requests
from gateways.conversations.reading import find_conversation, find_open_conversation, read_customer_records
from gateways.conversations.signals import signal_typing
from gateways.conversations.transcript import as_html, as_text, make_transcript
from gateways.feeds import ConversationSource, FeedAnswer
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.services import Call
from gateways.services.asking import ask
from schemas.actors import CUSTOMER
from schemas.api.customer import (
    Acknowledged,
    AgentRequest,
    ConversationState,
    Ended,
    PostedMessage,
    PostMessage,
    Rating,
    Receipt,
    Transcript,
    Typing,
)
from schemas.commands import Command, RateConversation, RecordReceipt
from schemas.content import Sender
from schemas.records import conversation_stream
from schemas.replies import Done

__all__ = [
    "conversation_events",
    "conversation_state",
    "end_conversation",
    "post_message",
    "rate",
    "record_receipt",
    "request_agent",
    "set_typing",
    "transcript",
]

_UNSEEN = ("consultant", "monitor", "coach")
"""The roles of agents of whom the customer does not know."""


async def post_message(call: Call, body: PostMessage) -> Answer[PostedMessage]:
    reply = await posting.post_customer_message(call.services, own_conversation(call), body.content, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def conversation_state(call: Call) -> Answer[ConversationState]:
    view = await find_conversation(call.services, own_conversation(call))
    queues = call.services.queues
    waiting = view.status == "waiting_for_agent" and view.task_id is not None
    position = queues.position(view.mrd, view.task_id or "") if waiting else None
    state = ConversationState(
        conversation_id=view.conversation_id,
        status="ended" if view.over else view.status,
        participants=[participant_body(each) for each in view.participants() if each.role not in _UNSEEN],
        queue=view.queue,
        version=view.version,
        position=position,
        estimated_wait_seconds=queues.estimated_wait(view.mrd, view.queue, position) if position else None,
    )
    return Answer(state)


async def conversation_events(call: Call) -> FeedAnswer:
    conversation_id = own_conversation(call)
    return FeedAnswer(ConversationSource(conversation_id), _owner(conversation_id))


async def set_typing(call: Call, body: Typing) -> Answer[None]:
    conversation_id = own_conversation(call)
    view = await find_open_conversation(call.services, conversation_id)
    sender = Sender("customer", view.customer.id, view.customer.name)
    signal_typing(call.services, conversation_id, sender, body.active, _owner(conversation_id))
    return Answer(None, 204)


async def request_agent(call: Call, body: AgentRequest) -> Answer[Acknowledged]:
    return _acknowledged(await requests.request_agent(call.services, own_conversation(call), body.queue, body.reason))


async def record_receipt(call: Call, body: Receipt) -> Answer[Acknowledged]:
    """What became of a message: a receipt that tells less than the one before changes nothing."""
    at = call.services.clock()
    command = RecordReceipt(at=at, message_id=body.message_id, status=body.status, by=Sender("customer"))
    return await _change(call, command)


async def rate(call: Call, body: Rating) -> Answer[Acknowledged]:
    """Once, after the end."""
    return await _change(call, RateConversation(at=call.services.clock(), score=body.score, comment=body.comment))


async def end_conversation(call: Call, body: Ended) -> Answer[Acknowledged]:
    """To end a callback before anybody has called is to cancel it."""
    return _acknowledged(await requests.end_by_customer(call.services, own_conversation(call)))


async def transcript(call: Call) -> Answer[Transcript]:
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
    raise invalid_input("format", "must be json, text or html")


async def _change(call: Call, command: Command) -> Answer[Acknowledged]:
    conversation_id = own_conversation(call)
    stream = conversation_stream(conversation_id)
    return _acknowledged(await ask(call.services, stream, command, CUSTOMER, Done, conversation_id))


def _acknowledged(reply: Done) -> Answer[Acknowledged]:
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)


def _owner(conversation_id: str) -> str:
    """On whose behalf the customer's feeds are open (see Hub.listen)."""
    return f"customer:{conversation_id}"
