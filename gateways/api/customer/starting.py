"""Requests of customers to start a conversation."""

import msgspec

from gateways.api.call import Call
from gateways.api.customer.callers import conversation_token, presented_conversation, starter_on
from gateways.conversations import starting
from gateways.conversations.proving import identified_customer
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.api.customer import ReturnRequest, StartConversationRequest, StartedConversation
from schemas.events import Customer

__all__ = ["return_to_conversation", "start_conversation"]


async def start_conversation(call: Call, body: StartConversationRequest) -> Answer[StartedConversation]:
    """A customer whose earlier conversation has not ended returns to it, with 200 and `returned`: on a connector's
    channel it is found by the customer's id, on a web channel by that conversation's token. An id that is only claimed
    finds nothing; one that the site has signed in `identity` does. Out of hours only a bot answers: a conversation that
    would go straight to a closed queue is refused."""
    channel = starting.channel_for_starting(call.services, body.channel)
    actor = starter_on(call, channel)
    claimed = Customer(**msgspec.structs.asdict(body.customer))
    customer = identified_customer(call.services, channel, claimed, body.identity)
    start = starting.Start(
        channel=body.channel,
        request_digest=_digest(body, customer, actor),
        id=body.id,
        customer=customer,
        queue=body.queue,
        language=body.language,
        attributes=body.attributes,
        text=body.text,
        presented=presented_conversation(call),
    )
    started = await starting.start_conversation(call.services, start, actor)
    token = conversation_token(call.services, started.conversation_id, started.begun_at)
    answer = StartedConversation(
        started.conversation_id, token, started.status, started.version, returned=started.returned
    )
    return Answer(answer, 200 if started.returned else 201, started.replayed)


async def return_to_conversation(call: Call, body: ReturnRequest) -> Answer[StartedConversation]:
    """The conversation of a customer who has one that has not ended, whose site has signed who that is: on another
    device, or in another browser. It starts none."""
    channel = starting.channel_for_starting(call.services, body.channel)
    actor = starter_on(call, channel)
    customer = identified_customer(call.services, channel, Customer(), body.identity)
    found = await starting.return_to_conversation(call.services, body.channel, customer, actor)
    token = conversation_token(call.services, found.conversation_id, found.begun_at)
    return Answer(StartedConversation(found.conversation_id, token, found.status, found.version, returned=True))


def _digest(body: StartConversationRequest, customer: Customer, actor: str) -> str:
    """A repeated start may carry an identity that was signed anew for the same customer."""
    if body.identity is None:
        return digest_of(body, actor)
    known = msgspec.structs.replace(body.customer, id=customer.id)
    return digest_of(msgspec.structs.replace(body, identity=None, customer=known), actor)
