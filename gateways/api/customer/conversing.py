"""The actions of a customer in a conversation."""

import msgspec

from gateways.api.call import Call
from gateways.api.customer.callers import own_conversation
from gateways.api.zone_parameter import zone_of
from gateways.conversations import posting, receipts, requests
from gateways.conversations.signals import customer_feed_owner, signal_customer_typing
from gateways.conversations.standing import read_standing
from gateways.conversations.transcript import as_html, as_text, by_clock_of, read_transcript
from gateways.feeds import ConversationSource, FeedAnswer
from gateways.http.answer import Answer
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


async def post_message(call: Call, body: PostMessage) -> Answer[PostedMessage]:
    reply = await posting.post_customer_message(call.services, own_conversation(call), body.content, body.id)
    return Answer(PostedMessage(reply.message_id, reply.version), 201, reply.replayed)


async def conversation_state(call: Call) -> Answer[ConversationState]:
    standing = await read_standing(call.services, own_conversation(call))
    return Answer(msgspec.convert(standing, ConversationState, from_attributes=True))


async def conversation_events(call: Call) -> FeedAnswer:
    conversation_id = own_conversation(call)
    return FeedAnswer(ConversationSource(conversation_id), customer_feed_owner(conversation_id))


async def set_typing(call: Call, body: Typing) -> Answer[None]:
    await signal_customer_typing(call.services, own_conversation(call), body.active)
    return Answer(None, 204)


async def request_agent(call: Call, body: AgentRequest) -> Answer[Acknowledged]:
    return _acknowledged(await requests.request_agent(call.services, own_conversation(call), body.queue, body.reason))


async def record_receipt(call: Call, body: Receipt) -> Answer[Acknowledged]:
    """A receipt reports that a message was delivered or read, or that it failed. A receipt that repeats the one before,
    or comes after `read`, changes nothing."""
    done = await receipts.record_customer_receipt(call.services, own_conversation(call), body.message_id, body.status)
    return _acknowledged(done)


async def rate(call: Call, body: Rating) -> Answer[Acknowledged]:
    """A conversation can be rated once, after its end."""
    return _acknowledged(await requests.rate(call.services, own_conversation(call), body.score, body.comment))


async def end_conversation(call: Call, body: Ended) -> Answer[Acknowledged]:
    """A callback that is ended before anybody has called is cancelled."""
    return _acknowledged(await requests.end_by_customer(call.services, own_conversation(call)))


async def transcript(call: Call) -> Answer[Transcript]:
    """Instants are by the clock of ``zone``, which the text and the page name."""
    conversation_id = own_conversation(call)
    zone = zone_of(call)
    made = await read_transcript(call.services, conversation_id)
    match call.query.get("format", "json"):
        case "text":
            return Answer(as_text(made, zone).encode(), media="text/plain; charset=utf-8")
        case "html":
            return Answer(as_html(made, zone).encode(), media="text/html; charset=utf-8")
    return Answer(msgspec.convert(by_clock_of(zone, made), Transcript, from_attributes=True))


def _acknowledged(reply: Done) -> Answer[Acknowledged]:
    return Answer(Acknowledged(reply.version), replayed=reply.replayed)
