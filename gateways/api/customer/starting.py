"""Starting a conversation."""

from gateways.api.customer.returning import earlier_conversation, return_to
from gateways.conversations.channels import channel_named, queue_named, sender_on
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.reading import look_up_conversation
from gateways.conversations.request_digest import digest_of
from gateways.http.call import Answer, Call
from gateways.http.nesting import check_nesting
from gateways.http.problems import invalid_input
from gateways.services.asking import ask
from projections import ConversationView
from schemas.api.customer import StartConversationRequest, StartedConversation
from schemas.commands import StartConversation
from schemas.configuration import Channel
from schemas.identifiers import derived_id, new_id
from schemas.instants import parse_instant
from schemas.queues import QueueSettings
from schemas.replies import StartReply

__all__ = ["start_conversation"]


async def start_conversation(call: Call) -> Answer:
    """A customer whose earlier conversation goes on returns to it, with 200 and `returned`: on a connector's channel by
    the customer's id, on a web channel by that conversation's token. Out of hours only a bot answers: a conversation
    that would go straight to a closed queue is refused."""
    body: StartConversationRequest = call.body
    channel = _channel(call, body.channel)
    actor = sender_on(call, channel)
    check_nesting({"attributes": body.attributes, "customer.attributes": body.customer.attributes})
    if channel.kind != "connector" or not body.customer.id:
        return await _start_or_return(call, body, channel, actor)
    async with call.services.starts.of(body.channel, body.customer.id):
        return await _start_or_return(call, body, channel, actor)


async def _start_or_return(call: Call, body: StartConversationRequest, channel: Channel, actor: str) -> Answer:
    queue = queue_named(call, body.queue or channel.queue)
    earlier = await earlier_conversation(call, body, channel)
    returned = await return_to(call, earlier, body, actor) if earlier is not None else None
    if returned is not None:
        return returned
    conversation_id = body.id or new_id()
    closed = out_of_hours(call.services, queue.name) if channel.bot is None else None
    if closed is not None and not await _is_repeated(call, body):
        raise closed
    command = _command(call, body, channel, conversation_id, queue, earlier)
    reply = await ask(
        call.services, f"conversation-{conversation_id}", command, actor, StartReply, correlation_id=conversation_id
    )
    started = StartedConversation(conversation_id, _token(call, reply), reply.status, reply.version)
    return Answer(started, 201, reply.replayed)


def _channel(call: Call, name: str) -> Channel:
    channel = channel_named(call, name)
    if channel.kind == "callback":
        raise invalid_input("channel", f"the channel {name} is for callbacks: POST /customer/v1/callbacks")
    if channel.kind == "task":
        raise invalid_input("channel", f"the channel {name} is for tasks: POST /extern/v1/tasks")
    return channel


async def _is_repeated(call: Call, body: StartConversationRequest) -> bool:
    return body.id is not None and await look_up_conversation(call.services, body.id) is not None


def _command(
    call: Call,
    body: StartConversationRequest,
    channel: Channel,
    conversation_id: str,
    queue: QueueSettings,
    earlier: ConversationView | None,
) -> StartConversation:
    bot = call.services.configuration.bots.get(channel.bot or "")
    return StartConversation(
        at=call.services.clock(),
        conversation_id=conversation_id,
        channel=body.channel,
        customer=body.customer,
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=digest_of(body),
        bot=channel.bot,
        suggests=bot is not None and bot.suggests,
        language=body.language,
        attributes=body.attributes,
        text=body.text,
        inactivity_seconds=channel.inactivity_seconds,
        preferred_agent=_preferred_agent(call, body, earlier),
    )


def _preferred_agent(call: Call, body: StartConversationRequest, earlier: ConversationView | None) -> str | None:
    """Who served the customer last on the channel. For this a claim is enough: it opens nothing."""
    before = earlier or call.services.conversations.latest(body.channel, body.customer.id)
    return (before.served_by or before.preferred_agent) if before is not None else None


def _token(call: Call, reply: StartReply) -> str:
    """Made from what is recorded, so that a repeated start gives the same token."""
    issued_at = int(parse_instant(reply.started_at).timestamp())
    lifetime = call.services.settings.authentication.customer_token_seconds
    return call.services.tokens.issue("customer", reply.conversation_id, issued_at, lifetime)
